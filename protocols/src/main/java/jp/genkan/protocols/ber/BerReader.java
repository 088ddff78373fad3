package jp.genkan.protocols.ber;

import java.util.Arrays;

/**
 * Goes through the elements of one level: {@link #next}, then the accessors speak of that element, and {@link #inside} reads the level in it. Never
 * goes beyond its octets; what is malformed ends the level.
 *
 * <pre>
 *   tag (one octet) | length (1, or 1 + n octets) | contents
 * </pre>
 *
 * <p>Only tags of one octet and definite lengths, which is all that the protocols here use.
 *
 * <p>Thread rule: one owner.
 */
public final class BerReader {
    // Universal tags, X.680 §8.4
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int OCTET_STRING = 0x04;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int SEQUENCE = 0x30;

    private static final int LONG_FORM = 0x80;
    private static final int LENGTH_OCTETS_MAX = 4;
    private static final int HIGH_TAG = 0x1f;
    private static final int NUMBER_OCTETS_MAX = 8;

    /** Numbers of an object identifier that are shown; the longest in use have some 30. */
    private static final int ARCS_MAX = 128;

    private final byte[] octets;
    private final int to;
    private int at;
    private int tag = -1;
    private int dataAt;
    private int dataEnd;
    private boolean malformed;

    /** A reader of the elements in these octets. */
    public BerReader(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.to = to;
    }

    /** Reads the next element's tag and length; false at the end, or when there is no whole element. */
    public boolean next() {
        tag = -1;
        if (at >= to || malformed) {
            return false;
        }
        int data = at + 2;
        if (data > to || (octets[at] & HIGH_TAG) == HIGH_TAG) {
            return broken();
        }
        int length = octets[at + 1] & 0xff;
        if (length >= LONG_FORM) {
            int count = length & ~LONG_FORM;
            if (count == 0 || count > LENGTH_OCTETS_MAX || data + count > to) {
                return broken();
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | octets[data + i] & 0xff;
            }
            data += count;
        }
        if (length < 0 || length > to - data) {
            return broken();
        }
        tag = octets[at] & 0xff;
        dataAt = data;
        dataEnd = data + length;
        at = dataEnd;
        return true;
    }

    private boolean broken() {
        malformed = true;
        return false;
    }

    /** True when the level ended with something that is no element. */
    public boolean isMalformed() {
        return malformed;
    }

    /** Reads the next element and says whether it has this tag. */
    public boolean next(int wanted) {
        return next() && tag == wanted;
    }

    /** Passes over so many elements; false when there are fewer. */
    public boolean skip(int count) {
        for (int i = 0; i < count; i++) {
            if (!next()) {
                return false;
            }
        }
        return true;
    }

    /** -1 when there is no element. */
    public int tag() {
        return tag;
    }

    /** Index of the element's first octet of contents. */
    public int dataAt() {
        return dataAt;
    }

    /** Index behind the element, and where the next one begins. */
    public int dataEnd() {
        return dataEnd;
    }

    /** A reader of the elements in this element. */
    public BerReader inside() {
        return tag < 0 ? new BerReader(octets, to, to) : new BerReader(octets, dataAt, dataEnd);
    }

    /** The element as a number with sign; 0 when it is empty, of a longer one the last eight octets. */
    public long number() {
        if (tag < 0 || dataEnd == dataAt) {
            return 0;
        }
        long value = octets[dataAt];
        for (int i = Math.max(dataAt + 1, dataEnd - NUMBER_OCTETS_MAX); i < dataEnd; i++) {
            value = value << 8 | octets[i] & 0xff;
        }
        return value;
    }

    /** A copy of the contents, at most so many octets. */
    public byte[] data(int octetsMax) {
        return tag < 0 ? new byte[0] : Arrays.copyOfRange(octets, dataAt, Math.min(dataEnd, dataAt + octetsMax));
    }

    /** The contents as an object identifier with dots (X.690 §8.19). */
    public String objectIdentifier() {
        StringBuilder text = new StringBuilder();
        long arc = 0;
        int arcs = 0;
        for (int i = dataAt; tag >= 0 && i < dataEnd && arcs < ARCS_MAX; i++) {
            arc = arc << 7 | octets[i] & 0x7f;
            if (octets[i] < 0) {
                continue;
            }
            if (arcs++ == 0) {
                long root = Math.min(2, arc / 40);
                text.append(root).append('.').append(arc - 40 * root);
            } else {
                text.append('.').append(Long.toUnsignedString(arc));
            }
            arc = 0;
        }
        return text.toString();
    }

    /**
     * How long the element is that begins here, tag and length included.
     *
     * @return -1 when that is not known yet, -2 when it is none
     */
    public static long elementLength(byte[] octets, int from, int to) {
        if (to - from < 2) {
            return -1;
        }
        int length = octets[from + 1] & 0xff;
        if (length < LONG_FORM) {
            return 2L + length;
        }
        int count = length & ~LONG_FORM;
        if (count == 0 || count > LENGTH_OCTETS_MAX) {
            return -2;
        }
        if (to - from < 2 + count) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | octets[from + 2 + i] & 0xff;
        }
        return 2L + count + value;
    }
}
