package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;

/**
 * LZ4 frames, skippable frames and the legacy form, one behind the other. Checksums are not looked at: what decodes is scanned.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Lz4 {
    /** The magic of a frame. */
    public static final long MAGIC = 0x184d2204L;

    /** The magic of the legacy form. */
    public static final long LEGACY = 0x184c2102L;

    private static final int WINDOW = 1 << 16;
    private static final long SKIPPABLE = 0x184d2a50L;

    private Lz4() {}

    /** All frames; what follows them is let be. */
    public static void decode(Octets in, OutputStream out) throws IOException {
        long magic = in.u32();
        boolean any = true;
        while (any) {
            if (magic == MAGIC) {
                frame(in, out);
            } else if (magic == LEGACY) {
                legacy(in, out);
                return;
            } else if ((magic & 0xffff_fff0L) == SKIPPABLE) {
                in.skipNBytes(in.u32());
            } else {
                return;
            }
            byte[] next = in.readNBytes(4);
            any = next.length == 4;
            magic = any ? Zstd.magic(next) : 0;
        }
    }

    private static void frame(Octets in, OutputStream out) throws IOException {
        int flags = in.u8();
        in.u8();
        if (flags >> 6 != 1) {
            throw Octets.unsupported("LZ4 version");
        }
        in.skipNBytes(((flags & 8) != 0 ? 8 : 0) + ((flags & 1) != 0 ? 4 : 0) + 1);
        Window window = new Window(WINDOW, out);
        try {
            while (true) {
                long size = in.u32();
                if (size == 0) {
                    break;
                }
                block(in, window, size & 0x7fff_ffffL, (size & 0x8000_0000L) != 0);
                in.skipNBytes((flags & 0x10) != 0 ? 4 : 0);
            }
        } finally {
            window.flush();
        }
        in.skipNBytes((flags & 4) != 0 ? 4 : 0);
    }

    private static void legacy(Octets in, OutputStream out) throws IOException {
        Window window = new Window(WINDOW, out);
        try {
            while (true) {
                byte[] size = in.readNBytes(4);
                if (size.length < 4) {
                    return;
                }
                block(in, window, Zstd.magic(size), false);
            }
        } finally {
            window.flush();
        }
    }

    private static void block(Octets in, Window window, long size, boolean stored) throws IOException {
        long end = in.position() + size;
        if (stored) {
            for (long i = 0; i < size; i++) {
                window.put(in.u8());
            }
            return;
        }
        while (in.position() < end) {
            int token = in.u8();
            long literals = length(in, token >> 4);
            for (long i = 0; i < literals; i++) {
                window.put(in.u8());
            }
            if (in.position() >= end) {
                return;
            }
            int distance = in.u16();
            for (long left = length(in, token & 15) + 4; left > 0; left -= WINDOW) {
                window.copy(distance, (int) Math.min(left, WINDOW));
            }
        }
    }

    private static long length(Octets in, int start) throws IOException {
        long length = start;
        if (start == 15) {
            int more;
            do {
                more = in.u8();
                length += more;
            } while (more == 255);
        }
        return length;
    }
}
