package jp.genkan.av.unpack.sevenzip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.codec.Bcj2;
import jp.genkan.av.unpack.codec.Branches;
import jp.genkan.av.unpack.codec.Bzip2;
import jp.genkan.av.unpack.codec.Deflate;
import jp.genkan.av.unpack.codec.Inflate;
import jp.genkan.av.unpack.codec.Lz4;
import jp.genkan.av.unpack.codec.Lzma;
import jp.genkan.av.unpack.codec.Lzma2;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Window;
import jp.genkan.av.unpack.codec.Zstd;

/**
 * Decodes one block. The main path is pushed from coder to coder; side streams, and inputs that are decoded themselves, lie in memory meanwhile.
 *
 * <p>Thread rule: one thread.
 */
final class SevenZipBlock {
    static final long AES = 0x06f10701;
    private static final long BCJ2 = 0x0303011b;

    /** Octets of a decoded input that wait in memory: jump targets of a program of some 100 MiB. */
    private static final int SIDE_MAX = 1 << 25;

    private static final int DEPTH_MAX = 8;

    private final Content archive;
    private final SevenZipFolder folder;
    private final long[] packedAt;
    private final long[] packedSizes;
    private final String password;

    /**
     * Makes one.
     *
     * @param packedAt where each packed stream of this block begins
     * @param packedSizes and how long it is
     */
    SevenZipBlock(Content archive, SevenZipFolder folder, long[] packedAt, long[] packedSizes, String password) {
        this.archive = archive;
        this.folder = folder;
        this.packedAt = packedAt;
        this.packedSizes = packedSizes;
        this.password = password;
    }

    static boolean isEncrypted(SevenZipFolder folder) {
        return folder.coders().stream().anyMatch(coder -> coder.method() == AES);
    }

    void decode(OutputStream out) throws IOException {
        output(folder.mainOutput(), out, 0);
    }

    private void output(int output, OutputStream out, int depth) throws IOException {
        if (output < 0 || output >= folder.coders().size() || depth > DEPTH_MAX) {
            throw Octets.unsupported("7z bonds");
        }
        SevenZipFolder.Coder coder = folder.coders().get(output);
        int input = folder.firstInput(output);
        long size = folder.sizes()[output];
        if (coder.method() == BCJ2) {
            if (coder.inputs() != 4) {
                throw Octets.broken("BCJ2");
            }
            Bcj2 bcj2 = new Bcj2(stream(input + 1, depth), stream(input + 2, depth), stream(input + 3, depth), out);
            try {
                push(input, bcj2, depth);
            } finally {
                bcj2.finish();
            }
            return;
        }
        Branches.Kind kind = branches(coder.method());
        if (kind != null) {
            byte[] properties = coder.properties();
            int start = properties.length == 4
                    ? java.nio.ByteBuffer.wrap(properties)
                            .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                            .getInt()
                    : 0;
            Branches filter = new Branches(kind, start, out);
            try {
                push(input, filter, depth);
            } finally {
                filter.finish();
            }
            return;
        }
        if (coder.method() == 3) {
            int distance = coder.properties().length == 1 ? (coder.properties()[0] & 0xff) + 1 : 1;
            push(input, Branches.delta(distance, out), depth);
            return;
        }
        decode(coder, size, new Octets(stream(input, depth)), out);
    }

    /** Pushes what an input takes into a filter. */
    private void push(int input, OutputStream filter, int depth) throws IOException {
        int from = folder.outputFor(input);
        if (from >= 0) {
            output(from, filter, depth + 1);
        } else {
            stream(input, depth).transferTo(filter);
        }
    }

    /** What an input takes, as a stream. */
    private InputStream stream(int input, int depth) throws IOException {
        int from = folder.outputFor(input);
        if (from < 0) {
            int packed = folder.packed().indexOf(input);
            if (packed < 0 || packed >= packedAt.length) {
                throw Octets.broken("7z packed stream");
            }
            return new Octets(archive, packedAt[packed], packedSizes[packed]);
        }
        if (from < folder.coders().size() && folder.coders().get(from).method() == AES && depth <= DEPTH_MAX) {
            SevenZipFolder.Coder coder = folder.coders().get(from);
            InputStream plain =
                    SevenZipAes.open(stream(folder.firstInput(from), depth + 1), coder.properties(), password);
            return new Limited(plain, folder.sizes()[from]);
        }
        Memory memory = new Memory();
        output(from, memory, depth + 1);
        return new ByteArrayInputStream(memory.toByteArray());
    }

    private static Branches.@org.jspecify.annotations.Nullable Kind branches(long method) {
        if (method == 0x03030103L || method == 4) {
            return Branches.Kind.X86;
        } else if (method == 0x03030205L || method == 5) {
            return Branches.Kind.PPC;
        } else if (method == 0x03030401L || method == 6) {
            return Branches.Kind.IA64;
        } else if (method == 0x03030501L || method == 7) {
            return Branches.Kind.ARM;
        } else if (method == 0x03030701L || method == 8) {
            return Branches.Kind.ARMT;
        } else if (method == 0x03030805L || method == 9) {
            return Branches.Kind.SPARC;
        }
        return method == 10 ? Branches.Kind.ARM64 : null;
    }

    private void decode(SevenZipFolder.Coder coder, long size, Octets in, OutputStream out) throws IOException {
        byte[] properties = coder.properties();
        if (coder.method() == 0) {
            in.transferTo(out);
        } else if (coder.method() == AES) {
            new Limited(SevenZipAes.open(in, properties, password), size).transferTo(out);
        } else if (coder.method() == 0x030101) {
            lzma(properties, size, in, out);
        } else if (coder.method() == 0x21) {
            Lzma2.decode(in, Lzma2.dictionary(properties.length == 1 ? properties[0] & 0xff : 41), out);
        } else if (coder.method() == 0x040108) {
            Deflate.decodeRaw(in, out);
        } else if (coder.method() == 0x040109) {
            Window window = new Window(Inflate.Form.DEFLATE64.window(), out);
            new Inflate(in, window, Inflate.Form.DEFLATE64).decode();
        } else if (coder.method() == 0x040202) {
            new Bzip2(in, out).decode();
        } else if (coder.method() == 0x04f71101) {
            Zstd.decode(in, out);
        } else if (coder.method() == 0x04f71104) {
            Lz4.decode(in, out);
        } else {
            throw Octets.unsupported("7z method " + Long.toHexString(coder.method()));
        }
    }

    private static void lzma(byte[] properties, long size, Octets in, OutputStream out) throws IOException {
        if (properties.length < 5) {
            throw Octets.broken("LZMA properties");
        }
        long dictionary = 0;
        for (int i = 4; i > 0; i--) {
            dictionary = dictionary << 8 | properties[i] & 0xff;
        }
        Window window = new Window(Window.sizeFor(dictionary, size), out);
        Lzma lzma = new Lzma(in, window);
        try {
            lzma.properties(properties[0] & 0xff);
            lzma.begin();
            lzma.decode(size);
        } finally {
            window.flush();
        }
    }

    /** A stream's first octets. */
    private static final class Limited extends InputStream {
        private final InputStream in;
        private long left;

        private Limited(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            return left-- <= 0 ? -1 : in.read();
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = in.read(target, from, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        }
    }

    /** Octets that wait in memory. */
    private static final class Memory extends ByteArrayOutputStream {
        @Override
        public synchronized void write(int octet) {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] source, int from, int length) {
            if (length > SIDE_MAX - size()) {
                throw new IllegalArgumentException("side stream");
            }
            super.write(source, from, length);
        }
    }

    /** What is thrown when no password fits. */
    static UnpackException encrypted() {
        return new UnpackException(Members.Reason.ENCRYPTED, "encrypted");
    }
}
