package jp.genkan.av.executable;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a Windows program (Microsoft, "PE Format"). Values are as they stand in the file; nothing is believed before it was compared
 * with the file's size.
 *
 * <pre>
 * MZ … e_lfanew ─▶ PE\0\0 · COFF header (20) · optional header (96 or 112 + 8 a directory) · section headers (40 each) · sections
 * </pre>
 *
 * <p>Thread rule: immutable; the thread that scans.
 */
public final class PeFile {
    /** Sections that are looked at: Windows loads no file with more. */
    public static final int SECTIONS_MAX = 96;

    /** Data directories (PE format). */
    public static final int DIRECTORIES_MAX = 16;

    private static final int DOS_HEADER = 64;
    private static final int LFANEW_AT = 0x3c;
    private static final int COFF = 24;
    private static final int PE64 = 0x20b;
    private static final long SIGNATURE = 0x4550;

    private final Content content;
    private final long at;
    private final boolean is64;
    private final List<PeSection> sections;

    private PeFile(Content content, long at) {
        this.content = content;
        this.at = at;
        this.is64 = content.u16(at + COFF) == PE64;
        List<PeSection> found = new ArrayList<>();
        long first = at + COFF + content.u16(at + 20);
        int count = Math.min(content.u16(at + 6), SECTIONS_MAX);
        for (int i = 0; i < count && content.has(first + (long) i * PeSection.LENGTH, PeSection.LENGTH); i++) {
            found.add(PeSection.read(content, first + (long) i * PeSection.LENGTH));
        }
        this.sections = List.copyOf(found);
    }

    /** The headers of a program; null when these octets are none. */
    public static @Nullable PeFile of(Content content) {
        if (content.size() < DOS_HEADER || !content.startsWith(0, "MZ")) {
            return null;
        }
        long at = content.u32(LFANEW_AT);
        if (at > Integer.MAX_VALUE || !content.has(at, COFF) || content.u32(at) != SIGNATURE) {
            return null;
        }
        return new PeFile(content, at);
    }

    /** The octets. */
    public Content content() {
        return content;
    }

    /** Offset of the signature {@code PE\0\0}. */
    public long at() {
        return at;
    }

    /** Offset of the optional header. */
    public long optionalAt() {
        return at + COFF;
    }

    /** True for PE32+. */
    public boolean is64() {
        return is64;
    }

    /** Two octets of the COFF header; its first is 4 behind the signature. */
    public int coff16(int offset) {
        return content.u16(at + offset);
    }

    /** Four octets of the COFF header. */
    public long coff32(int offset) {
        return content.u32(at + offset);
    }

    /** Two octets of the optional header; -1 when the file ends before. */
    public int optional16(int offset) {
        return content.u16(optionalAt() + offset);
    }

    /** Four octets of the optional header; -1 when the file ends before. */
    public long optional32(int offset) {
        return content.u32(optionalAt() + offset);
    }

    /** Size of the optional header as the COFF header gives it. */
    public int optionalSize() {
        return coff16(20);
    }

    /** NumberOfSections; {@link #sections} may have fewer. */
    public int sectionCount() {
        return coff16(6);
    }

    /** Headers of the sections that are whole. */
    public List<PeSection> sections() {
        return sections;
    }

    /** AddressOfEntryPoint. */
    public long entryPoint() {
        return optional32(16);
    }

    /** SectionAlignment. */
    public long sectionAlignment() {
        return optional32(32);
    }

    /** FileAlignment. */
    public long fileAlignment() {
        return optional32(36);
    }

    /** SizeOfHeaders. */
    public long headersSize() {
        return optional32(60);
    }

    /** NumberOfRvaAndSizes. */
    public long directoryCount() {
        return optional32(is64 ? 108 : 92);
    }

    private long directoryAt(int index) {
        return optionalAt() + (is64 ? 112 : 96) + 8L * index;
    }

    /** RVA of a data directory; 0 when there is none. */
    public long directoryRva(int index) {
        return index < directoryCount() ? Math.max(0, content.u32(directoryAt(index))) : 0;
    }

    /** Size of a data directory; 0 when there is none. */
    public long directorySize(int index) {
        return index < directoryCount() ? Math.max(0, content.u32(directoryAt(index) + 4)) : 0;
    }
}
