package jp.genkan.ips.rule;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.ips.rule.RuleSource.Breaks;

/**
 * Reads rule files. A line is a rule, a comment ({@code #} or {@code ;}) or blank; a backslash at its end goes on with the next line.
 *
 * <p>A file is UTF-8; one that is not is ISO 8859-1, as a whole, so that the octets of a {@code content} are kept
 * ({@link RuleSource#charset}).
 *
 * <p>Thread rule: one reader, one thread, one file.
 */
public final class RuleReader {
    /** Most characters of a rule with all its lines. Suricata takes 8,192 octets; generated rules with long lists have been seen with more. */
    static final int RULE_CHARS_MAX = 1 << 16;

    /** Most octets of a file: four times all of ET Open. */
    static final long FILE_BYTES_MAX = 256L << 20;

    private final Path file;
    private final String text;
    private final Charset charset;
    private final List<Rule> rules = new ArrayList<>();
    private final List<RuleProblem> problems = new ArrayList<>();
    private final Map<Integer, Breaks> breaks = new HashMap<>();
    private int disabled;
    private int at;
    private int line;
    private boolean goesOn;

    private RuleReader(Path file, String text, Charset charset) {
        this.file = file;
        this.text = text;
        this.charset = charset;
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read, or is larger than rule files are
     */
    public static RuleSource read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > FILE_BYTES_MAX) {
            throw new IOException(file + ": " + size + " octets; a rule file has at most " + FILE_BYTES_MAX);
        }
        return read(file, Files.readAllBytes(file));
    }

    /** Reads the octets of a file. */
    public static RuleSource read(Path file, byte[] octets) {
        Charset charset = StandardCharsets.UTF_8;
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException notUtf8) {
            charset = StandardCharsets.ISO_8859_1;
            text = new String(octets, charset);
        }
        return new RuleReader(file, text, charset).read();
    }

    private RuleSource read() {
        if (text.startsWith("\ufeff")) {
            at = 1;
        }
        while (at < text.length()) {
            String physical = nextLine();
            int first = RuleText.skipBlanks(physical, 0);
            if (first == physical.length()) {
                continue;
            }
            switch (physical.charAt(first)) {
                case '#' -> comment(physical);
                case ';' -> {} // a comment, as in Suricata
                default -> rule(physical);
            }
        }
        return new RuleSource(file, charset, rules, problems, rules.size() + problems.size(), disabled, breaks);
    }

    /** The next line without its end and without its backslash; {@link #goesOn} says whether it had one. */
    private String nextLine() {
        int newline = text.indexOf('\n', at);
        int end = newline < 0 ? text.length() : newline;
        int from = at;
        at = newline < 0 ? end : newline + 1;
        line++;
        int last = end;
        while (last > from && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
        }
        goesOn = last > from && text.charAt(last - 1) == '\\' && at < text.length();
        return text.substring(from, goesOn ? last - 1 : last);
    }

    private void rule(String firstLine) {
        int first = line;
        StringBuilder joined = new StringBuilder(firstLine);
        int[] starts = new int[4];
        int further = 0;
        boolean tooLong = joined.length() > RULE_CHARS_MAX;
        while (goesOn) {
            if (further == starts.length) {
                starts = Arrays.copyOf(starts, 2 * further);
            }
            starts[further++] = joined.length();
            String next = nextLine();
            tooLong |= joined.length() + next.length() > RULE_CHARS_MAX;
            if (!tooLong) {
                joined.append(next);
            }
        }
        Breaks itsBreaks = further == 0 ? null : new Breaks(Arrays.copyOf(starts, further));
        String whole = joined.toString();
        try {
            if (tooLong) {
                throw new RuleException(
                        RuleCode.TOO_LARGE, 0, "the rule has more than " + RULE_CHARS_MAX + " characters");
            }
            rules.add(RuleParser.parse(whole, file, first));
            if (itsBreaks != null) {
                breaks.put(first, itsBreaks);
            }
        } catch (RuleException bad) {
            Long sid = tooLong ? null : RuleText.sid(whole);
            problems.add(RuleSource.place(file, first, itsBreaks, sid, bad));
        }
    }

    /** A comment that goes on takes its further lines with it, except one that begins as a rule: Suricata would load it. */
    private void comment(String firstLine) {
        StringBuilder joined = new StringBuilder(firstLine);
        while (goesOn && !RuleText.startsAsRule(lineAhead())) {
            String next = nextLine();
            if (joined.length() + next.length() <= RULE_CHARS_MAX) {
                joined.append(' ').append(next.startsWith("#") ? next.substring(1) : next);
            }
        }
        int from = 0;
        while (from < joined.length() && (joined.charAt(from) == '#' || Character.isWhitespace(joined.charAt(from)))) {
            from++;
        }
        if (RuleText.isRule(joined.substring(from))) {
            disabled++;
        }
    }

    /** Enough of the next line to tell whether it begins as a rule. */
    private String lineAhead() {
        int newline = text.indexOf('\n', at);
        int end = newline < 0 ? text.length() : newline;
        return text.substring(at, Math.min(end, at + 16));
    }
}
