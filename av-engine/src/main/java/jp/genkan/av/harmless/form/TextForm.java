package jp.genkan.av.harmless.form;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.harmless.explain.Explanation;

/** A text of an exact number of octets. Stateless. */
public final class TextForm {
    /** Octets of a line of padding, its end included: what every mail program takes. */
    private static final int PAD_LINE = 74;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private TextForm() {}

    /** Which characters a text may have. */
    public enum Letters {
        ASCII,
        UTF8,
        /** UTF-8 that begins with its mark, so that an editor knows it without being told. */
        MARKED_UTF8
    }

    /** As much of an explanation as there is room for, then blanks. */
    public static byte[] of(Explanation explanation, int length, Letters letters) {
        byte[] mark = letters == Letters.MARKED_UTF8 ? BYTE_ORDER_MARK : new byte[0];
        if (letters != Letters.ASCII) {
            byte[] japanese = fit(explanation.texts(), mark, length);
            if (japanese.length > 0) {
                return padded(japanese, length);
            }
        }
        return padded(fit(explanation.asciiTexts(), new byte[0], length), length);
    }

    /** All versions of an explanation, the longest first. */
    public static List<byte[]> versions(Explanation explanation, Letters letters) {
        List<byte[]> versions = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        if (letters != Letters.ASCII) {
            texts.addAll(explanation.texts());
        }
        texts.addAll(explanation.asciiTexts());
        for (String text : texts) {
            versions.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return versions;
    }

    /** Nothing but blanks. */
    public static byte[] blank(int length) {
        return padded(new byte[0], length);
    }

    private static byte[] fit(List<String> texts, byte[] mark, int length) {
        for (String text : texts) {
            byte[] octets = text.getBytes(StandardCharsets.UTF_8);
            if (mark.length + octets.length <= length) {
                byte[] marked = Arrays.copyOf(mark, mark.length + octets.length);
                System.arraycopy(octets, 0, marked, mark.length, octets.length);
                return marked;
            }
        }
        return new byte[0];
    }

    /** Octets of a text that goes on for ever, from a place in it: they depend on nothing else. */
    public static byte[] piece(Explanation explanation, long offset, int length) {
        byte[] text = explanation.texts().getFirst().getBytes(StandardCharsets.UTF_8);
        byte[] piece = new byte[length];
        for (int i = 0; i < length; i++) {
            long at = offset + i;
            long column = (at - text.length) % PAD_LINE;
            byte pad = (byte) (column == PAD_LINE - 2 ? '\r' : column == PAD_LINE - 1 ? '\n' : ' ');
            piece[i] = at < text.length ? text[(int) at] : pad;
        }
        return piece;
    }

    /** A text and lines of blanks behind it. */
    static byte[] padded(byte[] text, int length) {
        byte[] all = Arrays.copyOf(text, length);
        pad(all, text.length, length);
        return all;
    }

    /** Lines of blanks that end with a line end, if there is room for one. */
    static void pad(byte[] octets, int from, int to) {
        Arrays.fill(octets, from, to, (byte) ' ');
        int end = from;
        while (to - end >= PAD_LINE) {
            end += PAD_LINE;
            octets[end - 2] = '\r';
            octets[end - 1] = '\n';
        }
        if (to - end >= 2) {
            octets[to - 2] = '\r';
            octets[to - 1] = '\n';
        }
    }
}
