package jp.genkan.av.unpack.tar;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.Unpacker;
import jp.genkan.av.unpack.codec.Names;
import org.jspecify.annotations.Nullable;

/**
 * tar: V7, ustar, GNU's and pax's long names. After a broken header the next one that is whole is looked for.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class TarUnpacker implements Unpacker {
    private static final int BLOCK = 512;
    private static final int CHECKSUM_AT = 148;

    /** Attributes of one member that are read for its path. */
    private static final int PAX_MAX = 1 << 16;

    @Override
    public String format() {
        return "tar";
    }

    @Override
    public boolean recognises(Content content, FileFacts facts) {
        return isHeader(content, 0) || content.has(0, BLOCK) && content.startsWith(257, "ustar");
    }

    /** True when a block's checksum is right, as unsigned octets or as signed ones. */
    private static boolean isHeader(Content content, long at) {
        if (!content.has(at, BLOCK) || content.u8(at) == 0) {
            return false;
        }
        long said = octal(content, at + CHECKSUM_AT, 8);
        if (said <= 0) {
            return false;
        }
        byte[] block = content.bytes(at, BLOCK);
        Arrays.fill(block, CHECKSUM_AT, CHECKSUM_AT + 8, (byte) ' ');
        long unsigned = 0;
        long signed = 0;
        for (byte octet : block) {
            unsigned += octet & 0xff;
            signed += octet;
        }
        return said == unsigned || said == signed;
    }

    /** A number in octal digits, or in base 256; -1 when it is none. */
    private static long octal(Content content, long at, int length) {
        int first = content.u8(at);
        long value = 0;
        if (first == 0x80) {
            for (int i = 1; i < length; i++) {
                if (value > Long.MAX_VALUE >> 9) {
                    return -1;
                }
                value = value << 8 | content.u8(at + i);
            }
            return value;
        }
        int i = 0;
        while (i < length && (content.u8(at + i) == ' ' || content.u8(at + i) == 0)) {
            i++;
        }
        int digits = 0;
        for (; i < length; i++, digits++) {
            int digit = content.u8(at + i) - '0';
            if (digit < 0 || digit > 7) {
                break;
            }
            value = value << 3 | digit;
        }
        return digits == 0 ? -1 : value;
    }

    @Override
    public void unpack(Content content, FileFacts facts, Members members) throws IOException {
        long at = 0;
        String longName = null;
        boolean broken = false;
        while (content.has(at, BLOCK)) {
            members.checkTime();
            boolean header = isHeader(content, at);
            if (!header && !content.startsWith(at + 257, "ustar")) {
                broken |= content.u8(at) != 0;
                at += BLOCK;
                continue;
            }
            broken |= !header;
            long size = Math.max(0, octal(content, at + 124, 12));
            long data = at + BLOCK;
            int type = content.u8(at + 156);
            long there = Math.min(size, content.size() - data);
            switch (type) {
                case 'L' -> longName = Names.decode(content.bytes(data, (int) Math.min(there, Names.LENGTH_MAX)));
                case 'x', 'X' -> {
                    String path = path(content.bytes(data, (int) Math.min(there, PAX_MAX)));
                    longName = path == null ? longName : path;
                }
                case 'K', 'g', '1', '2', '3', '4', '5', '6', 'V' ->
                    longName = type == 'K' || type == 'g' ? longName : null;
                default -> {
                    String name = longName != null ? longName : name(content, at);
                    members.stored(name, data, there);
                    if (there < size) {
                        members.uninspectable(name, Members.Reason.BROKEN);
                    }
                    longName = null;
                }
            }
            if (type >= '1' && type <= '6' && !holdsData(content, data)) {
                size = 0;
            }
            at = size > content.size() - data ? content.size() : data + (size + BLOCK - 1) / BLOCK * BLOCK;
        }
        if (broken) {
            throw new UnpackException(Members.Reason.BROKEN, "tar header");
        }
    }

    /** Links and folders have no data, whatever their size says, unless what follows is no header. */
    private static boolean holdsData(Content content, long data) {
        return content.u8(data) != 0 && !isHeader(content, data);
    }

    private static @Nullable String name(Content content, long at) {
        String name = Names.decode(content.bytes(at, 100));
        String prefix = content.startsWith(at + 257, "ustar\0") ? Names.decode(content.bytes(at + 345, 155)) : null;
        return prefix == null || name == null ? name : prefix + "/" + name;
    }

    /** The path among pax's attributes: lines of length, space, key, equals sign, value. */
    private static @Nullable String path(byte[] attributes) {
        int at = 0;
        String path = null;
        while (at < attributes.length) {
            int length = 0;
            int i = at;
            while (i < attributes.length && attributes[i] >= '0' && attributes[i] <= '9' && length < PAX_MAX) {
                length = length * 10 + attributes[i++] - '0';
            }
            if (length <= i - at || length > attributes.length - at) {
                return path;
            }
            String line = new String(attributes, i, at + length - i, StandardCharsets.UTF_8);
            if (line.startsWith(" path=")) {
                path = Names.decode(line.substring(6).strip().getBytes(StandardCharsets.UTF_8));
            }
            at += length;
        }
        return path;
    }
}
