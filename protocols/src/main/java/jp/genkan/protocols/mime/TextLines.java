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

    private final OctetBuffer buffer = new OctetBuffer(OCTETS_MAX);
    private boolean complete;
    private boolean skipping;
    private long length;

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
        buffer.append(octets, from, from + Math.min(end - from, buffer.room()));
        complete = over;
        return behind;
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
        skipping = true;
    }
}
