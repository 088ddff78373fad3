package jp.genkan.av.unpack.cpio;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Names;
import org.jspecify.annotations.Nullable;

/**
 * cpio: old binary in both orders of octets, POSIX's odc, newc and newc with checksums.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class CpioUnpacker implements Unpacker {
    private static final String TRAILER = "TRAILER!!!";
    private static final int BINARY_MAGIC = 0x71c7;
    private static final int REGULAR = 0x8000;
    private static final int TYPE = 0xf000;

    /**
     * A header.
     *
     * @param mode type and permissions
     * @param name where the name begins, {@code nameLength} octets
     * @param data where the data begins, {@code size} octets
     * @param next where the next header is
     */
    private record Header(int mode, long name, int nameLength, long data, long size, long next) {}

    @Override
    public String format() {
        return "cpio";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return read(content, 0) != null;
    }

    private static @Nullable Header read(Content content, long at) {
        if (content.startsWith(at, "070701") || content.startsWith(at, "070702")) {
            return text(content, at, 110, 14, 8, 54, 8, 94, 16, 4);
        }
        if (content.startsWith(at, "070707")) {
            return text(content, at, 76, 18, 6, 65, 11, 59, 8, 1);
        }
        if (!content.has(at, 26)) {
            return null;
        }
        boolean big = content.u16be(at) == BINARY_MAGIC;
        if (!big && content.u16(at) != BINARY_MAGIC) {
            return null;
        }
        int nameLength = u16(content, at + 20, big);
        long size = (long) u16(content, at + 22, big) << 16 | u16(content, at + 24, big);
        return header(u16(content, at + 6, big), at + 26, nameLength, size, 2, 0);
    }

    private static int u16(Content content, long at, boolean big) {
        return big ? content.u16be(at) : content.u16(at);
    }

    private static @Nullable Header text(
            Content content,
            long at,
            int length,
            int mode,
            int modeLength,
            int size,
            int sizeLength,
            int name,
            int radix,
            int align) {
        long modeValue = number(content, at + mode, modeLength, radix);
        long sizeValue = number(content, at + size, sizeLength, radix);
        long nameValue = number(content, at + name, radix == 16 ? 8 : 6, radix);
        if (modeValue < 0 || sizeValue < 0 || nameValue <= 0 || !content.has(at, length)) {
            return null;
        }
        return header((int) modeValue, at + length, (int) Math.min(nameValue, 1 << 20), sizeValue, align, at);
    }

    /** Names and data are padded to even places, or to places of four counted from the header's start. */
    private static @Nullable Header header(int mode, long name, int nameLength, long size, int align, long start) {
        if (nameLength <= 0) {
            return null;
        }
        long origin = align == 2 ? name : start;
        long data = origin + up(name + nameLength - origin, align);
        return new Header(mode, name, nameLength, data, size, data + up(size, align));
    }

    private static long up(long value, int align) {
        return (value + align - 1) / align * align;
    }

    private static long number(Content content, long at, int length, int radix) {
        long value = 0;
        for (int i = 0; i < length; i++) {
            int digit = Character.digit(content.u8(at + i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long at = 0;
        while (at < content.size()) {
            members.checkTime();
            Header header = read(content, at);
            if (header == null) {
                throw new UnpackException(Members.Reason.BROKEN, "cpio header");
            }
            String name = Names.decode(content.bytes(header.name(), Math.min(header.nameLength(), Names.LENGTH_MAX)));
            if (TRAILER.equals(name)) {
                at = nextArchive(content, header.next());
                continue;
            }
            if (header.size() > 0 && ((header.mode() & TYPE) == REGULAR || (header.mode() & TYPE) == 0)) {
                members.stored(name, header.data(), header.size());
                if (!content.has(header.data(), header.size())) {
                    members.uninspectable(name, Members.Reason.BROKEN);
                }
            }
            at = header.next();
        }
    }

    /** Kernels read archives one behind the other, with zeros between. */
    private static long nextArchive(Content content, long from) {
        long at = from;
        while (at < content.size() && content.u8(at) == 0) {
            at++;
        }
        return read(content, at) == null ? content.size() : at;
    }
}
