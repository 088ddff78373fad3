package jp.genkan.core.decode;

import jp.genkan.core.frame.Packet;

/**
 * The options of one TCP header that a flow tracker needs (RFC 9293 §3.2, RFC 7323, RFC 2018); made once and used again.
 *
 * <p>Thread rule: one a worker. {@link #read} overwrites all fields.
 */
public final class TcpOptions {
    public static final int END = 0;
    public static final int NOP = 1;
    public static final int MAXIMUM_SEGMENT_SIZE = 2;
    public static final int WINDOW_SCALE = 3;
    public static final int SACK_PERMITTED = 4;
    public static final int SACK = 5;
    public static final int TIMESTAMPS = 8;

    /** The largest shift that counts; larger ones mean this one (RFC 7323 §2.3). */
    public static final int WINDOW_SCALE_MAX = 14;

    private static final int HEADER_LENGTH = 20;

    /** Maximum segment size, or {@link Packet#NONE}. */
    public int maximumSegmentSize;
    /** Window shift, 0 to {@link #WINDOW_SCALE_MAX}, or {@link Packet#NONE}. */
    public int windowScale;
    /** True when selective acknowledgments are permitted. */
    public boolean sackPermitted;
    /** True when there are timestamps. */
    public boolean hasTimestamps;

    public int timestampValue;
    public int timestampEchoReply;

    /** Options that say nothing. */
    public TcpOptions() {
        reset();
    }

    private void reset() {
        maximumSegmentSize = Packet.NONE;
        windowScale = Packet.NONE;
        sackPermitted = false;
        hasTimestamps = false;
        timestampValue = 0;
        timestampEchoReply = 0;
    }

    /**
     * Reads the options of a TCP packet. An option with a length that is not its own is passed over, as receivers do; at one that
     * reaches beyond the header the reading ends.
     *
     * @param packet decoded, with a TCP layer
     */
    public void read(Packet packet) {
        reset();
        long at = packet.transportOffset + HEADER_LENGTH;
        long end = packet.transportOffset + packet.tcpHeaderLength;
        while (at < end) {
            int kind = packet.u8(at);
            if (kind == NOP) {
                at++;
                continue;
            }
            int length = kind == END || end - at < 2 ? 0 : packet.u8(at + 1);
            if (length < 2 || length > end - at) {
                return;
            }
            one(packet, kind, length, at);
            at += length;
        }
    }

    /** True when an option of this kind may be this long; true for kinds that are not known here. */
    static boolean hasOwnLength(int kind, int length) {
        return switch (kind) {
            case MAXIMUM_SEGMENT_SIZE -> length == 4;
            case WINDOW_SCALE -> length == 3;
            case SACK_PERMITTED -> length == 2;
            case SACK -> length >= 10 && length % 8 == 2;
            case TIMESTAMPS -> length == 10;
            default -> true;
        };
    }

    private void one(Packet packet, int kind, int length, long at) {
        if (kind == MAXIMUM_SEGMENT_SIZE && length == 4) {
            maximumSegmentSize = packet.u16(at + 2);
        } else if (kind == WINDOW_SCALE && length == 3) {
            windowScale = Math.min(packet.u8(at + 2), WINDOW_SCALE_MAX);
        } else if (kind == SACK_PERMITTED && length == 2) {
            sackPermitted = true;
        } else if (kind == TIMESTAMPS && length == 10) {
            hasTimestamps = true;
            timestampValue = packet.u32(at + 2);
            timestampEchoReply = packet.u32(at + 6);
        }
    }
}
