package jp.genkan.av.unpack.rar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import org.jspecify.annotations.Nullable;

/**
 * The container of versions 1.5 to 4.
 *
 * <p>Thread rule: one thread.
 */
final class Rar4 {
    private static final int MARK = 7;
    private static final int ARCHIVE = 0x73;
    private static final int FILE = 0x74;
    private static final int END = 0x7b;
    private static final int HEADERS_ENCRYPTED = 0x80;
    private static final int SPLIT_BEFORE = 1;
    private static final int SPLIT_AFTER = 2;
    private static final int ENCRYPTED = 4;
    private static final int SOLID = 0x10;
    private static final int FOLDER = 0xe0;
    private static final int LARGE = 0x100;
    private static final int UNICODE = 0x200;
    private static final int HAS_DATA = 0x8000;
    private static final int STORED = 0x30;

    private final Content rar;
    private final Members members;
    private @Nullable RarDecoder decoder20;
    private @Nullable RarDecoder decoder29;
    private boolean unbroken = true;

    Rar4(Content rar, Members members) {
        this.rar = rar;
        this.members = members;
    }

    void all() throws IOException {
        long at = MARK;
        while (rar.has(at, 7)) {
            members.checkTime();
            int type = rar.u8(at + 2);
            int flags = rar.u16(at + 3);
            int size = rar.u16(at + 5);
            if (size < 7 || !rar.has(at, size)) {
                throw new UnpackException(Members.Reason.BROKEN, "RAR header");
            }
            long data = (flags & HAS_DATA) != 0 || type == FILE ? Math.max(0, rar.u32(at + 7)) : 0;
            if (type == ARCHIVE && (flags & HEADERS_ENCRYPTED) != 0) {
                throw new UnpackException(Members.Reason.ENCRYPTED, "RAR headers");
            }
            if (type == END) {
                return;
            }
            if (type == FILE) {
                if ((flags & LARGE) != 0) {
                    data |= (long) Math.clamp(rar.u32(at + 32), 0, 1 << 20) << 32;
                }
                file(at, flags, size, data);
            }
            at += size + data;
        }
    }

    private void file(long at, int flags, int size, long packed) throws IOException {
        int version = rar.u8(at + 24);
        int method = rar.u8(at + 25);
        int nameLength = rar.u16(at + 26);
        long plain = rar.u32(at + 11);
        int nameAt = 32;
        if ((flags & LARGE) != 0) {
            plain |= (long) Math.clamp(rar.u32(at + 36), 0, 1 << 20) << 32;
            nameAt = 40;
        }
        String name = name(rar.bytes(at + nameAt, nameLength), flags);
        if ((flags & FOLDER) == FOLDER) {
            return;
        }
        if ((flags & ENCRYPTED) != 0) {
            members.uninspectable(name, Members.Reason.ENCRYPTED);
            unbroken = false;
            return;
        }
        if ((flags & SPLIT_BEFORE) != 0) {
            members.uninspectable(name, Members.Reason.BROKEN);
            unbroken = false;
            return;
        }
        long data = at + size;
        if (method == STORED) {
            members.stored(name, data, packed);
            if ((flags & SPLIT_AFTER) != 0 || !rar.has(data, packed)) {
                members.uninspectable(name, Members.Reason.BROKEN);
            }
            return;
        }
        RarDecoder.Continuity solid = (flags & SOLID) != 0 ? RarDecoder.Continuity.SOLID : RarDecoder.Continuity.FRESH;
        if (solid == RarDecoder.Continuity.SOLID && !unbroken) {
            members.uninspectable(name, Members.Reason.BROKEN);
            return;
        }
        long wanted = plain;
        Member.End end = Member.write(members, name, out -> {
            decoder(version).decode(new Octets(rar, data, packed), wanted, solid, out);
        });
        unbroken = end == Member.End.WHOLE;
    }

    private RarDecoder decoder(int version) throws IOException {
        if (version == 20 || version == 26) {
            decoder20 = decoder20 == null ? new Rar20() : decoder20;
            return decoder20;
        }
        if (version == 29 || version == 36) {
            decoder29 = decoder29 == null ? new Rar29() : decoder29;
            return decoder29;
        }
        throw Octets.unsupported("RAR method of version " + version);
    }

    /** Behind a plain name stands how its Unicode differs from it. */
    private static @Nullable String name(byte[] octets, int flags) {
        int zero = 0;
        while (zero < octets.length && octets[zero] != 0) {
            zero++;
        }
        if ((flags & UNICODE) == 0 || zero + 1 >= octets.length) {
            return Names.decode(octets);
        }
        ByteArrayOutputStream unicode = new ByteArrayOutputStream();
        int at = zero + 1;
        int high = octets[at++] & 0xff;
        int flagBits = 0;
        int flagCount = 0;
        while (at < octets.length && unicode.size() < 2 * Names.LENGTH_MAX) {
            if (flagCount == 0) {
                flagBits = octets[at++] & 0xff;
                flagCount = 4;
            }
            flagCount--;
            int kind = flagBits >> 2 * flagCount & 3;
            int left = octets.length - at;
            if (left < (kind == 2 ? 2 : 1)) {
                break;
            }
            int octet = octets[at++] & 0xff;
            switch (kind) {
                case 0 -> character(unicode, octet);
                case 1 -> character(unicode, octet | high << 8);
                case 2 -> character(unicode, octet | (octets[at++] & 0xff) << 8);
                default -> {
                    int correction = (octet & 0x80) != 0 && at < octets.length ? octets[at++] & 0xff : 0;
                    for (int i = (octet & 0x7f) + 2; i > 0; i--) {
                        int place = unicode.size() / 2;
                        int plain = place < zero ? octets[place] & 0xff : 0;
                        character(unicode, (octet & 0x80) != 0 ? plain + correction & 0xff | high << 8 : plain);
                    }
                }
            }
        }
        return new String(unicode.toByteArray(), StandardCharsets.UTF_16LE);
    }

    private static void character(ByteArrayOutputStream unicode, int value) {
        unicode.write(value);
        unicode.write(value >> 8);
    }
}
