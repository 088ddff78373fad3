package jp.genkan.urlfilter.list;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The regular files of a tar archive (POSIX.1-1988 ustar, and the long names of GNU and of pax), one after another. Links and folders are passed
 * over. Thread rule: one thread, one archive.
 */
final class TarReader {
    private static final int BLOCK = 512;
    private static final int NAME = 100;
    private static final int SIZE_AT = 124;
    private static final int SIZE = 12;
    private static final int SUM_AT = 148;
    private static final int SUM = 8;
    private static final int TYPE_AT = 156;
    private static final int MAGIC_AT = 257;
    private static final int PREFIX_AT = 345;
    private static final int PREFIX = 155;

    /** Octets of a long name or a pax header: paths have at most 4096. */
    private static final int LONG_NAME_MAX = 8 << 10;

    private final InputStream in;
    private final int membersMax;
    private final byte[] head = new byte[BLOCK];
    private int members;
    private long left;
    private long padding;

    TarReader(InputStream in, int membersMax) {
        this.in = in;
        this.membersMax = membersMax;
    }

    /** True when the octets begin like an archive. */
    static boolean isTar(byte[] begin, int length) {
        return length >= BLOCK && hasRightSum(begin);
    }

    private static boolean hasRightSum(byte[] block) {
        long wanted = octal(block, SUM_AT, SUM);
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= SUM_AT && i < SUM_AT + SUM ? ' ' : block[i] & 0xff;
        }
        return wanted > 0 && sum == wanted;
    }

    /**
     * Goes on to the next regular file.
     *
     * @return its path; null at the end
     */
    @Nullable
    String next() throws IOException {
        String longName = null;
        while (true) {
            skip(left + padding);
            left = 0;
            padding = 0;
            int got = in.readNBytes(head, 0, BLOCK);
            if (got == 0 || isZero(head)) {
                return null;
            }
            if (got < BLOCK || !hasRightSum(head)) {
                throw new IOException("the archive is damaged behind " + members + " members");
            }
            if (++members > membersMax) {
                throw new IOException("an archive of more than " + membersMax + " members");
            }
            left = size();
            padding = -left & BLOCK - 1;
            switch (head[TYPE_AT]) {
                case 'L' -> longName = untilZero(content());
                case 'x' -> longName = paxPath(content());
                case '0', 0, '7' -> {
                    return longName != null ? longName : name();
                }
                default -> longName = null;
            }
        }
    }

    /** The content of the file that {@link #next} has told; it ends with the file. */
    InputStream content(String name) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                if (left == 0) {
                    return length == 0 ? 0 : -1;
                }
                int got = in.read(to, offset, (int) Math.min(length, left));
                if (got < 0) {
                    throw new EOFException("the archive ends within " + name);
                }
                left -= got;
                return got;
            }

            @Override
            public long skip(long octets) {
                return 0;
            }

            @Override
            public void close() {
                // the archive goes on
            }
        };
    }

    private void skip(long octets) throws IOException {
        in.skipNBytes(octets);
    }

    private long size() throws IOException {
        long size;
        if (head[SIZE_AT] < 0) {
            size = 0;
            for (int i = SIZE_AT + SIZE - Long.BYTES; i < SIZE_AT + SIZE; i++) {
                size = size << 8 | head[i] & 0xff;
            }
        } else {
            size = octal(head, SIZE_AT, SIZE);
        }
        if (size < 0) {
            throw new IOException("the archive has a member of no size");
        }
        return size;
    }

    private byte[] content() throws IOException {
        if (left > LONG_NAME_MAX) {
            return new byte[0];
        }
        byte[] content = in.readNBytes((int) left);
        left -= content.length;
        return content;
    }

    private String name() {
        String name = text(head, 0, NAME);
        boolean ustar = LineText.startsWith(head, MAGIC_AT, BLOCK, "ustar\0"); // GNU's own form has no prefix
        String prefix = ustar ? text(head, PREFIX_AT, PREFIX) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String untilZero(byte[] content) {
        return text(content, 0, content.length);
    }

    private static @Nullable String paxPath(byte[] content) {
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            int key = line.indexOf(" path=");
            if (key > 0) {
                return line.substring(key + " path=".length());
            }
        }
        return null;
    }

    private static String text(byte[] block, int from, int length) {
        int end = from;
        while (end < from + length && block[end] != 0) {
            end++;
        }
        return new String(block, from, end - from, StandardCharsets.UTF_8);
    }

    private static long octal(byte[] block, int from, int length) {
        long value = 0;
        for (int i = from; i < from + length; i++) {
            if (block[i] >= '0' && block[i] <= '7') {
                value = value << 3 | block[i] - '0';
            } else if (block[i] != ' ' && block[i] != 0) {
                return -1;
            }
        }
        return value;
    }

    private static boolean isZero(byte[] block) {
        for (byte octet : block) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }
}
