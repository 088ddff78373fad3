package jp.genkan.ips.signature;

import java.util.List;

/**
 * What a signature keeps and asks between packets.
 *
 * @param uses which flowbits and other variables it reads and writes: decides which rules are asked before which
 * @param filters how often it may speak, in the order in which they are asked
 * @param tags which packets are to be logged after it has matched
 */
public record Memory(List<Use> uses, List<EventFilter> filters, List<Tag> tags) {
    /** Nothing. */
    public static final Memory NONE = new Memory(List.of(), List.of(), List.of());

    public Memory {
        uses = List.copyOf(uses);
        filters = List.copyOf(filters);
        tags = List.copyOf(tags);
    }

    /** Where a variable is kept. */
    public enum Place {
        FLOWBIT,
        FLOWINT,
        HOSTBIT,
        PAIR_BIT,
        TRANSACTION_BIT
    }

    /**
     * A variable that the signature reads, writes, or both.
     *
     * @param name as rules spell it
     */
    public record Use(Place place, String name, boolean reads, boolean writes) {}

    /**
     * Which packets are logged after a match ({@code tag}).
     *
     * @param scope whose packets
     * @param count how many
     * @param unit of what
     */
    public record Tag(Scope scope, int count, Unit unit) {
        /** Whose packets. */
        public enum Scope {
            SESSION,
            SOURCE_HOST,
            DESTINATION_HOST
        }

        /** What is counted. */
        public enum Unit {
            PACKETS,
            BYTES,
            SECONDS
        }
    }

    /**
     * Where a signature stands among others for this place: those that only write come first, then those that do both, then those that only read; those that do neither are last.
     */
    public int rank(Place place) {
        boolean reads = false;
        boolean writes = false;
        for (Use use : uses) {
            if (use.place == place) {
                reads |= use.reads;
                writes |= use.writes;
            }
        }
        if (writes) {
            return reads ? 1 : 0;
        }
        return reads ? 2 : 3;
    }
}
