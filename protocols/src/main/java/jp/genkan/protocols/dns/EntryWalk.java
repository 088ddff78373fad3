package jp.genkan.protocols.dns;

/**
 * Goes from entry to entry of a message that lies in an array: questions, then records. Used again for message after message; allocates nothing.
 *
 * <p>Thread rule: one owner.
 */
final class EntryWalk {
    /**
     * Questions and records that are read of one message: the largest answers seen have some 100, Suricata's tests have 1,500 questions in a message of
     * 64 KiB. What is beyond is passed over.
     */
    static final int ENTRIES_MAX = 2_048;

    /** What {@link #next} found. */
    enum Step {
        ENTRY,
        END,
        MALFORMED
    }

    private static final DnsSection[] SECTIONS = DnsSection.values();
    private static final int COUNTS_OFFSET = 4;
    private static final int QUESTION_TAIL = 4; // type, class
    private static final int RECORD_TAIL = 10; // type, class, TTL, length

    private final NameWalk name = new NameWalk();
    private byte[] octets = {};
    private int begin;
    private int behind;
    private int at;
    private int section;
    private int left;
    private int read;
    private int nameAt;
    private int type;
    private int recordClass;
    private long timeToLive;
    private int dataAt;
    private int dataLength;

    /** Begins with a message of at least {@link DnsMessage#HEADER_LENGTH} octets. */
    void begin(byte[] message, int from, int to) {
        octets = message;
        begin = from;
        behind = to;
        at = from + DnsMessage.HEADER_LENGTH;
        section = 0;
        left = count(0);
        read = 0;
    }

    private int count(int of) {
        return u16(begin + COUNTS_OFFSET + 2 * of);
    }

    private int u16(int index) {
        return (octets[index] & 0xff) << 8 | octets[index + 1] & 0xff;
    }

    /** Reads the next entry; after anything but {@link Step#ENTRY} the walk is over. */
    Step next() {
        while (left == 0) {
            if (++section == SECTIONS.length) {
                section = SECTIONS.length - 1;
                return Step.END;
            }
            left = count(section);
        }
        if (read++ == ENTRIES_MAX) {
            return Step.END;
        }
        left--;
        nameAt = at;
        int end = name.pass(octets, begin, behind, at);
        if (end < 0) {
            return Step.MALFORMED;
        }
        return section == 0 ? question(end) : record(end);
    }

    private Step question(int end) {
        if (end + QUESTION_TAIL > behind) {
            return Step.MALFORMED;
        }
        type = u16(end);
        recordClass = u16(end + 2);
        timeToLive = 0;
        dataAt = end + QUESTION_TAIL;
        dataLength = 0;
        at = dataAt;
        return Step.ENTRY;
    }

    private Step record(int end) {
        if (end + RECORD_TAIL > behind) {
            return Step.MALFORMED;
        }
        type = u16(end);
        recordClass = u16(end + 2);
        timeToLive = (long) u16(end + 4) << 16 | u16(end + 6);
        dataLength = u16(end + 8);
        dataAt = end + RECORD_TAIL;
        if (dataAt + dataLength > behind) {
            return Step.MALFORMED;
        }
        at = dataAt + dataLength;
        return Step.ENTRY;
    }

    /** Where the entry stands, or where the walk broke off. */
    DnsSection section() {
        return SECTIONS[section];
    }

    /** Index behind the last entry that was read. */
    int at() {
        return at;
    }

    int nameAt() {
        return nameAt;
    }

    /** The owner's name, passed over: what was odd about it. */
    NameWalk name() {
        return name;
    }

    int type() {
        return type;
    }

    int recordClass() {
        return recordClass;
    }

    long timeToLive() {
        return timeToLive;
    }

    int dataAt() {
        return dataAt;
    }

    int dataLength() {
        return dataLength;
    }
}
