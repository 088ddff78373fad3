package jp.genkan.protocols.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The delimiters of one multipart (RFC 2046 §5.1): every boundary that its header may be read to declare, and those that its body shows.
 *
 * <p>Thread rule: one owner.
 */
final class Boundaries {
    /** Most boundaries of one multipart: one, and what twisted headers make of it. */
    static final int BOUNDARIES_MAX = 8;

    /** Longest boundary that counts. RFC 2046 allows 70; mail programs take any that fits a line. */
    static final int OCTETS_MAX = MailParser.LINE_OCTETS_MAX - 8;

    /** RFC 2046 §5.1.1. */
    static final int OCTETS_ALLOWED = 70;

    private static final String NAME = "boundary";

    /** What a line is to a multipart. */
    enum Match {
        NONE,
        /** It may be a delimiter, if what follows looks like a part's header. */
        WEAK,
        /** A part begins. */
        OPEN,
        /** The last part is over. */
        CLOSE
    }

    private final List<byte[]> boundaries = new ArrayList<>();

    /** Those that a header declares. */
    static Boundaries of(HeaderFields fields) {
        Boundaries found = new Boundaries();
        Set<String> texts = new LinkedHashSet<>();
        for (String value : fields.all("content-type")) {
            for (Parameters.Reading reading : new Parameters(value).readings(NAME)) {
                texts.add(reading.text());
            }
            addHidden(value, texts);
        }
        for (String text : texts) {
            found.add(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return found;
    }

    /** A second declaration inside a value, a comment or a quoted string. */
    private static void addHidden(String value, Set<String> texts) {
        String lower = value.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(NAME + "=");
        while (at >= 0 && texts.size() < BOUNDARIES_MAX) {
            int begin = at + NAME.length() + 1;
            int end = begin;
            while (end < value.length() && value.charAt(end) > ' ' && "\";()".indexOf(value.charAt(end)) < 0) {
                end++;
            }
            if (end - begin > 2) {
                texts.add(value.substring(begin, end));
            }
            at = lower.indexOf(NAME + "=", begin);
        }
    }

    void add(byte[] boundary) {
        if (boundary.length > 0 && boundary.length <= OCTETS_MAX && boundaries.size() < BOUNDARIES_MAX) {
            boundaries.add(boundary);
        }
    }

    boolean hasLong() {
        return boundaries.stream().anyMatch(boundary -> boundary.length > OCTETS_ALLOWED);
    }

    /** What a line is that begins with two hyphens; both are at {@code from}. */
    Match match(byte[] line, int from, int to) {
        Match best = Match.NONE;
        for (byte[] boundary : boundaries) {
            Match match = match(boundary, line, from + 2, to);
            if (match.compareTo(best) > 0) {
                best = match;
            }
        }
        return best;
    }

    private static Match match(byte[] boundary, byte[] line, int from, int to) {
        int end = from + boundary.length;
        if (!startsWith(boundary, boundary.length, line, from, to)) {
            int bare = boundary.length;
            while (bare > 0 && boundary[bare - 1] == ' ') {
                bare--;
            }
            boolean weak = bare > 0 && bare < boundary.length && startsWith(boundary, bare, line, from, to);
            return weak ? Match.WEAK : Match.NONE;
        }
        int rest = end;
        while (rest < to && isWhite(line[rest])) {
            rest++;
        }
        if (rest == to) {
            return Match.OPEN;
        }
        if (line[rest] == '-'
                && rest + 1 < to
                && line[rest + 1] == '-'
                && (rest + 2 == to || isWhite(line[rest + 2]))) {
            return Match.CLOSE;
        }
        return rest > end ? Match.OPEN : Match.WEAK;
    }

    private static boolean startsWith(byte[] boundary, int length, byte[] line, int from, int to) {
        // vectorised, as an attacker may have every line compared with the long boundaries of many multiparts
        return to - from >= length && Arrays.mismatch(line, from, from + length, boundary, 0, length) < 0;
    }

    private static boolean isWhite(byte octet) {
        return octet <= ' ' && octet >= 0;
    }
}
