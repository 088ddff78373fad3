package jp.genkan.protocols.dns;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Follows one domain name through a message that lies in an array, as tolerant as the readers that are out there: pointers may go forwards, names
 * may be longer than RFC 1035 allows. {@link DnsName} is the strict reader.
 *
 * <p>A walk ends after {@link #STEPS_MAX} labels and pointers and after {@link #OCTETS_MAX} octets of text, whatever the message says.
 *
 * <p>Thread rule: one owner.
 */
final class NameWalk {
    /** Octets of a name's dotted form; Suricata's limit, so that both tell the same of a name that is too long. RFC 1035 allows 255. */
    static final int OCTETS_MAX = 1025;

    /** Labels and pointers of one name; Suricata's limit. A name of 255 octets has at most 127 labels. */
    static final int STEPS_MAX = 255;

    private static final int LABEL_TYPE_MASK = 0xc0;
    private static final int POINTER = 0xc0;

    private byte @Nullable [] text;
    private byte @Nullable [] kept;
    private int length;
    private boolean truncated;
    private boolean loop;
    private boolean tooManySteps;

    /** Follows the name and remembers nothing but what is odd about it; allocates nothing. Same result as {@link #read}. */
    int pass(byte[] octets, int begin, int behind, int at) {
        text = null;
        return walk(octets, begin, behind, at);
    }

    /**
     * Reads a name.
     *
     * @param octets holds the message
     * @param begin where the message begins, from which pointers count
     * @param behind index behind its last octet
     * @param at index where the name begins
     * @return index behind the name in the place where it began, -1 when it is none
     */
    int read(byte[] octets, int begin, int behind, int at) {
        byte[] buffer = kept == null ? new byte[64] : kept;
        text = buffer;
        int end = walk(octets, begin, behind, at);
        kept = text;
        return end;
    }

    private int walk(byte[] octets, int begin, int behind, int from) {
        length = 0;
        truncated = false;
        loop = false;
        tooManySteps = false;
        int at = from;
        int end = -1;
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            if (at >= behind) {
                return -1;
            }
            int head = octets[at] & 0xff;
            if (head == 0) {
                return end >= 0 ? end : at + 1;
            }
            if ((head & LABEL_TYPE_MASK) == POINTER) {
                if (at + 1 >= behind) {
                    return -1;
                }
                end = end >= 0 ? end : at + 2;
                int target = begin + ((head & ~LABEL_TYPE_MASK) << 8 | octets[at + 1] & 0xff);
                if (target >= behind) {
                    return -1;
                }
                if (target == at) {
                    loop = true;
                    return end;
                }
                at = target;
            } else if ((head & LABEL_TYPE_MASK) == 0 && at + 1 + head <= behind) {
                append(octets, at + 1, head);
                at += 1 + head;
                if (truncated && end >= 0) {
                    return end;
                }
            } else {
                return -1;
            }
        }
        tooManySteps = true;
        return end >= 0 ? end : restOf(octets, behind, at);
    }

    /** The end of a name that was too long to follow, which has no pointer so far. */
    private static int restOf(byte[] octets, int behind, int from) {
        int at = from;
        while (at < behind) {
            int head = octets[at] & 0xff;
            if (head == 0) {
                return at + 1;
            }
            if ((head & LABEL_TYPE_MASK) != 0) {
                return (head & LABEL_TYPE_MASK) == POINTER && at + 2 <= behind ? at + 2 : -1;
            }
            at += 1 + head;
        }
        return -1;
    }

    private void append(byte[] octets, int from, int count) {
        int dot = length > 0 ? 1 : 0;
        int taken = count;
        if (length + dot + count > OCTETS_MAX) {
            truncated = true;
            taken = Math.max(0, OCTETS_MAX - length - dot);
        }
        if (text != null && length + dot + taken <= OCTETS_MAX) {
            if (length + dot + taken > text.length) {
                text = Arrays.copyOf(text, Math.max(text.length * 2, length + dot + taken));
            }
            if (dot > 0) {
                text[length] = '.';
            }
            System.arraycopy(octets, from, text, length + dot, taken);
        }
        length = Math.min(OCTETS_MAX, length + dot + taken);
    }

    /** The dotted form of what {@link #read} has read. */
    byte[] octets() {
        return text == null ? new byte[0] : Arrays.copyOf(text, length);
    }

    /** Octets of the dotted form. */
    int length() {
        return length;
    }

    /** True when only the beginning of the name was taken. */
    boolean isTruncated() {
        return truncated;
    }

    /** True when the name leads to itself. */
    boolean isLoop() {
        return loop;
    }

    /** True when the walk was given up after {@link #STEPS_MAX}. */
    boolean hasTooManySteps() {
        return tooManySteps;
    }
}
