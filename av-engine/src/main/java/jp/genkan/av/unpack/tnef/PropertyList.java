package jp.genkan.av.unpack.tnef;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;

/**
 * Properties of a mail or of an attachment inside a TNEF stream ([MS-OXTNEF] §2.1.3.4): one after the other, values padded to four octets. Of a property
 * with many values the first one is told.
 *
 * <p>Thread rule: the thread that scans.
 */
final class PropertyList {
    /** Most octets of a compressed text that are unpacked: mail servers take no larger mails. */
    static final int TEXT_OCTETS_MAX = 32 << 20;

    private static final int NAMED = 0x8000;
    private static final int MANY = 0x1000;
    private static final int NAME_IS_TEXT = 1;

    private final Content content;
    private final long end;
    private long at;
    private long left;
    private int type;
    private int id;
    private long valueBegin;
    private long valueLength;

    PropertyList(Content content, long from, long end) {
        this.content = content;
        this.end = Math.min(end, content.size());
        left = content.u32(from);
        at = from + 4;
    }

    /** Goes to the next property; false when there is none, or when the list is broken. */
    boolean next() {
        if (left-- <= 0 || at + 4 > end) {
            return false;
        }
        type = content.u16(at);
        id = content.u16(at + 2);
        at += 4;
        if (id >= NAMED) {
            long kind = content.u32(at + 16);
            long length = content.u32(at + 20);
            at += 24 + (kind == NAME_IS_TEXT ? padded(length) : 0);
        }
        int plain = type & ~MANY;
        boolean sized = plain == 0x1e || plain == 0x1f || plain == 0x0d || plain == 0x102;
        long count = sized || (type & MANY) != 0 ? content.u32(at) : 1;
        at += sized || (type & MANY) != 0 ? 4 : 0;
        if (sized) {
            return values(count);
        }
        valueBegin = at;
        valueLength = fixed(plain) * Math.max(0, count);
        at += padded(valueLength);
        return valueLength >= 0 && at <= end;
    }

    private boolean values(long count) {
        long most = Math.clamp(count, 0, (end - at) / 4);
        for (long i = 0; i < most && at + 4 <= end; i++) {
            long length = content.u32(at);
            if (i == 0) {
                valueBegin = at + 4;
                valueLength = Math.min(length, end - valueBegin);
            }
            at += 4 + padded(length);
        }
        if (count <= 0) {
            valueBegin = at;
            valueLength = 0;
        }
        return valueLength >= 0;
    }

    private static long fixed(int type) {
        return switch (type) {
            case 0x05, 0x06, 0x07, 0x14, 0x40 -> 8;
            case 0x48 -> 16;
            default -> 4;
        };
    }

    private static long padded(long length) {
        return Math.max(0, length) + 3 & ~3L;
    }

    int type() {
        return type;
    }

    int id() {
        return id;
    }

    long valueBegin() {
        return valueBegin;
    }

    long valueLength() {
        return valueLength;
    }

    /** The value as text. */
    String text(int octetsMax, Charset narrow) {
        byte[] octets = content.bytes(valueBegin, (int) Math.min(valueLength, octetsMax));
        return new String(octets, (type & ~MANY) == 0x1f ? StandardCharsets.UTF_16LE : narrow)
                .replace("\0", "")
                .strip();
    }
}
