package jp.genkan.av.unpack.rar;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import jp.genkan.av.unpack.codec.Octets;

/**
 * Undoes the filters of versions 3 and 5: the octets of a filter's block wait until all are there.
 *
 * <p>Thread rule: one thread.
 */
final class RarFilters extends OutputStream {
    /** RAR's own bound for a block. */
    private static final int BLOCK_MAX = 1 << 22;

    /** RAR's own bound for filters that wait. */
    private static final int FILTERS_MAX = 8192;

    private static final int PROGRAM_MAX = 1 << 24;

    /** What a filter does. */
    enum Kind {
        DELTA,
        E8,
        E8E9,
        ARM,
        ITANIUM,
        RGB,
        AUDIO
    }

    /**
     * A filter.
     *
     * @param start of its block, counted from the member's start
     * @param length of its block
     * @param channels of a delta, or of sound; width of a picture
     * @param position where red stands in a picture
     */
    record Filter(Kind kind, long start, int length, int channels, int position) {}

    private final OutputStream out;
    private final ArrayDeque<Filter> waiting = new ArrayDeque<>();
    private byte[] block = new byte[0];
    private int filled;
    private long position;

    RarFilters(OutputStream out) {
        this.out = out;
    }

    void add(Filter filter) throws IOException {
        if (filter.length() < 0
                || filter.length() > BLOCK_MAX
                || waiting.size() >= FILTERS_MAX
                || filter.start() < position) {
            throw Octets.broken("RAR filter");
        }
        if (filter.length() > 0) {
            waiting.add(filter);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end) {
            Filter filter = waiting.peek();
            if (filter == null || position + (end - at) <= filter.start()) {
                out.write(source, at, end - at);
                position += end - at;
                return;
            }
            if (position < filter.start()) {
                int before = (int) (filter.start() - position);
                out.write(source, at, before);
                position += before;
                at += before;
            }
            if (filled == 0 && block.length < filter.length()) {
                block = new byte[filter.length()];
            }
            int count = Math.min(end - at, filter.length() - filled);
            System.arraycopy(source, at, block, filled, count);
            filled += count;
            at += count;
            position += count;
            if (filled == filter.length()) {
                apply(filter);
            }
        }
    }

    private void apply(Filter first) throws IOException {
        byte[] octets = java.util.Arrays.copyOf(block, filled);
        filled = 0;
        Filter filter = waiting.poll();
        while (filter != null) {
            octets = undo(filter, octets);
            Filter next = waiting.peek();
            filter = next != null && next.start() == first.start() && next.length() == first.length()
                    ? waiting.poll()
                    : null;
        }
        // Filters whose block lies behind what has gone out by now are never reached.
        while (!waiting.isEmpty() && waiting.peek().start() < position) {
            waiting.poll();
        }
        out.write(octets, 0, octets.length);
    }

    /** Sends on a block whose end never came. */
    void finish() throws IOException {
        int count = filled;
        filled = 0;
        out.write(block, 0, count);
    }

    private static byte[] undo(Filter filter, byte[] octets) throws IOException {
        return switch (filter.kind()) {
            case DELTA -> delta(octets, filter.channels());
            case E8, E8E9 -> {
                calls(octets, (int) filter.start(), filter.kind());
                yield octets;
            }
            case ARM -> {
                arm(octets, (int) filter.start());
                yield octets;
            }
            case RGB -> RarMedia.rgb(octets, filter.channels(), filter.position());
            case AUDIO -> RarMedia.audio(octets, filter.channels());
            case ITANIUM -> throw Octets.unsupported("RAR filter for Itanium");
        };
    }

    private static byte[] delta(byte[] octets, int channels) throws IOException {
        if (channels <= 0) {
            throw Octets.broken("RAR delta");
        }
        byte[] result = new byte[octets.length];
        int source = 0;
        for (int channel = 0; channel < channels && channel < octets.length; channel++) {
            byte value = 0;
            for (int at = channel; at < octets.length; at += channels) {
                value -= octets[source++];
                result[at] = value;
            }
        }
        return result;
    }

    private static void calls(byte[] octets, int start, Kind kind) {
        int at = 0;
        while (at < octets.length - 4) {
            int octet = octets[at++] & 0xff;
            if (octet != 0xe8 && (octet != 0xe9 || kind == Kind.E8)) {
                continue;
            }
            int here = at + start;
            int address = le32(octets, at);
            if (address < 0) {
                if (address + here >= 0) {
                    le32(octets, at, address + PROGRAM_MAX);
                }
            } else if (address < PROGRAM_MAX) {
                le32(octets, at, address - here);
            }
            at += 4;
        }
    }

    private static void arm(byte[] octets, int start) {
        for (int at = 0; at + 3 < octets.length; at += 4) {
            if (octets[at + 3] == (byte) 0xeb) {
                int target = (le32(octets, at) & 0xff_ffff) - (start + at) / 4;
                le32(octets, at, target & 0xff_ffff | 0xeb00_0000);
            }
        }
    }

    private static int le32(byte[] octets, int at) {
        return (octets[at] & 0xff)
                | (octets[at + 1] & 0xff) << 8
                | (octets[at + 2] & 0xff) << 16
                | octets[at + 3] << 24;
    }

    private static void le32(byte[] octets, int at, int value) {
        for (int i = 0; i < 4; i++) {
            octets[at + i] = (byte) (value >> 8 * i);
        }
    }
}
