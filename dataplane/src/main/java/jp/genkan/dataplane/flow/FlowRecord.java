package jp.genkan.dataplane.flow;

import java.lang.foreign.ValueLayout;

/**
 * Layout of one flow's record. The first line holds the key and the id, the second what changes with each packet, then counters, TCP, streams
 * and the stages' slots.
 *
 * <pre>
 *   0  low end's address (16) · 16 high end's address (16) · 32 ports and protocol · 40 link (VLANs, PPPoE) · 48 hash, chain · 56 id
 *  64  list prev, next · 72 last seen · 80 place in list · 88 flags, generation, settled, streams, sync · 108 small fields
 * 128  packets and bytes each way · 160 start, last · 176 bypassed counts · 208 MACs · 224 related flow
 * 232  TCP, one part a direction · 296 stream, one part a direction · 376 slots
 * </pre>
 */
final class FlowRecord {
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT;
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    /** No record. */
    static final int NIL = -1;

    static final int LOW_END_HIGH = 0;
    static final int LOW_END_LOW = 8;
    static final int HIGH_END_HIGH = 16;
    static final int HIGH_END_LOW = 24;
    static final int PORTS = 32;
    static final int LINK = 40;
    static final int HASH = 48;
    static final int CHAIN = 52;
    static final int ID = 56;

    static final int LIST_PREV = 64;
    static final int LIST_NEXT = 68;
    static final int LAST_NANOS = 72;
    static final int LIST_NANOS = 80;
    static final int FLAGS = 88;
    static final int GENERATION = 92;
    static final int SETTLED = 96;
    static final int STREAMS = 100;
    static final int SYNC = 104;
    static final int CLASS = 108;
    static final int DROP_REASON = 109;
    static final int TCP_STATE = 110;
    static final int END_REASON = 111;
    static final int TCP_FLAGS_TO_SERVER = 112;
    static final int TCP_FLAGS_TO_CLIENT = 113;
    static final int CLIENT_SIDE = 114;
    /** Ordinal plus 1; 0 until a packet came from the server. */
    static final int SERVER_SIDE = 115;

    static final int CLIENT_PORT = 116;
    static final int SERVER_PORT = 118;
    static final int VLAN_COUNT = 120;
    static final int REPLY_TYPE = 121;
    static final int REPLY_CODE = 122;
    /** Ordinal plus 1 of the policy that was met because the beginning was not seen. */
    static final int MIDSTREAM_POLICY = 123;

    static final int PACKETS_TO_SERVER = 128;
    static final int PACKETS_TO_CLIENT = 136;
    static final int BYTES_TO_SERVER = 144;
    static final int BYTES_TO_CLIENT = 152;
    static final int START_EPOCH = 160;
    static final int LAST_EPOCH = 168;
    static final int BYPASSED_PACKETS_TO_SERVER = 176;
    static final int BYPASSED_PACKETS_TO_CLIENT = 184;
    static final int BYPASSED_BYTES_TO_SERVER = 192;
    static final int BYPASSED_BYTES_TO_CLIENT = 200;
    static final int CLIENT_MAC = 208;
    static final int SERVER_MAC = 216;
    static final int RELATED = 224;

    static final int TCP_CLIENT = 232;
    static final int TCP_SERVER = 264;
    static final int STREAM_CLIENT = 296;
    static final int STREAM_SERVER = 336;
    /** The last timestamp of each end (RFC 7323), where the connection has them. */
    static final int TIMESTAMP_CLIENT = 376;

    static final int TIMESTAMP_SERVER = 380;
    static final int SLOTS = 384;

    // ---- flags
    static final int CLIENT_IS_LOW = 1;
    static final int MIDSTREAM = 1 << 1;
    static final int BYPASSED = 1 << 2;
    static final int ALERTED = 1 << 3;
    /** Begun by a packet with a wrong checksum: who the client is, the first right one decides. */
    static final int PROVISIONAL = 1 << 4;

    static final int RESET_BY_CLIENT = 1 << 5;
    static final int RESET_BY_SERVER = 1 << 6;
    static final int CLIENT_FIN_FIRST = 1 << 7;
    /** Octets of a direction wait in the box. */
    static final int HELD = 1 << 23;

    /** The client got, or gets, an answer of the box in the server's place. */
    static final int ANSWERED = 1 << 24;

    /** The client was told that the flow is refused. */
    static final int REFUSED_CLIENT = 1 << 25;

    static final int REFUSED_SERVER = 1 << 26;
    static final int REFUSED = REFUSED_CLIENT | REFUSED_SERVER;

    /** Nothing looks at it any more. */
    static final int EXEMPT = 1 << 27;

    /** A drop event was written for a packet of this direction. */
    static final int DROP_TOLD_TO_SERVER = 1 << 28;

    static final int DROP_TOLD_TO_CLIENT = 1 << 29;
    static final int PASSED = 1 << 30;

    // ---- classes: each is a list in order of the last packet, so that its head is the next to expire or to be evicted
    static final int TCP_NEW = 0;
    static final int UDP_NEW = 1;
    static final int ICMP_NEW = 2;
    static final int OTHER_NEW = 3;
    static final int TCP_ESTABLISHED = 4;
    static final int UDP_ESTABLISHED = 5;
    static final int ICMP_ESTABLISHED = 6;
    static final int OTHER_ESTABLISHED = 7;
    static final int TCP_CLOSED = 8;
    /** Ended and not yet told. */
    static final int ENDED = 9;

    static final int CLASSES = 9;
    static final int LISTS = 10;

    /** Most stages: one bit of an int each. */
    static final int STAGES_MAX = 32;

    static final int TCP = 6;
    static final int UDP = 17;
    static final int ICMP = 1;
    static final int ICMPV6 = 58;

    private FlowRecord() {}

    static int bytes(int stageCount) {
        return SLOTS + 8 * stageCount + 63 & -64;
    }

    /** Class of a flow whose far end has not been heard. */
    static int newClass(int protocol) {
        return switch (protocol) {
            case TCP -> TCP_NEW;
            case UDP -> UDP_NEW;
            case ICMP, ICMPV6 -> ICMP_NEW;
            default -> OTHER_NEW;
        };
    }

    /** Without its transport header a packet of this protocol has no flow. */
    static boolean needsTransport(int protocol) {
        return protocol == TCP || protocol == UDP || isIcmp(protocol);
    }

    static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMPV6;
    }
}
