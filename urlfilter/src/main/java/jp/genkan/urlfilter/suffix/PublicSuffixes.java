package jp.genkan.urlfilter.suffix;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.urlfilter.key.KeyMap;
import jp.genkan.urlfilter.key.SiteKeys;
import jp.genkan.urlfilter.url.HostText;

/**
 * The public suffix list (publicsuffix.org) as far as list entries need it: is a name one under which strangers register names of their own? An
 * entry for such a name must not take in what is below it: who lists {@code github.io} does not mean everybody's pages.
 *
 * <p>Thread rule: immutable once read.
 */
public final class PublicSuffixes {
    /** Where Debian's package publicsuffix puts the list. */
    public static final Path PACKAGED = Path.of("/usr/share/publicsuffix/public_suffix_list.dat");

    /** Longest list that is read: the published one has 0.3 MiB. */
    static final long FILE_MAX = 16 << 20;

    private static final String PRIVATE_BEGINS = "===BEGIN PRIVATE DOMAINS===";
    private static final int LEVELS = 16;
    private static final long SEED =
            0x7375_6666_6978_6573L; // the list is no secret, and nobody chooses its names against us

    private static final int SUFFIX = 1;
    private static final int ANY_BELOW = 2;
    private static final int EXCEPTION = 4;
    private static final int PRIVATE = 8;

    /** What a name is. */
    public enum Kind {
        /** A site, or a part of one. */
        SITE,
        /** A registry's: {@code jp}, {@code co.uk}. */
        REGISTRY,
        /** A platform's, whose customers have the names below: {@code github.io}. */
        PLATFORM
    }

    private final KeyMap rules = new KeyMap();

    private PublicSuffixes() {}

    /** Without a list: only top-level domains are public. */
    public static PublicSuffixes none() {
        return new PublicSuffixes();
    }

    /**
     * Reads the list as it is published.
     *
     * @throws IOException when it cannot be read
     */
    public static PublicSuffixes read(Path file) throws IOException {
        if (Files.size(file) > FILE_MAX) {
            throw new IOException(file + " is longer than " + FILE_MAX + " octets");
        }
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return of(lines.lines().toList());
        }
    }

    /** A list in memory. */
    public static PublicSuffixes of(List<String> lines) {
        PublicSuffixes suffixes = new PublicSuffixes();
        int section = 0;
        for (String line : lines) {
            if (line.startsWith("//")) {
                section = line.contains(PRIVATE_BEGINS) ? PRIVATE : section;
            } else if (!line.isBlank()) {
                suffixes.add(line.strip().split("\\s", 2)[0], section);
            }
        }
        return suffixes;
    }

    private void add(String rule, int section) {
        int kind = rule.startsWith("!") ? EXCEPTION : rule.startsWith("*.") ? ANY_BELOW : SUFFIX;
        String name = rule.substring(kind == SUFFIX ? 0 : kind == EXCEPTION ? 1 : 2);
        byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        HostText host = new HostText();
        if (!host.read(octets, 0, octets.length) || host.isAddress()) {
            return;
        }
        long[] keys = new long[LEVELS];
        int levels = SiteKeys.names(SEED, host.octets(), host.length(), keys);
        long key = keys[levels - 1];
        rules.put(key, Math.max(rules.get(key), 0) | kind | section);
    }

    /** What the name is; an address is a site. Does not allocate. */
    public Kind kindOf(HostText host, long[] room) {
        if (host.length() == 0) {
            return Kind.SITE;
        }
        int levels = SiteKeys.names(SEED, host.octets(), host.length(), room);
        int rule = Math.max(rules.get(room[levels - 1]), 0);
        if ((rule & EXCEPTION) != 0) {
            return Kind.SITE;
        }
        if ((rule & SUFFIX) == 0) {
            if (levels == 1) {
                return Kind.REGISTRY;
            }
            rule = Math.max(rules.get(room[levels - 2]), 0);
            if ((rule & ANY_BELOW) == 0) {
                return Kind.SITE;
            }
        }
        return (rule & PRIVATE) != 0 ? Kind.PLATFORM : Kind.REGISTRY;
    }

    /** How many rules there are. */
    public int size() {
        return rules.size();
    }
}
