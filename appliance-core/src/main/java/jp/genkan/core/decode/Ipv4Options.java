package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;

/** The options of an IPv4 header (RFC 791 §3.1, IANA "IP Option Numbers"). */
final class Ipv4Options {
    private static final int END = 0;
    private static final int NOP = 1;
    private static final int RECORD_ROUTE = 7;
    private static final int QUICK_START = 25;
    private static final int TIMESTAMP = 68;
    private static final int SECURITY = 130;
    private static final int LOOSE_ROUTE = 131;
    private static final int EXTENDED_SECURITY = 133;
    private static final int COMMERCIAL_SECURITY = 134;
    private static final int STREAM = 136;
    private static final int STRICT_ROUTE = 137;
    private static final int ROUTER_ALERT = 148;

    private static final int GROUP = 8;
    private static final int FIRST_ADDRESS = 4;
    private static final int FIRST_TIMESTAMP = 5;

    private Ipv4Options() {}

    /**
     * Walks the options and marks what is odd.
     *
     * @return false when the transport checksum cannot be verified, because a source route hides the last destination
     */
    static boolean walk(Packet packet, long offset, long end) {
        if ((end - offset) % GROUP != 0) {
            packet.mark(DecodeAnomaly.IPV4_OPTION_PADDING);
        }
        boolean verifiable = true;
        long seen = 0;
        long at = offset;
        while (at < end) {
            int kind = packet.u8(at);
            if (kind == END) {
                break;
            }
            if (kind == NOP) {
                at++;
                continue;
            }
            if (end - at < 2) {
                packet.mark(DecodeAnomaly.IPV4_OPTION_END_REQUIRED);
                break;
            }
            int length = packet.u8(at + 1);
            if (length < 2 || length > end - at) {
                packet.mark(DecodeAnomaly.IPV4_OPTION_INVALID);
                break;
            }
            check(packet, kind, length, at);
            long bit = bit(kind);
            if ((seen & bit) != 0) {
                packet.mark(DecodeAnomaly.IPV4_OPTION_DUPLICATE);
            }
            seen |= bit;
            verifiable &= kind != LOOSE_ROUTE && kind != STRICT_ROUTE;
            at += length;
        }
        return verifiable;
    }

    /** One bit for each option that is known. */
    private static long bit(int kind) {
        return switch (kind) {
            case RECORD_ROUTE -> 1;
            case QUICK_START -> 1 << 1;
            case TIMESTAMP -> 1 << 2;
            case SECURITY -> 1 << 3;
            case LOOSE_ROUTE -> 1 << 4;
            case EXTENDED_SECURITY -> 1 << 5;
            case COMMERCIAL_SECURITY -> 1 << 6;
            case STREAM -> 1 << 7;
            case STRICT_ROUTE -> 1 << 8;
            case ROUTER_ALERT -> 1 << 9;
            default -> 0;
        };
    }

    private static void check(Packet packet, int kind, int length, long at) {
        switch (kind) {
            case RECORD_ROUTE, LOOSE_ROUTE, STRICT_ROUTE -> checkRoute(packet, length, at);
            case TIMESTAMP -> checkTimestamp(packet, length, at);
            case QUICK_START -> checkLength(packet, length, 8);
            case SECURITY -> checkLength(packet, length, 11);
            case STREAM, ROUTER_ALERT -> checkLength(packet, length, 4);
            case EXTENDED_SECURITY, COMMERCIAL_SECURITY -> {}
            default -> packet.mark(DecodeAnomaly.IPV4_OPTION_UNKNOWN);
        }
    }

    private static void checkLength(Packet packet, int length, int wanted) {
        if (length != wanted) {
            packet.mark(DecodeAnomaly.IPV4_OPTION_INVALID);
        }
    }

    /** A pointer counts from the option's first octet, from 1, to the next place to be filled; one beyond the end says that it is full. */
    private static void checkRoute(Packet packet, int length, long at) {
        if (length < 3) {
            packet.mark(DecodeAnomaly.IPV4_OPTION_INVALID);
            return;
        }
        int pointer = packet.u8(at + 2);
        if (pointer < FIRST_ADDRESS || pointer % 4 != 0 || pointer > length + 1) {
            packet.mark(DecodeAnomaly.IPV4_OPTION_MALFORMED);
        }
    }

    private static void checkTimestamp(Packet packet, int length, long at) {
        if (length < 5) {
            packet.mark(DecodeAnomaly.IPV4_OPTION_INVALID);
            return;
        }
        int pointer = packet.u8(at + 2);
        int flag = packet.u8(at + 3) & 15;
        int entry = flag == 1 || flag == 3 ? 8 : 4; // with the address of the host, or without
        boolean misplaced = pointer < FIRST_TIMESTAMP || (pointer - FIRST_TIMESTAMP) % entry != 0;
        if (misplaced || pointer > length + 1 || flag == 2 || flag > 3) {
            packet.mark(DecodeAnomaly.IPV4_OPTION_MALFORMED);
        }
    }
}
