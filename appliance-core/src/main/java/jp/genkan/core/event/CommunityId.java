package jp.genkan.core.event;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import jp.genkan.core.frame.Address;

/**
 * A name of a flow that every tool computes alike: Community ID version 1.
 *
 * <p>Thread rule: stateless.
 */
final class CommunityId {
    private static final int OCTETS_MAX = 2 + 2 * 16 + 2 + 4;

    private CommunityId() {}

    /** The name of a flow, the same from both of its ends. */
    static String of(FlowIdentity flow, int seed) {
        int protocol = flow.protocol();
        int sourcePort = flow.sourcePort();
        int destinationPort = flow.destinationPort();
        boolean oneWay = false;
        if (IpProtocol.isIcmp(protocol)) {
            int answer = answering(protocol, flow.sourcePort());
            oneWay = answer < 0;
            destinationPort = oneWay ? flow.destinationPort() : answer;
        }
        boolean swapped = !oneWay
                && (compare(flow.source(), flow.destination()) > 0
                        || flow.source().equals(flow.destination()) && sourcePort > destinationPort);
        ByteBuffer text = ByteBuffer.allocate(OCTETS_MAX);
        text.putShort((short) seed);
        put(swapped ? flow.destination() : flow.source(), text);
        put(swapped ? flow.source() : flow.destination(), text);
        text.put((byte) protocol).put((byte) 0);
        if (IpProtocol.hasPorts(protocol) || IpProtocol.isIcmp(protocol)) {
            text.putShort((short) (swapped ? destinationPort : sourcePort));
            text.putShort((short) (swapped ? sourcePort : destinationPort));
        }
        return "1:" + Base64.getEncoder().encodeToString(sha1(text.flip()));
    }

    /** The ICMP type that answers one, -1 when none does. */
    private static int answering(int protocol, int type) {
        if (protocol == IpProtocol.ICMP) {
            return switch (type) {
                case 0 -> 8;
                case 8 -> 0;
                case 9 -> 10;
                case 10 -> 9;
                case 13 -> 14;
                case 14 -> 13;
                case 15 -> 16;
                case 16 -> 15;
                case 17 -> 18;
                case 18 -> 17;
                default -> -1;
            };
        }
        return switch (type) {
            case 128 -> 129;
            case 129 -> 128;
            case 130 -> 131;
            case 131 -> 130;
            case 133 -> 134;
            case 134 -> 133;
            case 135 -> 136;
            case 136 -> 135;
            case 139 -> 140;
            case 140 -> 139;
            case 144 -> 145;
            case 145 -> 144;
            default -> -1;
        };
    }

    private static int compare(Address left, Address right) {
        int high = Long.compareUnsigned(left.high(), right.high());
        return high != 0 ? high : Long.compareUnsigned(left.low(), right.low());
    }

    private static void put(Address address, ByteBuffer text) {
        if (address.isV4()) {
            text.putInt((int) address.low());
        } else {
            text.putLong(address.high()).putLong(address.low());
        }
    }

    private static byte[] sha1(ByteBuffer text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest.update(text);
            return digest.digest();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-1", missing);
        }
    }
}
