package jp.genkan.protocols.tls;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Frames;
import org.jspecify.annotations.Nullable;

/** The pieces of TLS that rules may look at by name. Thread rule: stateless. */
final class TlsFrames {
    private static final int HEADER = 5;
    private static final int OLD_HEADER = 2;
    private static final int ALERT = 21;
    private static final int HEARTBEAT = 24;

    private TlsFrames() {}

    /**
     * The header of a record is there.
     *
     * @param frames null where nobody asks for them
     * @param behind place behind the header
     */
    static void record(
            @Nullable Frames frames,
            Direction direction,
            long behind,
            int type,
            int length,
            @Nullable Transaction transaction) {
        if (frames == null) {
            return;
        }
        frames.tell(direction, "pdu", behind - HEADER, HEADER + (long) length, transaction);
        frames.tell(direction, "hdr", behind - HEADER, HEADER, transaction);
        frames.tell(direction, "data", behind, length, transaction);
        if (type == ALERT) {
            frames.tell(direction, "alert", behind, length, transaction);
        } else if (type == HEARTBEAT) {
            frames.tell(direction, "heartbeat", behind, length, transaction);
        }
    }

    /** A message of SSL 2.0 is there. */
    static void old(
            @Nullable Frames frames, Direction direction, long place, int length, @Nullable Transaction transaction) {
        if (frames != null) {
            frames.tell(direction, "ssl2.pdu", place, length, transaction);
            frames.tell(direction, "ssl2.hdr", place, OLD_HEADER, transaction);
        }
    }
}
