package jp.genkan.av.unpack.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.codec.Names;
import org.jspecify.annotations.Nullable;

/**
 * What a header says of a member.
 *
 * @param name decoded; null when it is empty
 * @param method of compression
 * @param flags general purpose bits
 * @param check octet that a right password gives
 * @param crc of the plain octets
 * @param packed octets in the archive
 * @param size plain octets
 * @param local where its local header lies, as the header says
 * @param aes what WinZip's extra field says; null when there is none
 */
record ZipEntry(
        @Nullable String name,
        int method,
        int flags,
        int check,
        long crc,
        long packed,
        long size,
        long local,
        @Nullable Aes aes) {
    private static final int EXTRA_MAX = 65_535;
    private static final int ENCRYPTED = 1;
    private static final int DESCRIPTOR = 8;
    private static final int STRONG = 1 << 6;
    private static final int UTF8 = 1 << 11;

    ZipEntry {
        if (packed < 0 || size < 0) {
            throw new IllegalArgumentException("sizes are not negative");
        }
    }

    /**
     * WinZip's AES.
     *
     * @param strength 1 to 3: 128, 192, 256 bits
     * @param method that lies below
     */
    record Aes(int strength, int method) {}

    boolean isEncrypted() {
        return (flags & ENCRYPTED) != 0;
    }

    boolean isStronglyEncrypted() {
        return (flags & STRONG) != 0;
    }

    boolean hasDescriptor() {
        return (flags & DESCRIPTOR) != 0;
    }

    boolean isFolder() {
        return size == 0 && packed == 0 && name != null && name.endsWith("/");
    }

    /** The same member with other sizes. */
    ZipEntry sized(long newPacked, long newSize) {
        return new ZipEntry(name, method, flags, check, crc, newPacked, newSize, local, aes);
    }

    /** Reads an entry of the directory. */
    static ZipEntry central(Content zip, long at) {
        return read(zip, at, at + 8, at + 28, at + 46, at + 42);
    }

    /** Reads a local header. */
    static ZipEntry local(Content zip, long at) {
        return read(zip, at, at + 6, at + 26, at + 30, -1);
    }

    private static ZipEntry read(Content zip, long start, long at, long lengths, long nameAt, long localAt) {
        int flags = zip.u16(at);
        int time = zip.u16(at + 4);
        long crc = Math.max(0, zip.u32(at + 8));
        long packed = Math.max(0, zip.u32(at + 12));
        long size = Math.max(0, zip.u32(at + 16));
        long local = localAt < 0 ? start : zip.u32(localAt);
        int nameLength = Math.max(0, zip.u16(lengths));
        byte[] rawName = zip.bytes(nameAt, nameLength);
        byte[] extra = zip.bytes(nameAt + nameLength, Math.clamp(zip.u16(lengths + 2), 0, EXTRA_MAX));
        ByteBuffer fields = ByteBuffer.wrap(extra).order(ByteOrder.LITTLE_ENDIAN);
        Aes aes = null;
        byte[] unicode = null;
        while (fields.remaining() >= 4) {
            int id = fields.getShort() & 0xffff;
            int length = Math.min(fields.getShort() & 0xffff, fields.remaining());
            ByteBuffer field = fields.slice(fields.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            fields.position(fields.position() + length);
            if (id == 1) {
                size = size == 0xffff_ffffL && field.remaining() >= 8 ? field.getLong() : size;
                packed = packed == 0xffff_ffffL && field.remaining() >= 8 ? field.getLong() : packed;
                local = local == 0xffff_ffffL && field.remaining() >= 8 ? field.getLong() : local;
            } else if (id == 0x9901 && length >= 7) {
                aes = new Aes(field.get(4), field.getShort(5) & 0xffff);
            } else if (id == 0x7075 && length > 5) {
                unicode = new byte[length - 5];
                field.get(5, unicode);
            }
        }
        int check = (int) ((flags & DESCRIPTOR) != 0 ? time >> 8 & 0xff : crc >> 24);
        String name = (flags & UTF8) != 0 && nameLength <= Names.LENGTH_MAX && !isCut(rawName)
                ? new String(rawName, StandardCharsets.UTF_8)
                : Names.decode(unicode != null ? unicode : rawName);
        return new ZipEntry(
                name, zip.u16(at + 2), flags, check, crc, Math.max(0, packed), Math.max(0, size), local, aes);
    }

    private static boolean isCut(byte[] name) {
        for (byte octet : name) {
            if (octet == 0) {
                return true;
            }
        }
        return name.length == 0;
    }
}
