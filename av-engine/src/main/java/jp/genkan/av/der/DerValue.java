package jp.genkan.av.der;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.protocols.ber.BerReader;
import org.jspecify.annotations.Nullable;

/**
 * One value of DER: a tag of one octet, a length, contents.
 *
 * @param octets that it lies in
 * @param at offset of the tag
 * @param contentsAt offset of the contents
 * @param end offset behind them
 */
@SuppressWarnings("ArrayRecordComponent") // a view
public record DerValue(byte[] octets, int at, int contentsAt, int end) {
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int OID = 0x06;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;
    public static final int CONTEXT_0 = 0xa0;
    public static final int CONTEXT_1 = 0xa1;

    /** Values directly in one other; a signature with more certificates or attributes is nobody's. */
    public static final int CHILDREN_MAX = 1_024;

    /** The value that begins there; null when it is not whole. */
    public static @Nullable DerValue read(byte[] octets, int at, int end) {
        BerReader reader = new BerReader(octets, at, end);
        return at >= 0 && reader.next() ? new DerValue(octets, at, reader.dataAt(), reader.dataEnd()) : null;
    }

    public int tag() {
        return octets[at] & 0xff;
    }

    public int length() {
        return end - contentsAt;
    }

    /** The values in it, as far as they are whole; none when it is no constructed one. */
    public List<DerValue> children() {
        List<DerValue> children = new ArrayList<>();
        int next = contentsAt;
        while ((tag() & 0x20) != 0 && next < end && children.size() < CHILDREN_MAX) {
            DerValue child = read(octets, next, end);
            if (child == null) {
                break;
            }
            children.add(child);
            next = child.end();
        }
        return children;
    }

    /** The octets of the contents. */
    public byte[] contents() {
        return Arrays.copyOfRange(octets, contentsAt, end);
    }

    /** The contents as Latin-1. */
    public String latin() {
        return new String(octets, contentsAt, length(), StandardCharsets.ISO_8859_1);
    }

    /** Tag, length and contents. */
    public byte[] whole() {
        return Arrays.copyOfRange(octets, at, end);
    }

    /** True when both have the same octets. */
    public boolean isSame(DerValue other) {
        return Arrays.equals(octets, at, end, other.octets, other.at, other.end);
    }

    /** An object identifier with dots; empty when it is none. */
    public String oid() {
        BerReader reader = new BerReader(octets, at, end);
        return reader.next(OID) && length() > 0 ? reader.objectIdentifier() : "";
    }
}
