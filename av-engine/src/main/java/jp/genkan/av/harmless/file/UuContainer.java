package jp.genkan.av.harmless.file;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.form.TextForm;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.protocols.mime.Charsets;
import org.jspecify.annotations.Nullable;

/** Texts with files in them (uuencode, POSIX): an infected one becomes a text, line by line as long as before; its name says so. */
public final class UuContainer implements Container {
    /** Files of one text that are replaced one by one. */
    static final int FILES_MAX = 100;

    /** Octets that are searched for a first line. */
    private static final int SEARCHED_MAX = 4 << 20;

    private static final byte[] BEGIN = {'b', 'e', 'g', 'i', 'n', ' '};
    private static final int MODE_MIN = 3;
    private static final int MODE_MAX = 5;
    private static final int CODE = ' ';
    private static final int SIX = 0x3f;

    /**
     * A line of data.
     *
     * @param from its first octet, which says how many it stands for
     * @param octets that it stands for
     */
    private record Line(int from, int octets) {}

    @Override
    public String format() {
        return "uuencode";
    }

    @Override
    public boolean recognises(byte[] file, @Nullable String name) {
        return next(file, 0, Math.min(file.length, SEARCHED_MAX)) >= 0;
    }

    /** Where a line begins a file; -1 when none does. */
    private static int next(byte[] text, int from, int to) {
        for (int at = from; at < to; at = lineEnd(text, at)) {
            if (isBegin(text, at)) {
                return at;
            }
        }
        return -1;
    }

    private static int lineEnd(byte[] text, int from) {
        int at = from;
        while (at < text.length && text[at] != '\n') {
            at++;
        }
        return Math.min(text.length, at + 1);
    }

    /** The line's end without what ends it. */
    private static int content(byte[] text, int from, int lineEnd) {
        int end = lineEnd;
        while (end > from && (text[end - 1] == '\n' || text[end - 1] == '\r')) {
            end--;
        }
        return end;
    }

    private static boolean isBegin(byte[] text, int at) {
        if (text.length - at < BEGIN.length + MODE_MIN + 2
                || Arrays.mismatch(text, at, at + BEGIN.length, BEGIN, 0, BEGIN.length) >= 0) {
            return false;
        }
        return nameAt(text, at) > 0;
    }

    private static int nameAt(byte[] text, int begin) {
        int at = begin + BEGIN.length;
        while (at < text.length && text[at] >= '0' && text[at] <= '7') {
            at++;
        }
        int digits = at - begin - BEGIN.length;
        return digits >= MODE_MIN && digits <= MODE_MAX && at < text.length && text[at] == ' ' ? at + 1 : -1;
    }

    @Override
    public byte @Nullable [] clean(byte[] file, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        byte[] out = Arrays.copyOf(file, file.length);
        int at = next(file, 0, file.length);
        for (int count = 0; at >= 0; count++) {
            if (count >= FILES_MAX) {
                return null;
            }
            at = next(file, one(out, at, inside, files, removal), file.length);
        }
        return out;
    }

    private static int one(byte[] out, int begin, Inside inside, FileCleaner files, Removal removal)
            throws LimitException {
        List<Line> lines = new ArrayList<>();
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        int first = lineEnd(out, begin);
        int at = first;
        while (at < out.length && out[at] != 'e' && !isBegin(out, at)) {
            int end = lineEnd(out, at);
            int room = Math.max(0, content(out, at, end) - at - 1) / 4 * 3;
            int octets = Math.min(out[at] - CODE & SIX, room);
            if (octets > 0) {
                lines.add(new Line(at, octets));
                decode(out, at + 1, octets, decoded);
            }
            at = end;
        }
        int nameFrom = nameAt(out, begin);
        byte[] name = Arrays.copyOfRange(out, nameFrom, content(out, nameFrom, first));
        Inside member = inside.member("uuencode", Charsets.decode(name, ""));
        byte[] content = decoded.toByteArray();
        Detection detection = content.length == 0 ? null : removal.infection(content, member.name(), member.formats());
        if (detection == null) {
            return at;
        }
        byte[] cleaned = files.members(content, member, removal);
        if (cleaned == null) {
            cleaned = TextForm.of(
                    removal.explanation(detection, member.name()), content.length, TextForm.Letters.MARKED_UTF8);
            removal.replaced(member.path(), member.name(), detection, Form.TEXT);
            byte[] text = TextNames.ofSameLength(name);
            if (text != null) {
                System.arraycopy(text, 0, out, nameFrom, text.length);
            }
        }
        int from = 0;
        for (Line line : lines) {
            encode(cleaned, from, out, line);
            from += line.octets;
        }
        return at;
    }

    private static void decode(byte[] text, int from, int octets, ByteArrayOutputStream out) {
        int at = from;
        for (int left = octets; left > 0; left -= 3) {
            int bits = 0;
            for (int i = 0; i < 4; i++) {
                bits = bits << 6 | text[at++] - CODE & SIX;
            }
            for (int i = 0; i < Math.min(3, left); i++) {
                out.write(bits >> 16 - 8 * i);
            }
        }
    }

    private static void encode(byte[] content, int from, byte[] out, Line line) {
        out[line.from] = code(line.octets);
        int at = line.from + 1;
        for (int i = 0; i < line.octets; i += 3) {
            int bits = 0;
            for (int j = 0; j < 3; j++) {
                bits = bits << 8 | (i + j < line.octets ? content[from + i + j] & 0xff : 0);
            }
            for (int j = 18; j >= 0; j -= 6) {
                out[at++] = code(bits >> j & SIX);
            }
        }
    }

    /** A grave accent stands for zero: blanks get lost at the end of a line. */
    private static byte code(int six) {
        return (byte) (six == 0 ? '`' : CODE + six);
    }
}
