package jp.genkan.dataplane.flow;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;

/**
 * Key of the packet at hand: both ends in a fixed order, so that both directions of a flow have the same key, and its keyed hash. SipHash-1-3
 * (Aumasson and Bernstein, 2012) under a secret seed: who does not know the seed cannot choose packets that fall into one bucket.
 *
 * <p>One a table; nothing allocates.
 */
final class FlowKey {
    private static final int ICMP_ECHO_REPLY = 0;
    private static final int ICMP_ECHO = 8;
    private static final int ICMPV6_ECHO = 128;
    private static final int ICMPV6_ECHO_REPLY = 129;
    private static final int ICMPV6_NEIGHBOR_SOLICITATION = 135;
    private static final int ICMPV6_NEIGHBOR_ADVERTISEMENT = 136;
    private static final int PPPOE_SHIFT = 40;
    private static final int FINAL_ROUNDS = 3;

    private final long keyFirst;
    private final long keySecond;
    private final long[] words = new long[6];

    long lowEndHigh;
    long lowEndLow;
    long highEndHigh;
    long highEndLow;
    long ports;
    long link;
    int hash;
    boolean sourceIsLow;

    FlowKey(long seed) {
        keyFirst = mix(seed);
        keySecond = mix(seed + 0x9e3779b97f4a7c15L);
    }

    /** Whether a record has this key; the hash is not compared. */
    boolean matches(MemorySegment records, long base) {
        return records.get(FlowRecord.LONG, base + FlowRecord.PORTS) == ports
                && records.get(FlowRecord.LONG, base + FlowRecord.LOW_END_LOW) == lowEndLow
                && records.get(FlowRecord.LONG, base + FlowRecord.HIGH_END_LOW) == highEndLow
                && records.get(FlowRecord.LONG, base + FlowRecord.LOW_END_HIGH) == lowEndHigh
                && records.get(FlowRecord.LONG, base + FlowRecord.HIGH_END_HIGH) == highEndHigh
                && records.get(FlowRecord.LONG, base + FlowRecord.LINK) == link;
    }

    /** Writes the key and its hash into a record. */
    void write(MemorySegment records, long base) {
        records.set(FlowRecord.LONG, base + FlowRecord.LOW_END_HIGH, lowEndHigh);
        records.set(FlowRecord.LONG, base + FlowRecord.LOW_END_LOW, lowEndLow);
        records.set(FlowRecord.LONG, base + FlowRecord.HIGH_END_HIGH, highEndHigh);
        records.set(FlowRecord.LONG, base + FlowRecord.HIGH_END_LOW, highEndLow);
        records.set(FlowRecord.LONG, base + FlowRecord.PORTS, ports);
        records.set(FlowRecord.LONG, base + FlowRecord.LINK, link);
        records.set(FlowRecord.INT, base + FlowRecord.HASH, hash);
    }

    /** Takes the key of a packet that has an IP layer and, where its protocol has one, a transport layer. */
    void of(Packet packet) {
        int protocol = packet.ipProtocol;
        int source = packet.sourcePort;
        int destination = packet.destinationPort;
        boolean portsOrdered = true;
        if (protocol == FlowRecord.ICMP || protocol == FlowRecord.ICMPV6) {
            destination = icmpFamily(protocol, packet.sourcePort);
            source = hasIdentifier(protocol, destination) ? identifier(packet) : 0;
            portsOrdered = false;
        }
        set(
                packet.sourceHigh,
                packet.sourceLow,
                packet.destinationHigh,
                packet.destinationLow,
                source,
                destination,
                portsOrdered,
                protocol,
                linkOf(packet));
    }

    private static int identifier(Packet packet) {
        long at = packet.transportOffset + 4;
        return at + 2 <= packet.ipOffset + packet.ipLength ? packet.u16(at) : 0;
    }

    /** Sets the key of two ends. */
    void set(
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int source,
            int destination,
            boolean portsOrdered,
            int protocol,
            long linkWord) {
        int order = Long.compareUnsigned(sourceLow, destinationLow);
        if (order == 0) {
            order = Long.compareUnsigned(sourceHigh, destinationHigh);
        }
        if (order == 0 && portsOrdered) {
            order = Integer.compare(source, destination);
        }
        sourceIsLow = order <= 0;
        int first = source;
        int second = destination;
        if (sourceIsLow) {
            lowEndHigh = sourceHigh;
            lowEndLow = sourceLow;
            highEndHigh = destinationHigh;
            highEndLow = destinationLow;
        } else {
            lowEndHigh = destinationHigh;
            lowEndLow = destinationLow;
            highEndHigh = sourceHigh;
            highEndLow = sourceLow;
            if (portsOrdered) {
                first = destination;
                second = source;
            }
        }
        boolean version4 = Address.isV4(lowEndHigh, lowEndLow) && Address.isV4(highEndHigh, highEndLow);
        ports = (long) first << 48
                | (long) second << 32
                | (protocol & 0xffL) << 8
                | (version4 ? 1 : 0)
                | (linkWord != 0 ? 2 : 0);
        link = linkWord;
        hash = hash(version4);
    }

    static long linkOf(Packet packet) {
        long word = packet.vlanIds;
        return packet.pppoeSession == Packet.NONE ? word : word | (packet.pppoeSession + 1L) << PPPOE_SHIFT;
    }

    /** Request and answer have one family; every other type is its own. */
    private static int icmpFamily(int protocol, int type) {
        if (protocol == FlowRecord.ICMP) {
            return switch (type) {
                case ICMP_ECHO_REPLY -> ICMP_ECHO;
                case 14, 16, 18 -> type - 1; // timestamp, information and mask replies
                default -> type;
            };
        }
        return switch (type) {
            case ICMPV6_ECHO_REPLY -> ICMPV6_ECHO;
            case ICMPV6_NEIGHBOR_ADVERTISEMENT -> ICMPV6_NEIGHBOR_SOLICITATION;
            default -> type;
        };
    }

    private static boolean hasIdentifier(int protocol, int family) {
        return protocol == FlowRecord.ICMP
                ? family == ICMP_ECHO || family == 13 || family == 15 || family == 17
                : family == ICMPV6_ECHO;
    }

    private int hash(boolean version4) {
        int count = 0;
        if (version4) {
            words[count++] = lowEndLow << 32 | highEndLow & 0xffff_ffffL;
        } else {
            words[count++] = lowEndHigh;
            words[count++] = lowEndLow;
            words[count++] = highEndHigh;
            words[count++] = highEndLow;
        }
        words[count++] = ports;
        if (link != 0) {
            words[count++] = link;
        }
        return sipHash(count);
    }

    private int sipHash(int count) {
        long v0 = keyFirst ^ 0x736f6d6570736575L;
        long v1 = keySecond ^ 0x646f72616e646f6dL;
        long v2 = keyFirst ^ 0x6c7967656e657261L;
        long v3 = keySecond ^ 0x7465646279746573L;
        for (int i = 0; i < count + FINAL_ROUNDS; i++) {
            long word = 0; // the final rounds absorb nothing
            if (i < count) {
                word = words[i];
            } else if (i == count) {
                v2 ^= 0xff;
            }
            v3 ^= word;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= word;
        }
        long sum = v0 ^ v1 ^ v2 ^ v3;
        return (int) (sum ^ sum >>> 32);
    }

    /** SplitMix64's finaliser: one seed gives as many words as are needed. */
    static long mix(long value) {
        long word = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        word = (word ^ word >>> 27) * 0x94d049bb133111ebL;
        return word ^ word >>> 31;
    }
}
