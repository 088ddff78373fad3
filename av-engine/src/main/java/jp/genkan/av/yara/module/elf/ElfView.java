package jp.genkan.av.yara.module.elf;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * An ELF file (System V ABI, "Object Files"), of 32 or 64 bits and either byte order.
 *
 * <p>Thread rule: the thread that scans.
 */
final class ElfView {
    /** Sections; the numbers above are reserved. */
    private static final int SECTIONS_MAX = 0xff00;

    private static final int SEGMENTS_MAX = 0xffff;

    /** Symbols of a table: the largest libraries have a third of these. */
    static final int SYMBOLS_MAX = 1 << 18;

    /** Entries of the dynamic section: honest files have some thirty. */
    static final int DYNAMIC_MAX = 4_096;

    private static final int NAME_MAX = 4_096;
    private static final int EXECUTABLE = 2;
    private static final int NO_BITS = 8;
    private static final int SYMBOL_TABLE = 2;
    private static final int DYNAMIC_SYMBOLS = 11;
    private static final int DYNAMIC_SEGMENT = 2;

    private final Content content;
    private final boolean is64;
    private final boolean isBig;
    private @Nullable List<Section> sections;
    private @Nullable List<Segment> segments;

    /** A section header; the name is found by its offset in the table of names. */
    record Section(@Nullable String name, long type, long flags, long address, long offset, long size, long link) {}

    /** A program header. */
    record Segment(
            long type,
            long flags,
            long offset,
            long virtualAddress,
            long physicalAddress,
            long fileSize,
            long memorySize,
            long alignment) {}

    /** An entry of a table of symbols. */
    record Symbol(@Nullable String name, long value, long size, long type, long bind, long section) {}

    /** An entry of the dynamic section. */
    record Dynamic(long type, long value) {}

    private ElfView(Content content) {
        this.content = content;
        this.is64 = content.u8(4) == 2;
        this.isBig = content.u8(5) == 2;
    }

    /** The file; null when it is none. */
    static @Nullable ElfView of(Content content) {
        int bits = content.u8(4);
        int order = content.u8(5);
        if (content.u32be(0) != 0x7f454c46L || bits != 1 && bits != 2 || order != 1 && order != 2) {
            return null;
        }
        return content.has(0, bits == 2 ? 64 : 52) ? new ElfView(content) : null;
    }

    private long u16(long at) {
        return isBig ? content.u16be(at) : content.u16(at);
    }

    private long u32(long at) {
        return isBig ? content.u32be(at) : content.u32(at);
    }

    private long word(long at) {
        if (!is64) {
            return u32(at);
        }
        return isBig ? Long.reverseBytes(content.i64(at)) : content.i64(at);
    }

    /** A field of the header with its offsets in both classes. */
    private long half(int at64, int at32) {
        return u16(is64 ? at64 : at32);
    }

    long type() {
        return u16(16);
    }

    long machine() {
        return u16(18);
    }

    long sectionHeadersAt() {
        return word(is64 ? 40 : 32);
    }

    long sectionHeaderSize() {
        return half(58, 46);
    }

    long sectionCount() {
        return half(60, 48);
    }

    long segmentHeadersAt() {
        return word(is64 ? 32 : 28);
    }

    long segmentHeaderSize() {
        return half(54, 42);
    }

    long segmentCount() {
        return half(56, 44);
    }

    /** Offset in the file at which the program begins. */
    long entryPoint() {
        long address = word(24);
        if (address == 0) {
            return Undefined.INTEGER;
        }
        if (type() == EXECUTABLE) {
            for (Segment segment : segments()) {
                if (contains(segment.virtualAddress(), segment.memorySize(), address)) {
                    return segment.offset() + address - segment.virtualAddress();
                }
            }
            return Undefined.INTEGER;
        }
        for (Section section : sections()) {
            if (section.type() != 0
                    && section.type() != NO_BITS
                    && contains(section.address(), section.size(), address)) {
                return section.offset() + address - section.address();
            }
        }
        return Undefined.INTEGER;
    }

    private static boolean contains(long from, long length, long address) {
        return Long.compareUnsigned(address, from) >= 0 && Long.compareUnsigned(address - from, length) < 0;
    }

    List<Section> sections() {
        if (sections == null) {
            sections = readSections();
        }
        return sections;
    }

    private List<Section> readSections() {
        int length = is64 ? 64 : 40;
        long first = sectionHeadersAt();
        long count = sectionCount();
        long names = half(62, 50);
        List<Section> found = new ArrayList<>();
        if (count >= SECTIONS_MAX || !content.has(first, count * length) || names >= count) {
            return found;
        }
        long namesHeader = first + names * length;
        long namesAt = word(namesHeader + (is64 ? 24 : 16));
        long namesSize = word(namesHeader + (is64 ? 32 : 20));
        for (long at = first; at < first + count * length; at += length) {
            found.add(new Section(
                    text(namesAt, namesSize, u32(at)),
                    u32(at + 4),
                    word(at + 8),
                    word(at + (is64 ? 16 : 12)),
                    word(at + (is64 ? 24 : 16)),
                    word(at + (is64 ? 32 : 20)),
                    u32(at + (is64 ? 40 : 24))));
        }
        return found;
    }

    /** A text of a table of texts; null when it is not whole. */
    private @Nullable String text(long tableAt, long tableSize, long offset) {
        if (!content.has(tableAt, 1) || tableSize <= offset || tableSize < 0) {
            return null;
        }
        int length = 0;
        while (length < NAME_MAX && content.u8(tableAt + offset + length) > 0) {
            length++;
        }
        return content.u8(tableAt + offset + length) == 0 ? content.latin(tableAt + offset, length) : null;
    }

    List<Segment> segments() {
        if (segments == null) {
            segments = readSegments();
        }
        return segments;
    }

    private List<Segment> readSegments() {
        int length = is64 ? 56 : 32;
        long first = segmentHeadersAt();
        long count = segmentCount();
        List<Segment> found = new ArrayList<>();
        if (count == 0 || count >= SEGMENTS_MAX || !content.has(first, count * length)) {
            return found;
        }
        for (long at = first; at < first + count * length; at += length) {
            found.add(
                    is64
                            ? new Segment(
                                    u32(at),
                                    u32(at + 4),
                                    word(at + 8),
                                    word(at + 16),
                                    word(at + 24),
                                    word(at + 32),
                                    word(at + 40),
                                    word(at + 48))
                            : new Segment(
                                    u32(at),
                                    u32(at + 24),
                                    u32(at + 4),
                                    u32(at + 8),
                                    u32(at + 12),
                                    u32(at + 16),
                                    u32(at + 20),
                                    u32(at + 28)));
        }
        return found;
    }

    @Nullable
    List<Symbol> symbols() {
        return symbols(SYMBOL_TABLE);
    }

    @Nullable
    List<Symbol> dynamicSymbols() {
        return symbols(DYNAMIC_SYMBOLS);
    }

    private @Nullable List<Symbol> symbols(int type) {
        List<Section> all = sections();
        List<Symbol> found = null;
        for (Section section : all) {
            if (section.type() != type || section.link() >= all.size()) {
                continue;
            }
            Section names = all.get((int) section.link());
            if (names.type() == 3 && content.has(section.offset(), section.size())) {
                found = read(section, names);
            }
        }
        return found;
    }

    private List<Symbol> read(Section section, Section names) {
        int length = is64 ? 24 : 16;
        List<Symbol> found = new ArrayList<>();
        long count = Math.min(section.size() / length, SYMBOLS_MAX);
        for (int i = 0; i < count; i++) {
            long at = section.offset() + (long) i * length;
            int info = content.u8(at + (is64 ? 4 : 12));
            found.add(new Symbol(
                    text(names.offset(), names.size(), u32(at)),
                    word(at + (is64 ? 8 : 4)),
                    word(at + (is64 ? 16 : 8)),
                    info & 0xf,
                    info >>> 4,
                    u16(at + (is64 ? 6 : 14))));
        }
        return found;
    }

    @Nullable
    List<Dynamic> dynamic() {
        List<Dynamic> found = null;
        int length = is64 ? 16 : 8;
        for (Segment segment : segments()) {
            if (segment.type() != DYNAMIC_SEGMENT) {
                continue;
            }
            found = new ArrayList<>();
            for (long at = segment.offset(); found.size() < DYNAMIC_MAX && content.has(at, length); at += length) {
                found.add(new Dynamic(word(at), word(at + length / 2)));
                if (word(at) == 0) {
                    break;
                }
            }
        }
        return found;
    }

    static long count(@Nullable List<?> list) {
        return list == null ? Undefined.INTEGER : list.size();
    }
}
