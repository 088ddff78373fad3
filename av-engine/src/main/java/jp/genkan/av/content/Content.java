package jp.genkan.av.content;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Octets of a file or of a member of one, whole, that do not change while they are looked at. They lie in native memory, so that
 * Hyperscan reads them where they are.
 *
 * <p>Thread rule: the thread that scans.
 */
public final class Content {
    private static final ValueLayout.OfShort LE16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt LE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LE64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort BE16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt BE32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    /** Octets of {@link #head}: as far as most formats have their marks. */
    public static final int HEAD_MAX = 4 << 10;

    private final MemorySegment octets;
    private final long size;
    private byte @Nullable [] head;

    /**
     * Takes octets as they are.
     *
     * @param octets native memory, all of it; whoever made it keeps it alive and unchanged during the scan
     */
    public Content(MemorySegment octets) {
        if (!octets.isNative()) {
            throw new IllegalArgumentException("octets lie in native memory");
        }
        this.octets = octets;
        this.size = octets.byteSize();
    }

    /** All octets, in native memory. */
    public MemorySegment octets() {
        return octets;
    }

    /** How many. */
    public long size() {
        return size;
    }

    /** The first {@value #HEAD_MAX} octets, or all if there are fewer, for searches in them. Made once; nobody changes it. */
    public byte[] head() {
        byte[] made = head;
        if (made == null) {
            made = bytes(0, HEAD_MAX);
            head = made;
        }
        return made;
    }

    /** True when these octets exist. */
    public boolean has(long at, long length) {
        return at >= 0 && length >= 0 && at <= size - length;
    }

    /** One octet, 0 to 255; -1 outside. */
    public int u8(long at) {
        return at >= 0 && at < size ? octets.get(ValueLayout.JAVA_BYTE, at) & 0xff : -1;
    }

    /** Little-endian, 0 to 65,535; -1 when not all of it is there. */
    public int u16(long at) {
        return has(at, 2) ? octets.get(LE16, at) & 0xffff : -1;
    }

    /** Little-endian, unsigned; -1 when not all of it is there. */
    public long u32(long at) {
        return has(at, 4) ? octets.get(LE32, at) & 0xffff_ffffL : -1;
    }

    /** Little-endian, all 64 bits; 0 when not all of it is there, so ask {@link #has} first. */
    public long i64(long at) {
        return has(at, 8) ? octets.get(LE64, at) : 0;
    }

    /** Big-endian, 0 to 65,535; -1 when not all of it is there. */
    public int u16be(long at) {
        return has(at, 2) ? octets.get(BE16, at) & 0xffff : -1;
    }

    /** Big-endian, unsigned; -1 when not all of it is there. */
    public long u32be(long at) {
        return has(at, 4) ? octets.get(BE32, at) & 0xffff_ffffL : -1;
    }

    /** True when this ASCII text stands there. */
    public boolean startsWith(long at, String ascii) {
        if (!has(at, ascii.length())) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (u8(at + i) != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Octets that {@link #find} copies at a time: a long line. */
    private static final int PIECE = 256;

    /**
     * Where an octet stands first, from one place to before another; if it does not, that other place or the content's end, whichever comes first. Searches a
     * copy: the JVM compiles loops over memory of several kinds again and again.
     *
     * @param from not behind the content's end
     */
    public long find(int octet, long from, long to) {
        long end = Math.max(from, Math.min(to, size));
        for (long at = from; at < end; at += PIECE) {
            byte[] piece = bytes(at, (int) Math.min(PIECE, end - at));
            for (int i = 0; i < piece.length; i++) {
                if ((piece[i] & 0xff) == octet) {
                    return at + i;
                }
            }
        }
        return end;
    }

    /** A copy of some octets: of those that are there. */
    public byte[] bytes(long at, int length) {
        long from = Math.clamp(at, 0, size);
        int there = (int) Math.min(Math.max(0, length), size - from);
        byte[] copy = new byte[there];
        MemorySegment.copy(octets, ValueLayout.JAVA_BYTE, from, copy, 0, there);
        return copy;
    }

    /** A copy of some octets as Latin-1 text. */
    public String latin(long at, int length) {
        return new String(bytes(at, length), StandardCharsets.ISO_8859_1);
    }

    /** A part, without a copy. */
    public Content slice(long at, long length) {
        return new Content(octets.asSlice(at, length));
    }
}
