package jp.genkan.av.unpack.ole;

import java.io.IOException;
import java.io.OutputStream;
import jp.genkan.av.content.Content;

/**
 * A stream of a compound file, which lies in it in sectors. Octets whose sectors are missing do not exist.
 *
 * <p>Thread rule: the thread that scans.
 */
final class CompoundStream {
    /** Octets that are copied at a time: large enough that calls do not count. */
    private static final int PIECE = 65_536;

    private final Content content;
    private final long[] places;
    private final int shift;
    private final long size;
    private final long announced;

    CompoundStream(Content content, long[] places, int shift, long announced) {
        this.content = content;
        this.places = places;
        this.shift = shift;
        this.announced = announced;
        size = Math.min(announced, (long) places.length << shift);
    }

    /** Octets that are there. */
    long size() {
        return size;
    }

    /** True when none is missing. */
    boolean isWhole() {
        return size == announced && (size == 0 || content.has(place(size - 1), 1));
    }

    private long place(long at) {
        return places[(int) (at >> shift)] + (at & (1L << shift) - 1);
    }

    int u8(long at) {
        return at >= 0 && at < size ? content.u8(place(at)) : -1;
    }

    /** Little-endian; -1 when not all of it is there. */
    int u16(long at) {
        int low = u8(at);
        int high = u8(at + 1);
        return low < 0 || high < 0 ? -1 : low | high << 8;
    }

    /** Little-endian, unsigned; -1 when not all of it is there. */
    long u32(long at) {
        int low = u16(at);
        int high = u16(at + 2);
        return low < 0 || high < 0 ? -1 : low | (long) high << 16;
    }

    /** Where the stream lies when its sectors follow each other; -1 when they do not. */
    long contiguous() {
        return size > 0 && run(0) >= size ? places[0] : -1;
    }

    /** Octets that lie one behind the other from here on. */
    private long run(long at) {
        int index = (int) (at >> shift);
        long length = (1L << shift) - (at & (1L << shift) - 1);
        while (index + 1 < places.length && places[index + 1] == places[index] + (1L << shift)) {
            index++;
            length += 1L << shift;
        }
        return length;
    }

    /** Copies some octets: those that are there. */
    void copy(long from, long length, OutputStream out) throws IOException {
        long at = Math.max(0, from);
        long end = length > size - at ? size : at + length;
        while (at < end) {
            long run = Math.min(end - at, run(at));
            long place = place(at);
            for (long done = 0; done < run; done += PIECE) {
                byte[] piece = content.bytes(place + done, (int) Math.min(PIECE, run - done));
                if (piece.length == 0) {
                    return;
                }
                out.write(piece);
            }
            at += run;
        }
    }

    /** Some octets in memory: those that are there. */
    byte[] bytes(long from, int length) {
        long at = Math.max(0, from);
        int count = (int) Math.max(0, Math.min(length, size - at));
        byte[] copy = new byte[count];
        int done = 0;
        while (done < count) {
            int piece = (int) Math.min(count - done, (1L << shift) - (at & (1L << shift) - 1));
            byte[] part = content.bytes(place(at), piece);
            System.arraycopy(part, 0, copy, done, part.length);
            done += piece;
            at += piece;
        }
        return copy;
    }
}
