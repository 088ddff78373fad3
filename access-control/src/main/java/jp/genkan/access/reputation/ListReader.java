package jp.genkan.access.reputation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.AddressRange;

/**
 * Reads one list file. A line that cannot be used is told by its number and skipped; a file that cannot be used at all is an
 * {@link IOException} whose message is a problem line.
 *
 * <p>Two kinds of entry are refused although they are well formed, because one of them would take the LAN off the net: a network wider
 * than {@code /8} (IPv6: {@code /16}), and a network that holds all of a private or special-purpose block (10.0.0.0/8, fe80::/10, ...), as
 * "bogon" feeds do. A part of such a block, or one address of it, may be listed.
 *
 * <p>One use, one thread.
 */
final class ListReader {
    private static final int LINE_MAX = 1024; // characters; an entry needs 79, the rest is a comment
    private static final int WIDEST_V4 = 8;
    private static final int WIDEST_V6 = 16;

    /** Blocks that a LAN, the box or every machine uses (RFC 6890). */
    private static final List<AddressRange> PRIVATE_BLOCKS = List.of(
            AddressRange.parse("10.0.0.0/8"),
            AddressRange.parse("100.64.0.0/10"),
            AddressRange.parse("127.0.0.0/8"),
            AddressRange.parse("169.254.0.0/16"),
            AddressRange.parse("172.16.0.0/12"),
            AddressRange.parse("192.168.0.0/16"),
            AddressRange.parse("::1/128"),
            AddressRange.parse("fc00::/7"),
            AddressRange.parse("fe80::/10"));

    private final Path file;
    private final ListLimits limits;
    private final RangeColumns entries = new RangeColumns();
    private final List<ListProblem> problems = new ArrayList<>();
    private final StringBuilder line = new StringBuilder(LINE_MAX);
    private int lineNumber;
    private int malformed;
    private boolean lineTooLong;

    private ListReader(Path file, ListLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    /**
     * What a file held.
     *
     * @param entries the usable entries
     * @param problems at most {@link ListLimits#problemsMax} lines that were skipped, and one that says how many more
     * @param skipped how many lines were skipped
     */
    record Result(RangeColumns entries, List<ListProblem> problems, int skipped) {
        /** True when nothing in the file was usable although something was there: most likely it is not a list. */
        boolean isBroken() {
            return entries.size() == 0 && skipped > 0;
        }
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read or goes beyond the limits; the message says which, without the file's name
     */
    static Result read(Path file, ListLimits limits) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new ListReader(file, limits).readAll(in);
        }
    }

    /** Reads a list from memory. */
    static Result read(Path name, byte[] content, ListLimits limits) throws IOException {
        return new ListReader(name, limits).readAll(new ByteArrayInputStream(content));
    }

    private Result readAll(InputStream in) throws IOException {
        byte[] chunk = new byte[1 << 16];
        long total = 0;
        for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
            total += got;
            if (total > limits.fileBytesMax()) {
                throw new IOException("larger than " + limits.fileBytesMax() + " octets");
            }
            for (int i = 0; i < got; i++) {
                take(chunk[i]);
            }
        }
        if (!line.isEmpty()) {
            endLine();
        }
        if (malformed > problems.size()) {
            problems.add(new ListProblem(file, 0, (malformed - problems.size()) + " more lines were skipped"));
        }
        return new Result(entries.trim(), List.copyOf(problems), malformed);
    }

    private void take(byte octet) throws IOException {
        if (octet == '\n') {
            endLine();
        } else if (line.length() < LINE_MAX) {
            line.append((char) (octet & 0xff));
        } else {
            lineTooLong = true;
        }
    }

    private void endLine() throws IOException {
        lineNumber++;
        String entry = entryOf(line);
        boolean cut = lineTooLong && entry.length() >= LINE_MAX;
        line.setLength(0);
        lineTooLong = false;
        if (entry.isEmpty()) {
            return;
        }
        if (cut) {
            skip("the line is longer than " + LINE_MAX + " characters: skipped");
            return;
        }
        try {
            AddressRange range = AddressRange.parse(entry);
            String refusal = refusal(range);
            if (!refusal.isEmpty()) {
                skip(range + refusal + ": skipped");
                return;
            }
            if (entries.size() == limits.entriesMax()) {
                throw new IOException("more than " + limits.entriesMax() + " entries");
            }
            entries.add(range);
        } catch (IllegalArgumentException bad) {
            if (lineNumber > 1 || !isHeading(entry)) {
                skip(bad.getMessage() + ": skipped");
            }
        }
    }

    /** The entry in a line: without comment, further columns, quotes, and whatever follows an address after white space. */
    private static String entryOf(StringBuilder line) {
        int end = line.length();
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            if (c == '#' || c == ';' || c == ',') {
                end = i;
            }
        }
        int start = line.length() >= 3 && line.charAt(0) == 0xef && line.charAt(1) == 0xbb && line.charAt(2) == 0xbf
                ? 3
                : 0;
        String field = line.substring(Math.min(start, end), end).strip();
        if (field.length() >= 2 && field.charAt(0) == '"' && field.endsWith("\"")) {
            field = field.substring(1, field.length() - 1).strip();
        }
        return withoutRemark(field);
    }

    private static String withoutRemark(String field) {
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) == ' ' || field.charAt(i) == '\t') {
                boolean range = field.indexOf('-') >= 0 && isRangeText(field);
                return range ? field : field.substring(0, i);
            }
        }
        return field;
    }

    /** True when the text has nothing but addresses, white space and a dash. */
    private static boolean isRangeText(String field) {
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (Character.digit(c, 16) < 0 && c != '.' && c != ':' && c != '-' && c != ' ' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** True for the names of columns in the first line of a CSV file. */
    private static boolean isHeading(String entry) {
        return entry.chars().allMatch(c -> Character.isLetter(c) || c == '_' || c == ' ');
    }

    private static String refusal(AddressRange range) {
        AddressRange widest = AddressRange.of(range.first(), range.first().isV4() ? WIDEST_V4 : WIDEST_V6);
        if (!widest.contains(range)) {
            return " is wider than /" + (range.first().isV4() ? WIDEST_V4 : WIDEST_V6) + " and would block too much";
        }
        for (AddressRange block : PRIVATE_BLOCKS) {
            if (range.contains(block)) {
                return " holds all of " + block + ", which local networks use";
            }
        }
        return "";
    }

    private void skip(String reason) {
        malformed++;
        if (problems.size() < limits.problemsMax()) {
            problems.add(new ListProblem(file, lineNumber, reason));
        }
    }
}
