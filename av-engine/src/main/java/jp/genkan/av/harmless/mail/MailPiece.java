package jp.genkan.av.harmless.mail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import jp.genkan.av.harmless.explain.Explanation;
import jp.genkan.av.harmless.form.TextForm;

/**
 * A piece out of the middle of a mail or a part, as clients of IMAP fetch it ({@code BODY[2]<1000.1000>}). Lines of base64 become base64 of a text that goes on through all pieces:
 * which octets of it, the piece's offset and the length of its lines say. Where there are none, all of the piece becomes that text.
 *
 * <p>Thread rule: stateless.
 */
final class MailPiece {
    /** Characters from which on a line without blanks is taken for base64, if lines around it are as long. */
    private static final int LINE_MIN = 40;

    /** What mail programs write (RFC 2045 §6.8). */
    private static final int LINE_USUAL = 76;

    private static final int LINE_END = 2;

    private MailPiece() {}

    /** A line, or what the piece has of it. */
    private record Line(int from, int to, boolean isBase64) {}

    /**
     * Other octets for a piece, as many.
     *
     * @param offset of the piece in what it is fetched from
     * @param lasting an explanation in which nothing depends on the piece
     */
    static byte[] replaced(byte[] piece, long offset, Explanation lasting) {
        List<Line> lines = lines(piece);
        byte[] out = Arrays.copyOf(piece, piece.length);
        int width = width(lines);
        if (width == 0) {
            return TextForm.piece(lasting, offset, piece.length);
        }
        long column = offset % (width + LINE_END);
        int first = lines.getFirst().to;
        if (lines.size() > 2 && column + first != width) {
            column = Math.max(
                    0, width - first); // something stands before the lines, so that the first line's end has to say it
        }
        long cell = Math.max(0, offset - column) / (width + LINE_END) * width + Math.min(column, width);
        for (Line line : lines) {
            int length = line.to - line.from;
            if (line.isBase64) {
                write(out, line, cell, lasting);
            }
            cell += length;
        }
        return out;
    }

    /** Characters of a whole line of base64; 0 when there is no base64. */
    private static int width(List<Line> lines) {
        int width = 0;
        int octets = 0;
        for (int i = 0; i < lines.size(); i++) {
            Line line = lines.get(i);
            boolean isWhole = i > 0 && i < lines.size() - 1;
            width = line.isBase64 && isWhole ? Math.max(width, line.to - line.from) : width;
            octets += line.isBase64 ? line.to - line.from : 0;
        }
        return width >= LINE_MIN ? width : lines.size() <= 2 && octets > 0 ? LINE_USUAL : 0;
    }

    /** Characters of the endless text's base64, from one of them on. */
    private static void write(byte[] out, Line line, long cell, Explanation lasting) {
        int length = line.to - line.from;
        int skipped = (int) (cell % 4);
        int groups = (skipped + length + 3) / 4;
        byte[] encoded = Base64.getEncoder().encode(TextForm.piece(lasting, cell / 4 * 3, groups * 3));
        System.arraycopy(encoded, skipped, out, line.from, length);
    }

    private static List<Line> lines(byte[] piece) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        while (from < piece.length) {
            int end = from;
            boolean isBase64 = true;
            while (end < piece.length && piece[end] != '\n') {
                isBase64 &= piece[end] == '\r' || isBase64(piece[end]);
                end++;
            }
            int to = end > from && piece[end - 1] == '\r' ? end - 1 : end;
            boolean isEdge = from == 0 || end == piece.length;
            boolean isLong = to - from >= LINE_MIN;
            boolean goesOn = !lines.isEmpty() && lines.getLast().isBase64;
            lines.add(new Line(from, to, isBase64 && to > from && (isLong || isEdge || goesOn)));
            from = Math.min(piece.length, end + 1);
        }
        return lines;
    }

    private static boolean isBase64(byte octet) {
        return octet >= 'A' && octet <= 'Z'
                || octet >= 'a' && octet <= 'z'
                || octet >= '0' && octet <= '9'
                || octet == '+'
                || octet == '/'
                || octet == '=';
    }
}
