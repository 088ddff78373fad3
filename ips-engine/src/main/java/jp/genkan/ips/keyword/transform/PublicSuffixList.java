package jp.genkan.ips.keyword.transform;

import java.io.IOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Under which suffixes the public registers names (publicsuffix.org): {@code com}, {@code co.uk}, {@code github.io}. Reads the list as it is published: one rule a
 * line, {@code *.} for any label, {@code !} for an exception from that; a name that no rule knows has its last label as suffix.
 *
 * <p>Thread rule: immutable, shared.
 */
final class PublicSuffixList {
    /** Where Debian's package publicsuffix puts it. */
    static final Path PACKAGED = Path.of("/usr/share/publicsuffix/public_suffix_list.dat");

    /** Longest list that is read: the published one has 0.3 MiB. */
    static final long FILE_MAX = 16 << 20;

    /** Most labels of a rule; the longest that is published has five. */
    static final int LABELS_MAX = 8;

    /** What a rule says of its labels. */
    private enum Kind {
        SUFFIX,
        ANY_BELOW,
        BOTH,
        EXCEPTION
    }

    private final Map<String, Kind> rules = new HashMap<>();

    private PublicSuffixList(List<String> lines) {
        for (String line : lines) {
            String rule = firstWord(line);
            if (!rule.isEmpty() && !rule.startsWith("//")) {
                add(rule);
            }
        }
    }

    /** Reads the packaged list. */
    static PublicSuffixList read(Path file) throws IOException {
        if (Files.size(file) > FILE_MAX) {
            throw new IOException("longer than " + FILE_MAX + " octets");
        }
        return new PublicSuffixList(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    static PublicSuffixList of(List<String> lines) {
        return new PublicSuffixList(lines);
    }

    private static String firstWord(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return line.substring(0, end);
    }

    private void add(String rule) {
        Kind kind = Kind.SUFFIX;
        String labels = rule;
        if (rule.startsWith("!")) {
            kind = Kind.EXCEPTION;
            labels = rule.substring(1);
        } else if (rule.startsWith("*.")) {
            kind = Kind.ANY_BELOW;
            labels = rule.substring(2);
        }
        put(labels, kind);
        try {
            put(IDN.toASCII(labels), kind);
        } catch (IllegalArgumentException notEncodable) {
            // the name as it stands is there
        }
    }

    private void put(String labels, Kind kind) {
        rules.merge(labels, kind, (old, added) -> old == added ? old : Kind.BOTH);
    }

    /**
     * Where the public suffix of a name begins; a dot at the name's end belongs to it.
     *
     * @return -1 when the name is empty
     */
    int suffix(byte[] octets, int from, int to) {
        int end = to > from && octets[to - 1] == '.' ? to - 1 : to;
        if (end == from || octets[end - 1] == '.') {
            return -1;
        }
        int begin = labelBefore(octets, from, end);
        int suffix = begin;
        int below = -1; // where the label before begins, which a rule for any label takes in
        for (int labels = 1; labels <= LABELS_MAX; labels++) {
            Kind kind = rules.get(text(octets, begin, end));
            below = begin > from ? labelBefore(octets, from, begin - 1) : -1;
            if (kind == Kind.EXCEPTION) {
                return behindLabel(octets, begin, end);
            }
            if (kind == Kind.SUFFIX || kind == Kind.BOTH) {
                suffix = begin;
            }
            if ((kind == Kind.ANY_BELOW || kind == Kind.BOTH) && below >= 0) {
                suffix = below;
            }
            if (below < 0) {
                break;
            }
            begin = below;
        }
        return suffix;
    }

    /**
     * Where the name that somebody has registered begins: the suffix and one label more.
     *
     * @return -1 when the name is nothing but a suffix
     */
    int registered(byte[] octets, int from, int to) {
        int suffix = suffix(octets, from, to);
        return suffix <= from ? -1 : labelBefore(octets, from, suffix - 1);
    }

    private static int labelBefore(byte[] octets, int from, int end) {
        int at = end;
        while (at > from && octets[at - 1] != '.') {
            at--;
        }
        return at;
    }

    private static int behindLabel(byte[] octets, int from, int end) {
        int at = from;
        while (at < end && octets[at] != '.') {
            at++;
        }
        return Math.min(at + 1, end);
    }

    private static String text(byte[] octets, int from, int to) {
        return new String(TextChanges.lower(octets, from, to), StandardCharsets.UTF_8);
    }
}
