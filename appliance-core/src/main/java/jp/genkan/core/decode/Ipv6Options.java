package jp.genkan.core.decode;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;

/** What is odd about an IPv6 extension header (RFC 8200 §4): repeated where it must not be, or with options that are not right. */
final class Ipv6Options {
    private static final int PAD_1 = 0;
    private static final int PAD_N = 1;
    private static final int ROUTER_ALERT = 5;
    private static final int HOME_ADDRESS = 0xc9;
    private static final int JUMBO = 0xc2;

    // ---- headers that were seen, as bits
    private static final int HOP_BY_HOP = 1;
    private static final int ROUTING = 1 << 1;
    private static final int FRAGMENT = 1 << 2;
    private static final int AUTHENTICATION = 1 << 3;
    private static final int DESTINATION_OPTIONS = 1 << 4;
    private static final int DESTINATION_OPTIONS_AGAIN = 1 << 5;

    private Ipv6Options() {}

    /**
     * Marks what is odd about an extension header that is here in full.
     *
     * @param seen what earlier headers of the packet have left, 0 at first
     * @return {@code seen} with this header
     */
    static int check(Packet packet, int type, long at, long length, int seen) {
        return switch (type) {
            case IpProtocol.HOP_BY_HOP -> {
                options(packet, at, at + length, true);
                yield note(packet, seen, HOP_BY_HOP, DecodeAnomaly.IPV6_HOP_BY_HOP_TWICE);
            }
            case IpProtocol.DESTINATION_OPTIONS -> {
                options(packet, at, at + length, false);
                yield (seen & DESTINATION_OPTIONS) == 0
                        ? seen | DESTINATION_OPTIONS
                        : note(packet, seen, DESTINATION_OPTIONS_AGAIN, DecodeAnomaly.IPV6_DESTINATION_OPTIONS_TWICE);
            }
            case IpProtocol.ROUTING -> {
                if (packet.u8(at + 2) == 0) {
                    packet.mark(DecodeAnomaly.IPV6_ROUTING_HEADER_TYPE_0);
                }
                yield note(packet, seen, ROUTING, DecodeAnomaly.IPV6_ROUTING_HEADER_TWICE);
            }
            case IpProtocol.FRAGMENT -> {
                fragment(packet, at);
                yield note(packet, seen, FRAGMENT, DecodeAnomaly.IPV6_FRAGMENT_HEADER_TWICE);
            }
            case IpProtocol.AUTHENTICATION -> {
                if (packet.u16(at + 2) != 0) {
                    packet.mark(DecodeAnomaly.IPV6_AUTHENTICATION_RESERVED);
                }
                yield note(packet, seen, AUTHENTICATION, DecodeAnomaly.IPV6_AUTHENTICATION_TWICE);
            }
            default -> seen;
        };
    }

    private static int note(Packet packet, int seen, int bit, DecodeAnomaly twice) {
        if ((seen & bit) != 0) {
            packet.mark(twice);
        }
        return seen | bit;
    }

    private static void fragment(Packet packet, long at) {
        if (packet.u8(at + 1) != 0) {
            packet.mark(DecodeAnomaly.IPV6_FRAGMENT_HEADER_RESERVED);
        }
        if ((packet.u16(at + 2) & 0xfff9) == 0) {
            packet.mark(DecodeAnomaly.IPV6_FRAGMENT_HEADER_USELESS);
        }
    }

    private static void options(Packet packet, long header, long end, boolean hopByHop) {
        boolean onlyPadding = true;
        long at = header + 2;
        while (at < end) {
            int kind = packet.u8(at);
            if (kind == PAD_1) {
                at++;
                continue;
            }
            int length = end - at >= 2 ? packet.u8(at + 1) : Integer.MAX_VALUE;
            if (length > end - at - 2) {
                packet.mark(DecodeAnomaly.IPV6_OPTION_LENGTH_INVALID);
                return;
            }
            if (kind == PAD_N) {
                if (length == 0) {
                    packet.mark(DecodeAnomaly.IPV6_PADDING_EMPTY);
                }
            } else {
                onlyPadding = false;
                if (!option(packet, kind, length, hopByHop)) {
                    return;
                }
            }
            at += 2L + length;
        }
        if (onlyPadding) {
            packet.mark(
                    hopByHop ? DecodeAnomaly.IPV6_HOP_BY_HOP_PADDING : DecodeAnomaly.IPV6_DESTINATION_OPTIONS_PADDING);
        }
    }

    /** False when the options behind this one cannot be trusted. */
    private static boolean option(Packet packet, int kind, int length, boolean hopByHop) {
        int wanted = switch (kind) {
            case ROUTER_ALERT -> 2;
            case JUMBO -> 4;
            case HOME_ADDRESS -> 16;
            default -> length;
        };
        if (length != wanted) {
            packet.mark(DecodeAnomaly.IPV6_OPTION_LENGTH_INVALID);
            return false;
        }
        if (kind != ROUTER_ALERT && kind != JUMBO && kind != HOME_ADDRESS) {
            packet.mark(
                    hopByHop ? DecodeAnomaly.IPV6_HOP_BY_HOP_UNKNOWN : DecodeAnomaly.IPV6_DESTINATION_OPTIONS_UNKNOWN);
        }
        return true;
    }
}
