package jp.genkan.protocols.conversation;

import jp.genkan.core.observation.Direction;

/** Reads one UDP flow. Thread rule and tolerance as for {@link StreamParser}. */
public interface DatagramParser {
    /**
     * The payload of one datagram.
     *
     * @param octets where it is; only good during the call
     * @param from index of the first octet
     * @param to index behind the last
     */
    void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation);

    /** The flow is over: what is open is to be completed. Told exactly once, last. */
    default void onFlowEnd(Conversation conversation) {}
}
