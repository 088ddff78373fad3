package jp.genkan.ips.signature;

import java.util.Set;
import jp.genkan.core.observation.AppProtocol;

/**
 * Which packets a signature is about, by the protocol word of its header.
 *
 * @param word as written
 * @param transport IP protocol numbers; empty for any
 * @param ipVersion 4, 6, or 0 for both
 * @param applications what the flow has to speak; empty where that does not matter
 * @param payload which payload its contents are looked for in
 */
public record Header(
        String word, Set<Integer> transport, int ipVersion, Set<AppProtocol> applications, Payload payload) {
    public Header {
        transport = Set.copyOf(transport);
        applications = Set.copyOf(applications);
    }

    /** Where contents outside of any sticky buffer are looked for. */
    public enum Payload {
        /** In the stream for TCP, in the packet where there is no stream or the rule needs packets. */
        ANY,
        /** In packets only: {@code tcp-pkt}. */
        PACKET,
        /** In the stream only: {@code tcp-stream}. */
        STREAM
    }
}
