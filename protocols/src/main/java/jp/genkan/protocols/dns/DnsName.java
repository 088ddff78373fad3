package jp.genkan.protocols.dns;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * A domain name as a message has it, taken out of its compressed form (RFC 1035 §4.1.4). Used again for name after name; reading
 * allocates nothing.
 *
 * <p>A pointer must go backwards, a name has at most 32 of them, and the whole name is at most 255 octets, so that no message can make a
 * reader walk longer than that.
 */
public final class DnsName {
    /** RFC 1035 §2.3.4. */
    public static final int OCTETS_MAX = 255;

    private static final int POINTERS_MAX = 32; // more than any name that a compressor makes: one a name
    private static final int LABEL_MAX = 63;
    private static final int LABEL_TYPE_MASK = 0xc0;
    private static final int POINTER = 0xc0;

    private final byte[] text = new byte[OCTETS_MAX];
    private int length;
    private int labels;

    /** A name without labels. */
    public DnsName() {}

    /**
     * Reads the name at this offset.
     *
     * @param segment holds the message
     * @param messageOffset where the message begins, from which pointers count
     * @param messageLength its octets
     * @param offset where the name begins, counted from the message's begin
     * @return the offset behind the name in the place where it began, or -1 when it is not a name
     */
    int read(MemorySegment segment, long messageOffset, int messageLength, int offset) {
        length = 0;
        labels = 0;
        int at = offset;
        int lowest = offset; // every pointer must lead before this
        int behind = -1;
        int wireLength = 1;
        int pointers = 0;
        while (at >= 0 && at < messageLength) {
            int head = segment.get(ValueLayout.JAVA_BYTE, messageOffset + at) & 0xff;
            if (head == 0) {
                return behind >= 0 ? behind : at + 1;
            }
            if ((head & LABEL_TYPE_MASK) == POINTER) {
                if (at + 1 >= messageLength) {
                    return -1;
                }
                int target = (head & ~LABEL_TYPE_MASK) << 8
                        | segment.get(ValueLayout.JAVA_BYTE, messageOffset + at + 1) & 0xff;
                behind = behind >= 0 ? behind : at + 2;
                if (target >= lowest || ++pointers > POINTERS_MAX) {
                    return -1;
                }
                lowest = target;
                at = target;
                continue;
            }
            wireLength += head + 1;
            if (head > LABEL_MAX || at + 1 + head > messageLength || wireLength > OCTETS_MAX) {
                return -1;
            }
            append(segment, messageOffset + at + 1, head);
            at += 1 + head;
        }
        return -1;
    }

    private void append(MemorySegment segment, long from, int count) {
        if (labels++ > 0) {
            text[length++] = '.';
        }
        for (int i = 0; i < count; i++) {
            text[length++] = segment.get(ValueLayout.JAVA_BYTE, from + i);
        }
    }

    /** Octets of the name with dots between the labels and none at the end; 0 for the root. */
    public int length() {
        return length;
    }

    /** How many labels there are. */
    public int labels() {
        return labels;
    }

    /** The octet at this place of the dotted form. */
    public byte octet(int index) {
        return text[index];
    }

    /** True when the name is this one or ends with it after a dot; ASCII letters count the same in both cases. */
    public boolean endsWith(String suffix) {
        int start = length - suffix.length();
        if (start < 0 || (start > 0 && text[start - 1] != '.')) {
            return false;
        }
        for (int i = 0; i < suffix.length(); i++) {
            if (lower(text[start + i]) != lower((byte) suffix.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + 32 : octet;
    }

    /** The dotted form as UTF-8, which mDNS prescribes (RFC 6762 §16) and ordinary DNS is a part of. Allocates. */
    @Override
    public String toString() {
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
