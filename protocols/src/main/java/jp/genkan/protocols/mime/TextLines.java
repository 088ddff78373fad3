package jp.genkan.protocols.mime;

import java.nio.charset.StandardCharsets;
import jp.genkan.protocols.conversation.OctetBuffer;

/**
 * Cuts the command lines and replies of SMTP, POP3 and IMAP out of a direction's octets. A line may end with LF alone; of one that is too long the
 * beginning is kept.
 *
 * <p>Thread rule: one owner.
 */
public final class TextLines {
    /** Most octets of a line that are kept: eight times what SMTP allows with its extensions. */
    public static final int OCTETS_MAX = 4096;

    /** Octets at the end of a long line that are kept, too: IMAP says there what follows the line. */
    public static final int TAIL_OCTETS_MAX = 256;

    private static final byte[] NONE = {};

    private final OctetBuffer buffer = new OctetBuffer(OCTETS_MAX);
    private boolean complete;
    private boolean skipping;
    private long length;
    private byte[] tail = NONE;
    private int tailLength;

    /**
     * Takes octets of one line.
     *
     * @return index behind what was taken: behind the line's end, or all
     */
    public int take(byte[] octets, int from, int to) {
        if (complete) {
            buffer.consume(buffer.length());
            complete = false;
            length = 0;
            tailLength = 0;
        }
        int end = from;
        while (end < to && octets[end] != '\n') {
            end++;
        }
        boolean over = end < to;
        int behind = over ? end + 1 : to;
        if (skipping) {
            skipping = !over;
            return behind;
        }
        length += behind - from;
        int kept = Math.min(end - from, buffer.room());
        buffer.append(octets, from, from + kept);
        keepTail(octets, from + kept, end);
        complete = over;
        return behind;
    }

    private void keepTail(byte[] octets, int from, int to) {
        if (from == to) {
            return;
        }
        if (tail.length == 0) {
            tail = new byte[TAIL_OCTETS_MAX];
        }
        int first = Math.max(from, to - TAIL_OCTETS_MAX);
        int stay = Math.min(tailLength, TAIL_OCTETS_MAX - (to - first));
        System.arraycopy(tail, tailLength - stay, tail, 0, stay);
        System.arraycopy(octets, first, tail, stay, to - first);
        tailLength = stay + to - first;
    }

    /** The line's last octets without its end, a character for each. */
    public String tail() {
        String text = text();
        if (tailLength > 0) {
            text += new String(tail, 0, tailLength, StandardCharsets.ISO_8859_1).stripTrailing();
        }
        return text.substring(Math.max(0, text.length() - TAIL_OCTETS_MAX));
    }

    /** True when a whole line is there. */
    public boolean isComplete() {
        return complete;
    }

    /** Octets of the line that came so far, its end included, kept or not. */
    public long length() {
        return length;
    }

    /** The line without its end, a character for each octet. */
    public String text() {
        int end = buffer.end();
        while (end > buffer.begin() && buffer.array()[end - 1] == '\r') {
            end--;
        }
        return new String(buffer.array(), buffer.begin(), end - buffer.begin(), StandardCharsets.ISO_8859_1);
    }

    /** Octets are missing: what is there is dropped, and what comes next up to a line's end. */
    public void gap() {
        buffer.clear();
        complete = false;
        length = 0;
        tailLength = 0;
        skipping = true;
    }
}
