package jp.genkan.av.hash;

import java.util.Arrays;
import java.util.Locale;
import jp.genkan.av.source.SourceLines;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180) as MalwareBazaar, URLhaus and ThreatFox publish them: a head line, often behind {@code #}, names the
 * columns. Of several hashes of one file the longest is taken, since all mean the same file. Without a head the first hash of a row counts.
 */
final class CsvHashRows extends HashRows {
    /** Columns that are looked at; the widest that is published has fourteen. */
    private static final int COLUMNS_MAX = 64;

    private static final int NONE = -1;

    private final String list;
    private final int[] begins = new int[COLUMNS_MAX];
    private final int[] ends = new int[COLUMNS_MAX];

    /** Columns by the head, the best first: SHA-256, SHA-1, MD5, any. */
    private int[] hashColumns = new int[0];

    private int nameColumn = NONE;
    private boolean hasHead;

    CsvHashRows(String list) {
        this.list = list;
    }

    @Override
    @Nullable
    String row(SourceLines line, Sink to) {
        if (isBlank(line)) {
            return null;
        }
        boolean comment = PlainHashRows.isComment(line, 0);
        int from = comment ? 1 : 0;
        while (comment && from < line.length() && (line.octet(from) <= ' ' || line.octet(from) == '#')) {
            from++;
        }
        int columns = split(line, from);
        if (comment || !hasHead) {
            if (head(line, columns) || comment) {
                return null;
            }
        }
        byte[] hash = hasHead ? byHead(line, columns) : first(line, columns);
        HashKind kind = hash == null ? null : HashKind.of(hash.length, false);
        if (hash == null || kind == null) {
            return "no column has an MD5, SHA-1 or SHA-256 in hexadecimal digits";
        }
        to.add(kind, hash, HashKey.ANY_SIZE, name(line, columns));
        return null;
    }

    private byte @Nullable [] byHead(SourceLines line, int columns) {
        for (int column : hashColumns) {
            byte[] hash = column < columns ? hash(line, begins[column], ends[column]) : null;
            if (hash != null) {
                return hash;
            }
        }
        return null;
    }

    private byte @Nullable [] first(SourceLines line, int columns) {
        for (int column = 0; column < columns; column++) {
            byte[] hash = hash(line, begins[column], ends[column]);
            if (hash != null) {
                return hash;
            }
        }
        return null;
    }

    private String name(SourceLines line, int columns) {
        if (nameColumn == NONE || nameColumn >= columns) {
            return list;
        }
        String name = text(line, begins[nameColumn], ends[nameColumn]);
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "", "n/a", "none", "null", "unknown", "-" -> list;
            default -> name;
        };
    }

    /** Takes a head; false when the line names no column that is known. */
    private boolean head(SourceLines line, int columns) {
        int[] found = {NONE, NONE, NONE, NONE};
        int name = NONE;
        for (int column = columns - 1; column >= 0; column--) {
            switch (text(line, begins[column], ends[column]).toLowerCase(Locale.ROOT)) {
                case "sha256_hash", "sha256", "sha-256", "sha256hash" -> found[0] = column;
                case "sha1_hash", "sha1", "sha-1", "sha1hash" -> found[1] = column;
                case "md5_hash", "md5", "md5hash" -> found[2] = column;
                case "hash", "file_hash", "ioc_value", "ioc", "indicator" -> found[3] = column;
                case "signature", "malware_printable", "malware", "malware_name", "family", "threat" -> name = column;
                default -> {}
            }
        }
        int count = 0;
        int[] columnsFound = new int[found.length];
        for (int column : found) {
            if (column != NONE) {
                columnsFound[count++] = column;
            }
        }
        if (count == 0) {
            return false;
        }
        hashColumns = Arrays.copyOf(columnsFound, count);
        nameColumn = name;
        hasHead = true;
        return true;
    }

    /** Finds the columns, without the quotes and blanks around them. A doubled quote within stays doubled: neither hashes nor names have one. */
    private int split(SourceLines line, int from) {
        int columns = 0;
        int at = from;
        while (columns < COLUMNS_MAX && at <= line.length()) {
            while (at < line.length() && line.octet(at) == ' ') {
                at++;
            }
            boolean quoted = at < line.length() && line.octet(at) == '"';
            int begin = quoted ? at + 1 : at;
            int end = quoted ? quote(line, begin) : begin;
            at = end;
            while (at < line.length() && line.octet(at) != ',') {
                at++;
            }
            begins[columns] = begin;
            ends[columns++] = quoted ? end : trimmed(line, begin, at);
            at++;
        }
        return columns;
    }

    private static int quote(SourceLines line, int from) {
        int at = from;
        while (at < line.length()) {
            if (line.octet(at) == '"') {
                if (at + 1 == line.length() || line.octet(at + 1) != '"') {
                    return at;
                }
                at++;
            }
            at++;
        }
        return line.length();
    }

    private static int trimmed(SourceLines line, int begin, int end) {
        int last = end;
        while (last > begin && line.octet(last - 1) <= ' ') {
            last--;
        }
        return last;
    }
}
