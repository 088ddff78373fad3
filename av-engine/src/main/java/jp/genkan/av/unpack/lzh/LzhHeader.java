package jp.genkan.av.unpack.lzh;

import java.io.ByteArrayOutputStream;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.codec.Names;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a member says, of levels 0 to 3.
 *
 * @param method between hyphens: {@code lh5}
 * @param packed octets in the archive
 * @param size plain octets
 * @param data where the packed octets begin
 */
record LzhHeader(@Nullable String name, String method, long packed, long size, long data) {
    private static final int NAME = 1;
    private static final int FOLDER = 2;
    private static final int SIZES = 0x42;
    private static final int UNICODE_NAME = 0x44;

    /** Extended headers of one member: a dozen kinds are known. */
    private static final int EXTENDED_MAX = 64;

    LzhHeader {
        if (packed < 0 || size < 0) {
            throw new IllegalArgumentException("sizes are not negative");
        }
    }

    /** True when a header may lie there. */
    static boolean isAt(Content content, long at) {
        return content.u8(at + 2) == '-'
                && content.u8(at + 6) == '-'
                && (content.u8(at + 3) == 'l' && (content.u8(at + 4) == 'h' || content.u8(at + 4) == 'z')
                        || content.u8(at + 3) == 'p' && content.u8(at + 4) == 'm')
                && content.u8(at + 20) >= 0
                && content.u8(at + 20) <= 3;
    }

    /** Reads a header; null when it is none. */
    static @Nullable LzhHeader read(Content content, long at) {
        if (!isAt(content, at)) {
            return null;
        }
        Fields fields = new Fields(content.latin(at + 3, 3), content.u32(at + 7), content.u32(at + 11));
        return switch (content.u8(at + 20)) {
            case 0 -> {
                fields.name = content.bytes(at + 22, content.u8(at + 21));
                yield fields.header(at + 2 + content.u8(at));
            }
            case 1 -> {
                int nameLength = Math.max(0, content.u8(at + 21));
                fields.name = content.bytes(at + 22, nameLength);
                long end = at + 2 + content.u8(at);
                long data = fields.extended(content, end - 2, end, 2);
                fields.packed -= data - end;
                yield fields.header(data);
            }
            case 2 -> {
                fields.extended(content, at + 24, at + 26, 2);
                yield fields.header(at + content.u16(at));
            }
            default -> {
                fields.extended(content, at + 28, at + 32, 4);
                yield fields.header(at + content.u32(at + 24));
            }
        };
    }

    /** What is gathered while extended headers are read. */
    private static final class Fields {
        private final String method;
        private long packed;
        private long size;
        private byte[] name = new byte[0];
        private byte[] folder = new byte[0];
        private @Nullable String unicodeName;

        private Fields(String method, long packed, long size) {
            this.method = method;
            this.packed = packed;
            this.size = size;
        }

        /** Reads extended headers: each ends with the size of the next. Returns where the last one ends. */
        private long extended(Content content, long sizeAt, long start, int width) {
            long next = sizeAt;
            long at = start;
            for (int i = 0; i < EXTENDED_MAX; i++) {
                long length = width == 2 ? content.u16(next) : content.u32(next);
                if (length <= width || !content.has(at, length)) {
                    break;
                }
                take(content, at, (int) Math.min(length - width - 1, Names.LENGTH_MAX));
                at += length;
                next = at - width;
            }
            return at;
        }

        private void take(Content content, long at, int length) {
            switch (content.u8(at)) {
                case NAME -> name = content.bytes(at + 1, length);
                case FOLDER -> folder = content.bytes(at + 1, length);
                case SIZES -> {
                    packed = content.i64(at + 1);
                    size = content.i64(at + 9);
                }
                case UNICODE_NAME -> unicodeName = Names.utf16(content.bytes(at + 1, length));
                default -> {}
            }
        }

        private @Nullable LzhHeader header(long data) {
            if (packed < 0 || size < 0) {
                return null;
            }
            ByteArrayOutputStream path = new ByteArrayOutputStream();
            for (byte octet : folder) {
                path.write(octet == (byte) 0xff ? '/' : octet);
            }
            path.writeBytes(name);
            String decoded = unicodeName != null ? unicodeName : Names.decode(path.toByteArray());
            return new LzhHeader(decoded, method, packed, size, data);
        }
    }
}
