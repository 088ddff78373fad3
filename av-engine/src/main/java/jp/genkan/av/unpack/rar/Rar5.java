package jp.genkan.av.unpack.rar;

import java.io.IOException;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import jp.genkan.av.unpack.codec.Member;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import org.jspecify.annotations.Nullable;

/**
 * The container of versions 5 to 7.
 *
 * <p>Thread rule: one thread.
 */
final class Rar5 {
    private static final int MARK = 8;
    private static final int FILE = 2;
    private static final int ENCRYPTION = 4;
    private static final int END = 5;
    private static final int HAS_EXTRA = 1;
    private static final int HAS_DATA = 2;
    private static final int SPLIT_BEFORE = 8;
    private static final int SPLIT_AFTER = 0x10;
    private static final int FOLDER = 1;
    private static final int HAS_TIME = 2;
    private static final int HAS_CRC = 4;
    private static final int UNKNOWN_SIZE = 8;

    /** The format's own bound of a header. */
    private static final int HEADER_MAX = 1 << 21;

    private final Content rar;
    private final Members members;
    private long at = MARK;
    private @Nullable RarDecoder decoder;
    private boolean unbroken = true;

    Rar5(Content rar, Members members) {
        this.rar = rar;
        this.members = members;
    }

    /** Seven bits an octet, the lowest first. */
    private long number() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = rar.u8(at++);
            if (octet < 0) {
                throw Octets.ended();
            }
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw Octets.broken("RAR number");
    }

    void all() throws IOException {
        while (rar.has(at, 7)) {
            members.checkTime();
            at += 4;
            long size = number();
            long end = at + size;
            if (size == 0 || size > HEADER_MAX || !rar.has(at, size)) {
                throw new UnpackException(Members.Reason.BROKEN, "RAR header");
            }
            long type = number();
            long flags = number();
            long extra = (flags & HAS_EXTRA) != 0 ? number() : 0;
            long data = (flags & HAS_DATA) != 0 ? number() : 0;
            if (type == ENCRYPTION) {
                throw new UnpackException(Members.Reason.ENCRYPTED, "RAR headers");
            }
            if (type == END) {
                return;
            }
            if (type == FILE) {
                file(flags, extra, end, data);
            }
            if (data > rar.size() - end) {
                throw new UnpackException(Members.Reason.BROKEN, "RAR data ends early");
            }
            at = end + data;
        }
    }

    private void file(long flags, long extra, long end, long packed) throws IOException {
        long fileFlags = number();
        long plain = number();
        number();
        at += ((fileFlags & HAS_TIME) != 0 ? 4 : 0) + ((fileFlags & HAS_CRC) != 0 ? 4 : 0);
        long compression = number();
        number();
        long nameLength = number();
        String name = Names.decode(rar.bytes(at, (int) Math.min(nameLength, Names.LENGTH_MAX)));
        if ((fileFlags & FOLDER) != 0) {
            return;
        }
        if (isEncrypted(Math.max(at, end - extra), end)) {
            members.uninspectable(name, Members.Reason.ENCRYPTED);
            unbroken = false;
            return;
        }
        if ((flags & SPLIT_BEFORE) != 0) {
            members.uninspectable(name, Members.Reason.BROKEN);
            unbroken = false;
            return;
        }
        if ((compression >> 7 & 7) == 0) {
            members.stored(name, end, packed);
            if ((flags & SPLIT_AFTER) != 0) {
                members.uninspectable(name, Members.Reason.BROKEN);
            }
            return;
        }
        boolean solid = (compression & 0x40) != 0;
        if (solid && !unbroken) {
            members.uninspectable(name, Members.Reason.BROKEN);
            return;
        }
        long size = (fileFlags & UNKNOWN_SIZE) != 0 ? -1 : plain;
        RarDecoder.Continuity continuity = solid ? RarDecoder.Continuity.SOLID : RarDecoder.Continuity.FRESH;
        Member.End how = Member.write(members, name, out -> {
            decoder(compression, continuity).decode(new Octets(rar, end, packed), size, continuity, out);
        });
        unbroken = how == Member.End.WHOLE;
    }

    private RarDecoder decoder(long compression, RarDecoder.Continuity continuity) throws IOException {
        int version = (int) (compression & 0x3f);
        if (version > 1) {
            throw Octets.unsupported("RAR method of version " + version);
        }
        if (decoder == null || continuity == RarDecoder.Continuity.FRESH) {
            int power = (int) (compression >> 10 & (version == 0 ? 15 : 31));
            long dictionary = (1L << 17) << power;
            if (version == 1) {
                dictionary += dictionary / 32 * (compression >> 15 & 31);
            }
            decoder = new Rar50((compression & 1L << 20) != 0 ? 0 : version, dictionary);
        }
        return decoder;
    }

    /** Looks for the record of encryption among the extra ones. */
    private boolean isEncrypted(long from, long end) throws IOException {
        long here = at;
        at = from;
        boolean found = false;
        while (at < end && !found) {
            long size = number();
            long next = at + size;
            found = size > 0 && number() == 1;
            at = Math.max(at, next);
        }
        at = here;
        return found;
    }
}
