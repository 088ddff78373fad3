package jp.genkan.av.harmless.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where on the wire the octets of a body lie, between the sizes of its chunks.
 *
 * <p>Thread rule: one thread.
 */
final class HttpBody {
    /** Chunks of one body; each costs ten octets of memory, so that an octet a chunk is bearable up to here. */
    static final int CHUNKS_MAX = 1 << 20;

    /** Octets of a line with a chunk's size. */
    private static final int SIZE_LINE_MAX = 4096;

    private static final int DIGITS_MAX = 8;

    /** Octets between a chunk and the end of its line that are passed over. */
    private static final int JUNK_MAX = 16;

    /** A run of the body's octets. */
    private record Run(int from, int to) {}

    private final byte[] wire;
    private final List<Run> runs;
    private final int end;
    private byte @Nullable [] octets;

    private HttpBody(byte[] wire, List<Run> runs, int end) {
        this.wire = wire;
        this.runs = runs;
        this.end = end;
    }

    /**
     * Finds a body.
     *
     * @param isAnswer whether it goes on to the end where nothing says how long it is
     * @param wire octets that hold it
     * @param begin index of its first octet there, framing included
     * @return null when its framing cannot be read
     */
    static @Nullable HttpBody of(HttpHead head, boolean isAnswer, byte[] wire, int begin) {
        String coding = head.first("transfer-encoding");
        if (coding != null && coding.toLowerCase(Locale.ROOT).contains("chunked")) {
            return chunked(wire, begin);
        }
        int end = wire.length;
        String length = head.first("content-length");
        if (length != null) {
            long octets = number(length, 10);
            if (octets < 0) {
                return null;
            }
            end = (int) Math.min(end, begin + octets);
        } else if (!isAnswer) {
            end = begin;
        }
        return new HttpBody(wire, List.of(new Run(begin, end)), end);
    }

    private static @Nullable HttpBody chunked(byte[] wire, int begin) {
        List<Run> runs = new ArrayList<>();
        int at = begin;
        while (at < wire.length) {
            int line = at;
            while (line < wire.length && wire[line] != '\n') {
                line++;
            }
            if (line == wire.length || line - at > SIZE_LINE_MAX) {
                return null;
            }
            String size = new String(wire, at, line - at, StandardCharsets.ISO_8859_1);
            long octets = chunkSize(size.strip());
            if (octets < 0 || runs.size() >= CHUNKS_MAX) {
                return null;
            }
            if (octets == 0) {
                return new HttpBody(wire, runs, behindTrailer(wire, line + 1));
            }
            int from = line + 1;
            int to = (int) Math.min(wire.length, from + octets);
            runs.add(new Run(from, to));
            at = behindLine(wire, to);
            if (at < 0) {
                return null;
            }
        }
        return new HttpBody(wire, runs, wire.length);
    }

    /** Behind the empty line that ends the fields which may follow the last chunk (RFC 9112 §7.1.2). */
    private static int behindTrailer(byte[] wire, int from) {
        int line = from;
        for (int at = from; at < wire.length; at++) {
            if (wire[at] == '\n') {
                if (at == line || at == line + 1 && wire[line] == '\r') {
                    return at + 1;
                }
                line = at + 1;
            }
        }
        return wire.length;
    }

    /** Behind the line that ends a chunk; -1 when there is too much in it. Receivers pass over what does not belong there. */
    private static int behindLine(byte[] wire, int from) {
        int at = from;
        while (at < wire.length && wire[at] != '\n') {
            at++;
        }
        return at - from > JUNK_MAX ? -1 : at + 1;
    }

    /** The digits at the beginning of a line; -1 when there are none, or too many. */
    private static long chunkSize(String line) {
        int digits = 0;
        while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0) {
            digits++;
        }
        boolean isOver = digits == line.length() || line.charAt(digits) == ';' || line.charAt(digits) <= ' ';
        return isOver ? number(line.substring(0, digits), 16) : -1;
    }

    private static long number(String digits, int radix) {
        String text = digits.strip();
        if (text.isEmpty() || text.length() > (radix == 16 ? DIGITS_MAX : DIGITS_MAX + 2)) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    /** Index on the wire behind all of it. */
    int end() {
        return end;
    }

    /** The body's octets. Not to be changed. */
    byte[] octets() {
        byte[] made = octets;
        if (made == null) {
            int length = 0;
            for (Run run : runs) {
                length += run.to - run.from;
            }
            made = new byte[length];
            int at = 0;
            for (Run run : runs) {
                System.arraycopy(wire, run.from, made, at, run.to - run.from);
                at += run.to - run.from;
            }
            octets = made;
        }
        return made;
    }

    /** The wire with other octets in the body's place, as many. */
    byte[] with(byte[] octets) {
        byte[] out = Arrays.copyOf(wire, wire.length);
        int at = 0;
        for (Run run : runs) {
            System.arraycopy(octets, at, out, run.from, run.to - run.from);
            at += run.to - run.from;
        }
        return out;
    }
}
