package jp.genkan.av.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Reads lines without making a string of each: lists of hashes have ten million.
 *
 * <p>Thread rule: one thread.
 */
public final class SourceLines {
    /** Octets of a line; the longest logical signature that is published has some 20,000. What is longer is cut and said to be too long. */
    public static final int LINE_MAX = 65_536;

    private static final int BUFFER = 4 * LINE_MAX;

    private final InputStream from;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private int next;
    private boolean ended;
    private int start;
    private int end;
    private boolean tooLong;
    private long number;

    /** Reads from a stream, which its owner closes. */
    public SourceLines(InputStream from) {
        this.from = from;
    }

    /**
     * Goes to the next line.
     *
     * @return false when there is none
     */
    public boolean next() throws IOException {
        int newline = find(LINE_MAX);
        if (newline < 0 && ended && next == filled) {
            return false;
        }
        number++;
        start = next;
        tooLong = newline < 0 && !ended;
        if (newline >= 0) {
            end = newline;
            next = newline + 1;
        } else {
            end = Math.min(filled, start + LINE_MAX);
            next = filled;
        }
        if (!tooLong && end - start > LINE_MAX) {
            tooLong = true;
            end = start + LINE_MAX;
        }
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        return true;
    }

    /** Skips what is left of a line that is too long; to be called for such a line when its beginning was looked at. */
    public void skipRest() throws IOException {
        if (!tooLong || ended || next != filled) {
            return;
        }
        while (true) {
            filled = 0;
            next = 0;
            fill();
            for (int i = 0; i < filled; i++) {
                if (buffer[i] == '\n') {
                    next = i + 1;
                    return;
                }
            }
            if (ended) {
                next = filled;
                return;
            }
        }
    }

    /** Where the newline is; -1 when the stream ends before, or the line is too long. */
    private int find(int max) throws IOException {
        int at = next;
        while (true) {
            for (; at < filled; at++) {
                if (buffer[at] == '\n') {
                    return at;
                }
            }
            if (ended || at - next > max) {
                return -1;
            }
            System.arraycopy(buffer, next, buffer, 0, filled - next);
            at -= next;
            filled -= next;
            next = 0;
            fill();
        }
    }

    private void fill() throws IOException {
        int read = from.readNBytes(buffer, filled, BUFFER - filled);
        ended = filled + read < BUFFER;
        filled += read;
    }

    /** Number of the line, from 1. */
    public long number() {
        return number;
    }

    /** True when the line was cut. */
    public boolean isTooLong() {
        return tooLong;
    }

    /** How many octets it has. */
    public int length() {
        return end - start;
    }

    /** One octet of it, 0 to 255. */
    public int octet(int at) {
        return buffer[start + Objects.checkIndex(at, end - start)] & 0xff;
    }

    /** The line as UTF-8. */
    public String text() {
        return text(0, length(), StandardCharsets.UTF_8);
    }

    /** A part of it. */
    public String text(int from, int to, Charset charset) {
        Objects.checkFromToIndex(from, to, length());
        return new String(buffer, start + from, to - from, charset);
    }
}
