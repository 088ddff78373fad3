package jp.genkan.appcontrol.signature;

import java.util.stream.IntStream;
import jp.genkan.core.frame.AddressRange;

/**
 * One thing that a packet has to show. Immutable.
 *
 * <p>Offsets below 0 count from the packet's end.
 */
public sealed interface Condition {
    /** True when the payload shows it. */
    boolean holds(Payload payload);

    /** How many octets it pins down: of two signatures that match, the one that pins down more is meant. */
    int weight();

    /**
     * Octets at a place.
     *
     * @param offset of the first
     * @param pattern the octets
     */
    record Octets(int offset, OctetPattern pattern) implements Condition {
        @Override
        public boolean holds(Payload payload) {
            return pattern.standsAt(payload, offset < 0 ? payload.length() + offset : offset);
        }

        @Override
        public int weight() {
            return pattern.weight();
        }
    }

    /**
     * Octets that begin somewhere between two places.
     *
     * @param from first place
     * @param to last place
     * @param pattern the octets
     */
    record Search(int from, int to, OctetPattern pattern) implements Condition {
        public Search {
            if (from < 0 || to < from) {
                throw new IllegalArgumentException("no places to look at");
            }
        }

        @Override
        public boolean holds(Payload payload) {
            int last = Math.min(to, payload.here() - pattern.length());
            for (int at = from; at <= last; at++) {
                if (pattern.standsAt(payload, at)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int weight() {
            return Math.max(1, pattern.length() - 1);
        }
    }

    /** Width and order of a number in a packet. */
    enum Width {
        U8(1),
        U16(2),
        U24(3),
        U32(4),
        U16LE(2),
        U24LE(3),
        U32LE(4);

        private final int octets;

        Width(int octets) {
            this.octets = octets;
        }

        long read(Payload payload, int at) {
            return switch (this) {
                case U8 -> payload.u8(at);
                case U16 -> payload.u16(at);
                case U24 -> payload.u24(at);
                case U32 -> payload.u32(at);
                case U16LE -> payload.u16le(at);
                case U24LE -> payload.u24le(at);
                case U32LE -> payload.u32le(at);
            };
        }
    }

    /** What a number is measured by. */
    enum Base {
        /** Nothing: it is a constant. */
        ZERO,
        /** The packet's length. */
        LENGTH
    }

    /**
     * A number in the packet.
     *
     * @param mask which of its bits count
     * @param base what is added to the limits
     * @param low least value
     * @param high largest value
     * @param negated true when it must lie outside
     */
    record Value(Width width, int offset, long mask, Base base, long low, long high, boolean negated)
            implements Condition {
        @Override
        public boolean holds(Payload payload) {
            long value = width.read(payload, offset < 0 ? payload.length() + offset : offset);
            if (value == Payload.NONE) {
                return false;
            }
            long masked = value & mask;
            long shift = base == Base.LENGTH ? payload.length() : 0;
            boolean inside = masked >= low + shift && masked <= high + shift;
            return inside != negated;
        }

        @Override
        public int weight() {
            return low == high && !negated ? width.octets : 0;
        }
    }

    /**
     * Two numbers in the packet that are the same, or differ by so much.
     *
     * @param plus what is added to the second one
     */
    record Pair(Width width, int offset, Width otherWidth, int otherOffset, long plus) implements Condition {
        @Override
        public boolean holds(Payload payload) {
            long one = width.read(payload, offset < 0 ? payload.length() + offset : offset);
            long other = otherWidth.read(payload, otherOffset < 0 ? payload.length() + otherOffset : otherOffset);
            return one != Payload.NONE && other != Payload.NONE && one == other + plus;
        }

        @Override
        public int weight() {
            return Math.min(width.octets, otherWidth.octets);
        }
    }

    /**
     * Length of the payload.
     *
     * @param low least
     * @param high most
     */
    record Length(int low, int high) implements Condition {
        @Override
        public boolean holds(Payload payload) {
            return payload.length() >= low && payload.length() <= high;
        }

        @Override
        public int weight() {
            return low == high ? 1 : 0;
        }
    }

    /** Which packet with payload of its direction, from 1. */
    record PacketNumber(int low, int high) implements Condition {
        @Override
        public boolean holds(Payload payload) {
            return payload.number() >= low && payload.number() <= high;
        }

        @Override
        public int weight() {
            return 0;
        }
    }

    /** Only printable ASCII between two places, line ends and tabs included; {@code to} below 0 is the end. */
    record Printable(int from, int to) implements Condition {
        @Override
        public boolean holds(Payload payload) {
            int end = to < 0 ? payload.here() : Math.min(to, payload.here());
            if (from >= end) {
                return false;
            }
            for (int i = from; i < end; i++) {
                byte octet = payload.octets()[i];
                if (octet < 0x20 && octet != '\r' && octet != '\n' && octet != '\t' || octet == 0x7f) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int weight() {
            return 1;
        }
    }

    /** Either end has one of these ports. */
    final class Ports implements Condition {
        private final int[] ranges;

        /**
         * Ranges of ports.
         *
         * @param ranges first, last, first, last...
         */
        public Ports(int... ranges) {
            this.ranges = ranges.clone();
        }

        @Override
        public boolean holds(Payload payload) {
            return has(payload.serverPort()) || has(payload.clientPort());
        }

        private boolean has(int port) {
            for (int i = 0; i < ranges.length; i += 2) {
                if (port >= ranges[i] && port <= ranges[i + 1]) {
                    return true;
                }
            }
            return false;
        }

        /** The ports one by one, none when they are more than so many. */
        int[] oneByOne(int max) {
            IntStream all = IntStream.empty();
            for (int i = 0; i < ranges.length; i += 2) {
                all = IntStream.concat(all, IntStream.rangeClosed(ranges[i], ranges[i + 1]));
            }
            int[] ports = all.limit(max + 1L).toArray();
            return ports.length > max ? new int[0] : ports;
        }

        @Override
        public int weight() {
            return 1;
        }
    }

    /** The address that the packet goes to. */
    record To(AddressRange range) implements Condition {
        @Override
        public boolean holds(Payload payload) {
            return range.contains(payload.toHigh(), payload.toLow());
        }

        @Override
        public int weight() {
            return 2;
        }
    }
}
