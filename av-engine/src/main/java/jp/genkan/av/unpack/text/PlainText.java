package jp.genkan.av.unpack.text;

import java.util.Arrays;
import jp.genkan.av.content.Content;

/**
 * Passes over words that are no data, as nearly all of every text is: letters that end before a run is long enough to mean anything, blanks, punctuation. Whoever
 * looks for data is asked octet by octet only where this stops.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PlainText {
    private static final int PIECE = 64 << 10;

    /** Something may begin with it. */
    private static final byte ODD = 0;

    private static final byte LETTER = 1;
    private static final byte BLANK = 2;
    private static final byte MARK = 3;

    private static final byte[] KINDS = new byte[256];

    static {
        Arrays.fill(KINDS, MARK);
        Arrays.fill(KINDS, 0, ' ' + 1, BLANK);
        Arrays.fill(KINDS, 'A', 'Z' + 1, LETTER);
        Arrays.fill(KINDS, 'a', 'z' + 1, LETTER);
        for (char odd : "0123456789+/\"'\\%&-(#=".toCharArray()) {
            KINDS[odd] = ODD;
        }
    }

    private final Content content;
    private byte[] piece = {};
    private long begin;
    private boolean words;
    private int last;

    PlainText(Content content) {
        this.content = content;
    }

    /** True when the place passed over last had more than blanks. */
    boolean hadWords() {
        return words;
    }

    /** The last octet that was passed over. */
    int last() {
        return last;
    }

    /** The octet there. */
    int octet(long at) {
        if (at < begin || at >= begin + piece.length) {
            begin = at;
            piece = content.bytes(at, PIECE);
        }
        return piece[(int) (at - begin)] & 0xff;
    }

    /**
     * Where something may begin; the index given when it may there.
     *
     * @param before the octet before it
     */
    long next(long at, int before) {
        last = before;
        words = false;
        octet(at);
        int i = (int) (at - begin);
        while (i < piece.length) {
            byte kind = KINDS[piece[i] & 0xff];
            if (kind == LETTER) {
                int end = wordEnd(i);
                if (end == i) {
                    break;
                }
                i = end;
                words = true;
            } else if (kind == ODD) {
                break;
            } else {
                words |= kind == MARK;
                i++;
            }
            last = piece[i - 1] & 0xff;
        }
        return begin + i;
    }

    /** Behind a word that neither is long enough for data nor goes on as data does; its beginning when it may be some. */
    private int wordEnd(int from) {
        boolean lineBegins = last == '\n' || last == '\r';
        if (lineBegins && piece[from] == 'b') {
            return from; // of uuencode
        }
        int end = from + 1;
        while (end < piece.length && KINDS[piece[end] & 0xff] == LETTER) {
            end++;
        }
        boolean isShort = end - from < DigitRuns.MEANT_MIN;
        return isShort && end < piece.length && endsWord(piece[end]) ? end : from;
    }

    private static boolean endsWord(byte octet) {
        return switch (octet) {
            case '"', '\'', '\\', '+', '/', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> false;
            default -> true;
        };
    }
}
