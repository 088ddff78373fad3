package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import org.jspecify.annotations.Nullable;

/**
 * Octets one after the other: a part of a {@link Content}, or what another decoder makes.
 *
 * <p>Thread rule: one thread.
 */
public final class Octets extends InputStream {
    /** A few pages: the copy from native memory costs little each. */
    private static final int BUFFER = 8192;

    private final @Nullable Content content;
    private final @Nullable InputStream upstream;
    private final byte[] buffer = new byte[BUFFER];
    private final long end;
    private long next;
    private int at;
    private int filled;

    /**
     * A part of a content.
     *
     * @param from its first octet
     * @param length how many; fewer when the content ends before
     */
    public Octets(Content content, long from, long length) {
        this.content = content;
        this.upstream = null;
        this.next = Math.clamp(from, 0, content.size());
        this.end = next + Math.clamp(length, 0, content.size() - next);
    }

    /** What a stream gives. */
    public Octets(InputStream upstream) {
        this.content = null;
        this.upstream = upstream;
        this.end = Long.MAX_VALUE;
    }

    private boolean fill() throws IOException {
        if (content != null) {
            int count = (int) Math.min(BUFFER, end - next);
            if (count <= 0) {
                return false;
            }
            MemorySegment.copy(content.octets(), ValueLayout.JAVA_BYTE, next, buffer, 0, count);
            next += count;
            at = 0;
            filled = count;
            return true;
        }
        int count = upstream == null ? -1 : upstream.read(buffer, 0, BUFFER);
        if (count <= 0) {
            return false;
        }
        next += count;
        at = 0;
        filled = count;
        return true;
    }

    /** The next octet; -1 at the end. */
    @Override
    public int read() throws IOException {
        if (at == filled && !fill()) {
            return -1;
        }
        return buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (at == filled && !fill()) {
            return -1;
        }
        int count = Math.min(length, filled - at);
        System.arraycopy(buffer, at, target, from, count);
        at += count;
        return count;
    }

    /** The next octet, which must exist. */
    public int u8() throws IOException {
        int octet = read();
        if (octet < 0) {
            throw ended();
        }
        return octet;
    }

    /** Little-endian. */
    public int u16() throws IOException {
        int low = u8();
        return low | u8() << 8;
    }

    /** Little-endian. */
    public long u32() throws IOException {
        long low = u16();
        return low | (long) u16() << 16;
    }

    /** Big-endian. */
    public long u32be() throws IOException {
        long high = (long) u8() << 8;
        high |= u8();
        long low = (long) u8() << 8;
        low |= u8();
        return high << 16 | low;
    }

    /** So many octets, which must exist; only for lengths that the format itself keeps small. */
    public byte[] exactly(int length) throws IOException {
        byte[] octets = new byte[length];
        int count = readNBytes(octets, 0, length);
        if (count < length) {
            throw ended();
        }
        return octets;
    }

    /** Where the next octet lies: in the content, or counted from the stream's start. */
    public long position() {
        return next - (filled - at);
    }

    /** What is thrown when octets are missing. */
    public static UnpackException ended() {
        return new UnpackException(Members.Reason.BROKEN, "ends early");
    }

    /** What is thrown when octets cannot be what they claim. */
    public static UnpackException broken(String what) {
        return new UnpackException(Members.Reason.BROKEN, what);
    }

    /** What is thrown for a method that is not known. */
    public static UnpackException unsupported(String what) {
        return new UnpackException(Members.Reason.UNSUPPORTED, what);
    }
}
