package jp.genkan.urlfilter.url;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hosts and URLs as a reader of words takes them. Functions of their arguments alone. */
public final class WordOctets {
    private static final int PREFIX_LENGTH = 4;

    private WordOctets() {}

    /** A name with {@code xn--} labels decoded, in UTF-8; null for any other, which is what it is. Allocates for such names only. */
    public static byte @Nullable [] unicode(HostText host) {
        byte[] name = host.octets();
        for (int i = 0; i + PREFIX_LENGTH <= host.length(); i++) {
            if (name[i] == 'x' && name[i + 1] == 'n' && name[i + 2] == '-' && name[i + 3] == '-') {
                return Idna.toUnicode(host.toString()).getBytes(StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** The octet for which an escape at this place stands; -1 where there is none. */
    public static int escaped(byte[] text, int at, int to) {
        return UrlOctets.escaped(text, at, to);
    }

    /** In lower case, as far as ASCII goes. */
    public static int lower(int octet) {
        return UrlOctets.lower(octet);
    }
}
