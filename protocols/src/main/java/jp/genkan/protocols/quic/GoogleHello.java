package jp.genkan.protocols.quic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's hello of Google's QUIC Crypto: tags of four letters with values.
 *
 * <pre>
 *  "CHLO" entries(2, little-endian) padding(2)
 *  entries times: tag(4) end of the value(4, little-endian, from the first value)
 *  values
 * </pre>
 *
 * @param tags in order
 * @param sni the server name; null when there is none
 * @param userAgent what the client says it is; null when it does not
 */
record GoogleHello(
        List<String> tags, @Nullable String sni, @Nullable String userAgent) {
    /** Most tags that are read; real hellos have about thirty, the format allows 128. */
    static final int TAGS_MAX = 128;

    /** Longest value that is kept; user agents have up to about 100 octets. */
    static final int VALUE_MAX = 1024;

    private static final byte[] MARK = {'C', 'H', 'L', 'O'};
    private static final int HEADER = 8;
    private static final int ENTRY = 8;

    GoogleHello {
        tags = List.copyOf(tags);
    }

    /** Finds and reads it; null when there is none. */
    static @Nullable GoogleHello find(byte[] octets, int from, int to) {
        for (int i = from; i + HEADER <= to; i++) {
            if (octets[i] == MARK[0]
                    && octets[i + 1] == MARK[1]
                    && octets[i + 2] == MARK[2]
                    && octets[i + 3] == MARK[3]) {
                return read(octets, i, to);
            }
        }
        return null;
    }

    private static GoogleHello read(byte[] octets, int from, int to) {
        int entries = Math.min(octets[from + 4] & 0xff | (octets[from + 5] & 0xff) << 8, TAGS_MAX);
        int values = from + HEADER + entries * ENTRY;
        List<String> tags = new ArrayList<>();
        String sni = null;
        String userAgent = null;
        long begin = 0;
        for (int i = 0; i < entries && from + HEADER + (i + 1) * ENTRY <= to; i++) {
            int at = from + HEADER + i * ENTRY;
            String tag = new String(octets, at, 4, StandardCharsets.ISO_8859_1).replace("\0", "");
            long end = little32(octets, at + 4);
            tags.add(tag);
            boolean whole = end >= begin && values + end <= to;
            if (whole && tag.equals("SNI")) {
                sni = value(octets, values + begin, values + end);
            } else if (whole && tag.equals("UAID")) {
                userAgent = value(octets, values + begin, values + end);
            }
            begin = Math.max(begin, end);
        }
        return new GoogleHello(tags, sni, userAgent);
    }

    private static String value(byte[] octets, long from, long to) {
        return new String(octets, (int) from, (int) Math.min(to - from, VALUE_MAX), StandardCharsets.ISO_8859_1);
    }

    private static long little32(byte[] octets, int at) {
        return octets[at] & 0xff
                | (octets[at + 1] & 0xff) << 8
                | (octets[at + 2] & 0xff) << 16
                | (octets[at + 3] & 0xffL) << 24;
    }

    /** The text of the fingerprint CYU: the version's number and the tags in order. */
    String cyu(int version) {
        return QuicVersion.name(version).substring(2) + "," + String.join("-", tags);
    }
}
