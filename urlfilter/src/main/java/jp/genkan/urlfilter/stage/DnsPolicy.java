package jp.genkan.urlfilter.stage;

import java.util.List;
import jp.genkan.core.frame.Address;
import jp.genkan.core.pipeline.Answer;
import jp.genkan.protocols.dns.DnsReply;
import jp.genkan.protocols.dns.DnsTransaction;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a question of DNS for a name that is blocked. Immutable.
 *
 * @param kind what
 * @param addresses that {@link Kind#ANSWER} gives
 */
public record DnsPolicy(Kind kind, List<Address> addresses) {
    /** Only told: the connection that follows is ended so that the browser shows why. */
    public static final DnsPolicy LOG = new DnsPolicy(Kind.LOG, List.of());

    /** How long a client may keep an answer of ours: a page is loaded with it, and who is released does not wait. */
    private static final int TIME_TO_LIVE_SECONDS = 30;

    /** What is done. */
    public enum Kind {
        /** The question goes on. */
        LOG,
        /** The name does not exist. */
        NXDOMAIN,
        /** The name has the block address. */
        ANSWER
    }

    public DnsPolicy {
        addresses = List.copyOf(addresses);
        if ((kind == Kind.ANSWER) == addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses go with the policy that answers with them, and only with it");
        }
    }

    /** The answer; null when the question goes on. */
    @Nullable
    Answer answer(DnsTransaction question, boolean overTcp) {
        return switch (kind) {
            case LOG -> null;
            case NXDOMAIN -> framed(DnsReply.nameError(question), overTcp);
            case ANSWER -> framed(DnsReply.addresses(question, addresses, TIME_TO_LIVE_SECONDS), overTcp);
        };
    }

    /** Over TCP the length stands before a message (RFC 1035 §4.2.2). */
    private static Answer framed(byte[] message, boolean overTcp) {
        if (!overTcp) {
            return new Answer(message);
        }
        byte[] framed = new byte[message.length + 2];
        framed[0] = (byte) (message.length >>> 8);
        framed[1] = (byte) message.length;
        System.arraycopy(message, 0, framed, 2, message.length);
        return new Answer(framed);
    }
}
