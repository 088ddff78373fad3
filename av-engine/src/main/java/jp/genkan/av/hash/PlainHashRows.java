package jp.genkan.av.hash;

import jp.genkan.av.source.SourceLines;
import org.jspecify.annotations.Nullable;

/** One hash a line, with whatever follows it behind a separator; comments begin with {@code #}, {@code ;} or {@code //}. */
final class PlainHashRows extends HashRows {
    private final String list;

    PlainHashRows(String list) {
        this.list = list;
    }

    @Override
    @Nullable
    String row(SourceLines line, Sink to) {
        int from = 0;
        while (from < line.length() && line.octet(from) <= ' ') {
            from++;
        }
        if (from == line.length() || isComment(line, from)) {
            return null;
        }
        int end = from;
        while (end < line.length() && digit(line.octet(end)) >= 0) {
            end++;
        }
        byte[] hash = hash(line, from, end);
        HashKind kind = hash == null ? null : HashKind.of(hash.length, false);
        if (hash == null || kind == null || end < line.length() && !isSeparator(line.octet(end))) {
            return "this is no MD5, SHA-1 or SHA-256 in hexadecimal digits";
        }
        to.add(kind, hash, HashKey.ANY_SIZE, list);
        return null;
    }

    static boolean isComment(SourceLines line, int at) {
        int first = line.octet(at);
        return first == '#' || first == ';' || first == '/' && at + 1 < line.length() && line.octet(at + 1) == '/';
    }

    private static boolean isSeparator(int octet) {
        return octet <= ' ' || octet == ',' || octet == ';' || octet == '|';
    }
}
