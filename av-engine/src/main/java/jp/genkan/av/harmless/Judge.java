package jp.genkan.av.harmless;

import java.util.List;
import jp.genkan.av.scan.ScanResult;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a file is infected: it is when {@link ScanResult#infection} is not null.
 *
 * <p>Thread rule: one thread at a time.
 */
@FunctionalInterface
public interface Judge {
    /**
     * Looks at a file.
     *
     * @param octets an array that holds it, decoded; not changed and not kept
     * @param from index of the first octet
     * @param to index behind the last
     * @param name decoded; null when it has none
     * @param formats of what it came in, outermost first ({@code mail}, {@code http})
     * @param passwords to try on what is encrypted
     */
    ScanResult look(
            byte[] octets, int from, int to, @Nullable String name, List<String> formats, List<String> passwords);
}
