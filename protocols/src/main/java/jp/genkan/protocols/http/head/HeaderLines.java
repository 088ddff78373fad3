package jp.genkan.protocols.http.head;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Header fields written as lines again, in the shapes in which Suricata's rules look at them.
 *
 * <p>Thread rule: stateless.
 */
final class HeaderLines {
    /** The field of which the first value counts, however many there are: a length is no list. */
    static final String NEVER_JOINED = "content-length";

    private static final int SEPARATORS = 4;

    private HeaderLines() {}

    static byte[] normalised(HeaderFields fields, @Nullable String without) {
        byte[] out = new byte[roomFor(fields)];
        int at = 0;
        for (int i = 0; i < fields.count(); i++) {
            if (isAgain(fields, i) || without != null && fields.isNamed(i, without)) {
                continue;
            }
            at = writeLine(fields, i, out, at);
            at = writeEnd(out, at);
        }
        return Arrays.copyOf(out, at);
    }

    static void each(HeaderFields fields, Consumer<byte[]> lines) {
        byte[] out = new byte[roomFor(fields)];
        for (int i = 0; i < fields.count(); i++) {
            if (!isAgain(fields, i)) {
                lines.accept(Arrays.copyOf(out, writeLine(fields, i, out, 0)));
            }
        }
    }

    static byte[] names(HeaderFields fields) {
        if (fields.count() == 0) {
            return new byte[0];
        }
        byte[] out = new byte[roomFor(fields) + SEPARATORS];
        int at = writeEnd(out, 0);
        for (int i = 0; i < fields.count(); i++) {
            if (!isAgain(fields, i)) {
                at = fields.copyName(i, out, at);
                at = writeEnd(out, at);
            }
        }
        return Arrays.copyOf(out, writeEnd(out, at));
    }

    private static int roomFor(HeaderFields fields) {
        int room = 0;
        for (int i = 0; i < fields.count(); i++) {
            room += fields.lengthOf(i) + SEPARATORS;
        }
        return room;
    }

    /** True when a field before this one has its name, so that the value stands there. */
    private static boolean isAgain(HeaderFields fields, int index) {
        if (!fields.areJoined()) {
            return false;
        }
        for (int i = 0; i < index; i++) {
            if (fields.haveSameName(i, index)) {
                return true;
            }
        }
        return false;
    }

    private static int writeLine(HeaderFields fields, int index, byte[] out, int from) {
        int at = fields.copyName(index, out, from);
        out[at++] = ':';
        out[at++] = ' ';
        at = fields.copyValue(index, out, at);
        if (!fields.areJoined() || fields.isNamed(index, NEVER_JOINED)) {
            return at;
        }
        for (int i = index + 1; i < fields.count(); i++) {
            if (fields.haveSameName(i, index)) {
                out[at++] = ',';
                out[at++] = ' ';
                at = fields.copyValue(i, out, at);
            }
        }
        return at;
    }

    private static int writeEnd(byte[] out, int at) {
        out[at] = '\r';
        out[at + 1] = '\n';
        return at + 2;
    }
}
