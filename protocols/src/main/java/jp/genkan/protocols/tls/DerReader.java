package jp.genkan.protocols.tls;

/**
 * Walks over the elements of one level of DER (X.690): tag, length, contents. Contents are walked by a reader of their own, so that depth is what its
 * user makes it. Tolerant of BER's long lengths; not of lengths without end.
 *
 * <p>Thread rule: one owner; good as long as the array is.
 */
final class DerReader {
    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int OCTET_STRING = 0x04;
    static final int OID = 0x06;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final int LENGTH_OCTETS_MAX = 4; // more cannot be meant in a message of some kilobytes
    private static final int TAG_LONG_FORM = 0x1f;

    private final byte[] octets;
    private final int end;
    private int at;
    private int tag;
    private int contentFrom;
    private int contentTo;
    private boolean broken;

    DerReader(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.end = to;
    }

    /** Goes to the next element. False at the end, or when what follows is none: then {@link #isBroken}. */
    boolean next() {
        if (at >= end || broken) {
            return false;
        }
        tag = octets[at] & 0xff;
        int cursor = at + 1;
        if ((tag & TAG_LONG_FORM) == TAG_LONG_FORM || cursor >= end) {
            broken = true;
            return false;
        }
        long length = octets[cursor++] & 0xff;
        if (length >= 0x80) {
            int count = (int) length & 0x7f;
            if (count == 0 || count > LENGTH_OCTETS_MAX || cursor + count > end) {
                broken = true;
                return false;
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | octets[cursor++] & 0xff;
            }
        }
        if (length > end - cursor) {
            broken = true;
            return false;
        }
        contentFrom = cursor;
        contentTo = cursor + (int) length;
        at = contentTo;
        return true;
    }

    /** True when a length led beyond the end, or a tag was none of those that certificates use. */
    boolean isBroken() {
        return broken;
    }

    int tag() {
        return tag;
    }

    int contentFrom() {
        return contentFrom;
    }

    int contentTo() {
        return contentTo;
    }

    int contentLength() {
        return contentTo - contentFrom;
    }

    /** Walks over what is inside the element. */
    DerReader inside() {
        return new DerReader(octets, contentFrom, contentTo);
    }
}
