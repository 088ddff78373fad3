package jp.genkan.urlfilter.url;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.frame.Address;
import org.jspecify.annotations.Nullable;

/**
 * The host of a URL in its normal form: a name in lower-case ASCII without the dot at its end, or an address. Names as they travel (ASCII)
 * are read without allocating.
 *
 * <p>Thread rule: one owner; reused from name to name.
 */
public final class HostText {
    /** Longest name that the DNS can resolve (RFC 1035 §2.3.4, as text without the last dot). */
    public static final int LENGTH_MAX = 253;

    /** Longest spelling that is looked at: every octet of the longest name escaped, and a dot. */
    private static final int SPELLING_MAX = 4 * LENGTH_MAX;

    private final byte[] octets = new byte[LENGTH_MAX + 1];
    private final long[] halves = new long[2];
    private int length;
    private boolean address;

    /**
     * Reads a host, without port and user information.
     *
     * @return false when it is the host of no URL; it is empty then
     */
    public boolean read(byte[] text, int from, int to) {
        length = 0;
        address = false;
        if (to <= from || to - from > SPELLING_MAX) {
            return false;
        }
        boolean good;
        if (text[from] == '[') {
            good = text[to - 1] == ']' && takeV6(text, from + 1, to - 1);
        } else {
            good = takePlain(text, from, to);
        }
        if (!good) {
            length = 0;
            address = false;
        }
        return good;
    }

    /** Takes an address. */
    public void take(long high, long low) {
        length = 0;
        address = true;
        halves[0] = high;
        halves[1] = low;
    }

    /** Forgets what it holds. */
    public void clear() {
        length = 0;
        address = false;
    }

    private boolean takeV6(byte[] text, int from, int to) {
        address = Ipv6Text.parse(text, from, to, halves);
        return address;
    }

    private boolean takePlain(byte[] text, int from, int to) {
        int at = 0;
        for (int i = from; i < to; i++) {
            int octet = text[i];
            if (octet < 0 || octet == '%') {
                return takeEncoded(text, from, to);
            }
            if (UrlOctets.isForbiddenInDomain(octet)) {
                return octet == ':' && takeV6(text, from, to); // an address that lost its brackets
            }
            if (at == octets.length) {
                return false;
            }
            octets[at++] = (byte) UrlOctets.lower(octet);
        }
        return finish(at);
    }

    /** A name with escapes or letters beyond ASCII. */
    private boolean takeEncoded(byte[] text, int from, int to) {
        byte[] decoded = UrlOctets.percentDecode(text, from, to);
        String ascii = Idna.toAscii(new String(decoded, StandardCharsets.UTF_8));
        if (ascii == null || ascii.length() > octets.length) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            char letter = ascii.charAt(i);
            if (UrlOctets.isForbiddenInDomain(letter)) {
                return false;
            }
            octets[i] = (byte) UrlOctets.lower(letter);
        }
        return finish(ascii.length());
    }

    private boolean finish(int end) {
        int to = end > 0 && octets[end - 1] == '.' ? end - 1 : end;
        if (to == 0 || to > LENGTH_MAX) {
            return false;
        }
        if (Ipv4Text.endsInNumber(octets, 0, to)) {
            long bits = Ipv4Text.parse(octets, 0, to);
            if (bits < 0) {
                return false;
            }
            take(0, Address.MAPPED_PREFIX | bits);
            return true;
        }
        length = to;
        return true;
    }

    /** True when it holds neither a name nor an address. */
    public boolean isEmpty() {
        return length == 0 && !address;
    }

    /** True when it holds an address. */
    public boolean isAddress() {
        return address;
    }

    /** The octets of the name, of which the first {@link #length} count. Not to be changed. */
    public byte[] octets() {
        return octets;
    }

    /** Length of the name; 0 for an address. */
    public int length() {
        return length;
    }

    /** First half of the address. */
    public long high() {
        return halves[0];
    }

    /** Second half of the address. */
    public long low() {
        return halves[1];
    }

    /** The address; null for a name. */
    public @Nullable Address address() {
        return address ? new Address(halves[0], halves[1]) : null;
    }

    /** As in a URL: IPv6 in brackets. */
    @Override
    public String toString() {
        if (!address) {
            return new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        }
        Address both = new Address(halves[0], halves[1]);
        return both.isV4() ? both.toString() : "[" + both + "]";
    }
}
