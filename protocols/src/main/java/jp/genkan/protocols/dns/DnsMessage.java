package jp.genkan.protocols.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A view over one DNS message: {@link #wrap}, then {@link #nextQuestion} until it says no, then {@link #nextRecord} until it says no; the
 * accessors speak of the question or record that was read last. Allocates nothing.
 *
 * <pre>
 *   0                   1                   2                   3
 *   +-------------------+-------------------+
 *   |        ID         | QR OPCODE ... RCODE|
 *   |      QDCOUNT      |      ANCOUNT      |
 *   |      NSCOUNT      |      ARCOUNT      |
 *   +-------------------+-------------------+   questions, then records
 * </pre>
 *
 * <p>At most {@link #RECORDS_MAX} questions and records of a message are read, whatever its counts say. A malformed entry ends the reading:
 * {@link #isMalformed}.
 */
public final class DnsMessage {
    /** Length of the header, RFC 1035 §4.1.1. */
    public static final int HEADER_LENGTH = 12;

    // Record types
    public static final int A = 1;
    public static final int NS = 2;
    public static final int CNAME = 5;
    public static final int PTR = 12;
    public static final int TXT = 16;
    public static final int AAAA = 28;
    public static final int SRV = 33;

    /** Class IN, after the cache-flush bit of mDNS is taken off. */
    public static final int IN = 1;

    /** Questions and records that are read of one message; the largest mDNS announcements seen have some 60. */
    public static final int RECORDS_MAX = 512;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int FLAGS_OFFSET = 2;
    private static final int QDCOUNT_OFFSET = 4;
    private static final int ANCOUNT_OFFSET = 6;
    private static final int NSCOUNT_OFFSET = 8;
    private static final int ARCOUNT_OFFSET = 10;
    private static final int RESPONSE_FLAG = 0x8000;
    private static final int CLASS_MASK = 0x7fff; // RFC 6762 §10.2 and §5.4 use the upper bit
    private static final int QUESTION_TAIL = 4; // type, class
    private static final int RECORD_TAIL = 10; // type, class, TTL, length
    private static final int SRV_TARGET_OFFSET = 6; // priority, weight, port

    private MemorySegment segment = MemorySegment.NULL;
    private long start;
    private int length;
    private int at;
    private int questionsLeft;
    private int recordsLeft;
    private int answersLeft;
    private int read;
    private boolean malformed;

    private final DnsName name = new DnsName();
    private final DnsName dataName = new DnsName();
    private int type;
    private int recordClass;
    private int timeToLive;
    private int dataAt;
    private int dataLength;
    private boolean answer;

    /** A view over nothing. */
    public DnsMessage() {}

    /**
     * Puts the view over a message.
     *
     * @return false when it is shorter than a header
     */
    public boolean wrap(MemorySegment bytes, long offset, int messageLength) {
        segment = bytes;
        start = offset;
        length = messageLength;
        at = HEADER_LENGTH;
        read = 0;
        malformed = messageLength < HEADER_LENGTH;
        type = 0;
        recordClass = 0;
        dataLength = 0;
        answer = false;
        if (malformed) {
            questionsLeft = 0;
            recordsLeft = 0;
            answersLeft = 0;
            return false;
        }
        questionsLeft = u16(QDCOUNT_OFFSET);
        answersLeft = u16(ANCOUNT_OFFSET);
        recordsLeft = answersLeft + u16(NSCOUNT_OFFSET) + u16(ARCOUNT_OFFSET);
        return true;
    }

    private int u16(int offset) {
        return segment.get(U16, start + offset) & 0xffff;
    }

    public int id() {
        return u16(0);
    }

    /** The flags and codes of the header, RFC 1035 §4.1.1. */
    public int flags() {
        return u16(FLAGS_OFFSET);
    }

    public boolean isResponse() {
        return (flags() & RESPONSE_FLAG) != 0;
    }

    public int opcode() {
        return flags() >>> 11 & 15;
    }

    public int responseCode() {
        return flags() & 15;
    }

    public int questionCount() {
        return u16(QDCOUNT_OFFSET);
    }

    public int answerCount() {
        return u16(ANCOUNT_OFFSET);
    }

    /** Reads the next question; false when there is none any more, or it is malformed. */
    public boolean nextQuestion() {
        if (questionsLeft == 0 || !nextName()) {
            return false;
        }
        if (at + QUESTION_TAIL > length) {
            return malformed();
        }
        questionsLeft--;
        type = u16(at);
        recordClass = u16(at + 2) & CLASS_MASK;
        dataLength = 0;
        answer = false;
        at += QUESTION_TAIL;
        return true;
    }

    /** Reads the next record of any section, passing over questions that were not read; false when there is none any more. */
    public boolean nextRecord() {
        while (questionsLeft > 0) {
            if (!nextQuestion()) {
                return false;
            }
        }
        if (recordsLeft == 0 || !nextName()) {
            return false;
        }
        if (at + RECORD_TAIL > length) {
            return malformed();
        }
        type = u16(at);
        recordClass = u16(at + 2) & CLASS_MASK;
        timeToLive = segment.get(U32, start + at + 4);
        dataLength = u16(at + 8);
        dataAt = at + RECORD_TAIL;
        if (dataAt + dataLength > length) {
            dataLength = 0;
            return malformed();
        }
        recordsLeft--;
        answer = answersLeft > 0;
        answersLeft -= answer ? 1 : 0;
        at = dataAt + dataLength;
        return true;
    }

    private boolean nextName() {
        if (malformed) {
            return false;
        }
        if (read++ == RECORDS_MAX) {
            return malformed();
        }
        int behind = name.read(segment, start, length, at);
        if (behind < 0) {
            return malformed();
        }
        at = behind;
        return true;
    }

    private boolean malformed() {
        malformed = true;
        questionsLeft = 0;
        recordsLeft = 0;
        return false;
    }

    /** True when reading ended because of an entry that is cut off, wrong, or one too many. */
    public boolean isMalformed() {
        return malformed;
    }

    /** Name of the question, or owner of the record. */
    public DnsName name() {
        return name;
    }

    public int type() {
        return type;
    }

    /** The class without the bit that mDNS uses for its own ends. */
    public int recordClass() {
        return recordClass;
    }

    /** Seconds, unsigned. */
    public long timeToLive() {
        return timeToLive & 0xffff_ffffL;
    }

    /** True when the record stands in the answer section. */
    public boolean isAnswer() {
        return answer;
    }

    /** Where the record's data begins, counted from the segment's begin. */
    public long dataOffset() {
        return start + dataAt;
    }

    public int dataLength() {
        return dataLength;
    }

    /** The four octets of an A record; meaningful when {@link #type} is A and {@link #dataLength} is 4. */
    public int addressV4() {
        return segment.get(U32, start + dataAt);
    }

    /** The upper half of an AAAA record's address; meaningful when {@link #type} is AAAA and {@link #dataLength} is 16. */
    public long addressHigh() {
        return (long) segment.get(U32, start + dataAt) << 32 | segment.get(U32, start + dataAt + 4) & 0xffff_ffffL;
    }

    public long addressLow() {
        return (long) segment.get(U32, start + dataAt + 8) << 32 | segment.get(U32, start + dataAt + 12) & 0xffff_ffffL;
    }

    /**
     * The name in the data of a PTR, CNAME, NS or SRV record.
     *
     * @return false when the record has none, or it is malformed
     */
    public boolean readDataName() {
        int offset = switch (type) {
            case PTR, CNAME, NS -> dataAt;
            case SRV -> dataAt + SRV_TARGET_OFFSET;
            default -> -1;
        };
        return dataLength > 0
                && offset >= 0
                && offset < dataAt + dataLength
                && dataName.read(segment, start, length, offset) >= 0;
    }

    /** What {@link #readDataName} has read. */
    public DnsName dataName() {
        return dataName;
    }
}
