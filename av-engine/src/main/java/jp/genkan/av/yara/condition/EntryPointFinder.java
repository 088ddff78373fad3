package jp.genkan.av.yara.condition;

import jp.genkan.av.content.Content;
import jp.genkan.av.yara.module.Undefined;

/**
 * Where a program begins, as an offset in its file: PE and ELF.
 *
 * <p>Thread rule: no state.
 */
final class EntryPointFinder {
    // Specification constants: PE/COFF, System V ABI
    private static final int PE_SIGNATURE = 0x4550;
    private static final long ELF_MAGIC_BE = 0x7f454c46L;
    private static final int ELF_EXECUTABLE = 2;

    /** Sections or segments that are looked at; PE itself allows 96. */
    private static final int SECTIONS_MAX = 96;

    private EntryPointFinder() {}

    static long find(Content content) {
        if (content.u16(0) == 0x5a4d) {
            long header = content.u32(0x3c);
            return header >= 0 && content.u32(header) == PE_SIGNATURE ? pe(content, header) : Undefined.INTEGER;
        }
        return content.u32be(0) == ELF_MAGIC_BE ? elf(content) : Undefined.INTEGER;
    }

    private static long pe(Content content, long header) {
        long address = content.u32(header + 24 + 16);
        int sections = Math.min(SECTIONS_MAX, content.u16(header + 6));
        long table = header + 24 + Math.max(0, content.u16(header + 20));
        long best = -1;
        long offset = address;
        for (int i = 0; i < sections; i++) {
            long section = table + 40L * i;
            long begin = content.u32(section + 12);
            long raw = content.u32(section + 20);
            if (begin >= 0 && begin <= address && begin > best && raw >= 0) {
                best = begin;
                offset = raw + (address - begin);
            }
        }
        return address < 0 || offset >= content.size() ? Undefined.INTEGER : offset;
    }

    private static long elf(Content content) {
        boolean wide = content.u8(4) == 2;
        boolean big = content.u8(5) == 2;
        int type = big ? content.u16be(16) : content.u16(16);
        long entry = word(content, 24, wide, big);
        long table = word(content, wide ? 32 : 28, wide, big);
        int size = wide ? 56 : 32;
        int at = wide ? 56 : 44;
        int count = Math.min(SECTIONS_MAX, big ? content.u16be(at) : content.u16(at));
        if (type != ELF_EXECUTABLE) {
            return Undefined.INTEGER;
        }
        for (int i = 0; i < count; i++) {
            long segment = table + (long) size * i;
            long offset = word(content, segment + (wide ? 8 : 4), wide, big);
            long address = word(content, segment + (wide ? 16 : 8), wide, big);
            long length = word(content, segment + (wide ? 40 : 20), wide, big);
            if (entry >= address && entry < address + length) {
                return offset + (entry - address);
            }
        }
        return Undefined.INTEGER;
    }

    private static long word(Content content, long at, boolean wide, boolean big) {
        if (!wide) {
            return big ? content.u32be(at) : content.u32(at);
        }
        long value = content.i64(at);
        return big ? Long.reverseBytes(value) : value;
    }
}
