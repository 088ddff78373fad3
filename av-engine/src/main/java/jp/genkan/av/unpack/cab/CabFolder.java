package jp.genkan.av.unpack.cab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.codec.Inflate;
import jp.genkan.av.unpack.codec.Lzx;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Quantum;
import jp.genkan.av.unpack.codec.Splitter;
import jp.genkan.av.unpack.codec.Window;

/**
 * A folder: blocks of data that are one stream.
 *
 * <p>Thread rule: one thread.
 */
final class CabFolder {
    private final Content cab;
    private final long first;
    private final int blocks;
    private final int type;
    private final int reserve;

    /**
     * Reads a folder's entry.
     *
     * @param at where it lies
     * @param reserve octets between each block's head and its data
     */
    CabFolder(Content cab, long at, int reserve) {
        this.cab = cab;
        this.first = cab.u32(at);
        this.blocks = cab.u16(at + 4);
        this.type = cab.u16(at + 6);
        this.reserve = reserve;
    }

    void decode(Splitter out) throws IOException {
        switch (type & 15) {
            case 0 -> stored(out);
            case 1 -> mszip(out);
            case 2 -> {
                Octets in = new Octets(new Joined());
                Window window = new Window(1 << Math.clamp(type >> 8 & 31, 10, 21), out);
                Quantum quantum = new Quantum(in, type >> 8 & 31, window);
                frames(out, quantum::frame);
            }
            case 3 -> {
                Lzx lzx = new Lzx(new Octets(new Joined()), type >> 8 & 31, out);
                frames(out, lzx::frame);
            }
            default -> throw Octets.unsupported("cab method " + (type & 15));
        }
    }

    /** Decodes one frame of so many octets. */
    @FunctionalInterface
    private interface Frame {
        void decode(int size) throws IOException;
    }

    private void frames(Splitter out, Frame frame) throws IOException {
        long at = first;
        for (int i = 0; i < blocks && !out.isComplete(); i++) {
            int size = cab.u16(at + 6);
            if (size <= 0 || size > Lzx.FRAME) {
                throw Octets.broken("cab block");
            }
            frame.decode(size);
            at = behind(at);
        }
    }

    private long behind(long block) throws IOException {
        int length = cab.u16(block + 4);
        if (length < 0) {
            throw Octets.ended();
        }
        return block + 8 + reserve + length;
    }

    private void stored(OutputStream out) throws IOException {
        long at = first;
        for (int i = 0; i < blocks; i++) {
            long next = behind(at);
            new Octets(cab, at + 8 + reserve, next - at - 8 - reserve).transferTo(out);
            at = next;
        }
    }

    private void mszip(Splitter out) throws IOException {
        Window window = new Window(Inflate.Form.DEFLATE.window(), out);
        long at = first;
        for (int i = 0; i < blocks && !out.isComplete(); i++) {
            long next = behind(at);
            long data = at + 8 + reserve;
            if (!cab.startsWith(data, "CK")) {
                throw Octets.broken("MSZIP block");
            }
            new Inflate(new Octets(cab, data + 2, next - data - 2), window, Inflate.Form.DEFLATE).decode();
            at = next;
        }
    }

    /** The blocks' data one behind the other. */
    private final class Joined extends InputStream {
        private long block = first;
        private int left = blocks;
        private long at;
        private long end;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            while (at >= end) {
                if (left == 0) {
                    return -1;
                }
                left--;
                at = block + 8 + reserve;
                block = behind(block);
                end = Math.min(block, cab.size());
            }
            byte[] copy = cab.bytes(at, (int) Math.min(length, end - at));
            if (copy.length == 0) {
                return -1;
            }
            System.arraycopy(copy, 0, target, from, copy.length);
            at += copy.length;
            return copy.length;
        }
    }
}
