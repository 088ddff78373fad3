package jp.genkan.av.hash;

import java.nio.charset.StandardCharsets;
import jp.genkan.av.source.SourceLines;
import org.jspecify.annotations.Nullable;

/**
 * ClamAV's hash signatures (docs.clamav.net, "File hash signatures"): {@code hash:size:name[:level[:level]]}, for sections
 * {@code size:hash:name[:level[:level]]}. The size may be {@code *}.
 */
final class ClamHashRows extends HashRows {
    /** The functionality level of ClamAV whose signatures are understood: that of 1.4. */
    static final int LEVEL = 216;

    private static final int FIELDS_MAX = 5;
    private static final int SIZE_DIGITS_MAX = 15;

    private final boolean sections;
    private final int[] ends = new int[FIELDS_MAX];

    ClamHashRows(boolean sections) {
        this.sections = sections;
    }

    @Override
    @Nullable
    String row(SourceLines line, Sink to) {
        if (isBlank(line) || line.octet(0) == '#') {
            return null;
        }
        int fields = split(line);
        if (fields < 3) {
            return "three fields with a colon between them are expected";
        }
        int hashField = sections ? 1 : 0;
        int sizeField = sections ? 0 : 1;
        byte[] hash = hash(line, begin(hashField), ends[hashField]);
        if (hash == null) {
            return "this is no MD5, SHA-1 or SHA-256 in hexadecimal digits";
        }
        boolean any = ends[sizeField] - begin(sizeField) == 1 && line.octet(begin(sizeField)) == '*';
        long size = any ? HashKey.ANY_SIZE : number(line, begin(sizeField), ends[sizeField]);
        if (!any && size < 0) {
            return "the size is a number or *";
        }
        String name = text(line, begin(2), ends[2]);
        if (name.isEmpty()) {
            return "the signature has no name";
        }
        long from = fields > 3 ? number(line, begin(3), ends[3]) : 0;
        long until = fields > 4 && ends[4] > begin(4) ? number(line, begin(4), ends[4]) : Long.MAX_VALUE;
        if (from < 0 && ends[3] > begin(3) || until < 0) {
            return "a functionality level is a number";
        }
        HashKind kind = HashKind.of(hash.length, sections);
        if (from <= LEVEL && LEVEL <= until && kind != null) {
            to.add(kind, hash, size, name);
        }
        return null;
    }

    private int begin(int field) {
        return field == 0 ? 0 : ends[field - 1] + 1;
    }

    private int split(SourceLines line) {
        int fields = 0;
        for (int i = 0; i <= line.length() && fields < FIELDS_MAX; i++) {
            if (i == line.length() || line.octet(i) == ':') {
                ends[fields++] = i;
            }
        }
        return fields;
    }

    private static long number(SourceLines line, int from, int to) {
        if (from == to || to - from > SIZE_DIGITS_MAX) {
            return -1;
        }
        for (int i = from; i < to; i++) {
            if (line.octet(i) < '0' || line.octet(i) > '9') {
                return -1;
            }
        }
        return Long.parseLong(line.text(from, to, StandardCharsets.US_ASCII));
    }
}
