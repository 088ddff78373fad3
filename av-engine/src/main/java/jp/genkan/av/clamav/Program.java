package jp.genkan.av.clamav;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.executable.RoundedSections;

/**
 * What signatures ask of a file: its kind, and of a program its sections and where it begins.
 *
 * <p>Thread rule: the thread that scans.
 */
final class Program {
    private static final int PDF_SEARCHED = 1_024;
    private static final int TEXT_SEARCHED = 512;
    private static final int ELF_SECTIONS_MAX = 4_096;

    private final Content content;
    private final Target target;
    private final List<RoundedSections.Section> sections = new ArrayList<>();
    private long entryPoint = -1;

    private Program(Content content) {
        this.content = content;
        PeFile pe = PeFile.of(content);
        this.target = pe != null ? Target.PE : target(content);
        if (pe != null) {
            RoundedSections rounded = RoundedSections.of(pe);
            sections.addAll(rounded.sections());
            entryPoint = rounded.offset(Math.max(0, pe.entryPoint()), content.size());
        } else if (target == Target.ELF) {
            elf();
        }
    }

    static Program of(Content content) {
        return new Program(content);
    }

    Target target() {
        return target;
    }

    long size() {
        return content.size();
    }

    int sectionCount() {
        return sections.size();
    }

    long entryPoint() {
        return entryPoint;
    }

    long sectionSize(int section) {
        return section < sections.size() ? sections.get(section).rawSize() : 0;
    }

    /** The first offset that a place allows; -1 where there is none. */
    long offset(Place place) {
        long offset = switch (place.kind()) {
            case ANY -> 0;
            case BEGIN -> place.number();
            case END -> content.size() - place.number();
            case ENTRY_POINT -> entryPoint < 0 ? -1 : entryPoint + place.number();
            case SECTION, WHOLE_SECTION ->
                place.section() < sections.size()
                        ? sections.get(place.section()).rawAt() + place.number()
                        : -1;
            case LAST_SECTION -> sections.isEmpty() ? -1 : sections.getLast().rawAt() + place.number();
        };
        return Math.max(-1, offset);
    }

    private static Target target(Content content) {
        long magic = content.u32be(0);
        if (magic == 0x7f454c46L) {
            return Target.ELF;
        }
        if (magic == 0xd0cf11e0L) {
            return Target.OLE2;
        }
        if (magic == 0xfeedfaceL || magic == 0xfeedfacfL || magic == 0xcefaedfeL || magic == 0xcffaedfeL) {
            return Target.MACHO;
        }
        if (magic == 0xcafebabeL) {
            return content.u16be(6) >= 45 ? Target.JAVA : Target.MACHO;
        }
        if (content.startsWith(0, "FWS") || content.startsWith(0, "CWS") || content.startsWith(0, "ZWS")) {
            return Target.FLASH;
        }
        if (magic == 0x89504e47L || magic >>> 8 == 0xffd8ffL || content.startsWith(0, "GIF8")) {
            return Target.GRAPHICS;
        }
        for (int i = 0; i < PDF_SEARCHED && content.has(i, 5); i++) {
            if (content.u8(i) == '%' && content.startsWith(i, "%PDF-")) {
                return Target.PDF;
            }
        }
        return isText(content) ? Target.TEXT : Target.ANY;
    }

    /** True when there are only printable octets: ClamAV's ASCII text. */
    private static boolean isText(Content content) {
        for (int i = 0; i < TEXT_SEARCHED && content.has(i, 1); i++) {
            int octet = content.u8(i);
            if (octet < ' ' && (octet < '\t' || octet > '\r') && octet != 0x1b || octet == 0x7f) {
                return false;
            }
        }
        return content.size() > 0;
    }

    /** Sections and entry point of an ELF file (System V ABI). */
    private void elf() {
        boolean is64 = content.u8(4) == 2;
        boolean isBig = content.u8(5) == 2;
        long entry = word(24, is64, isBig);
        long headersAt = word(is64 ? 40 : 32, is64, isBig);
        int length = is64 ? 64 : 40;
        int count = Math.min(half(is64 ? 60 : 48, isBig), ELF_SECTIONS_MAX);
        for (int i = 0; i < count && content.has(headersAt + (long) i * length, length); i++) {
            long at = headersAt + (long) i * length;
            sections.add(new RoundedSections.Section(
                    word(at + (is64 ? 16 : 12), is64, isBig),
                    word(at + (is64 ? 32 : 20), is64, isBig),
                    word(at + (is64 ? 24 : 16), is64, isBig),
                    word(at + (is64 ? 32 : 20), is64, isBig)));
        }
        long segmentsAt = word(is64 ? 32 : 28, is64, isBig);
        int segmentLength = is64 ? 56 : 32;
        for (int i = 0; i < half(is64 ? 56 : 44, isBig) && content.has(segmentsAt, segmentLength); i++) {
            long offset = word(segmentsAt + (is64 ? 8 : 4), is64, isBig);
            long address = word(segmentsAt + (is64 ? 16 : 8), is64, isBig);
            long memory = word(segmentsAt + (is64 ? 40 : 20), is64, isBig);
            if (entryPoint < 0 && entry >= address && entry - address < memory) {
                entryPoint = offset + entry - address;
            }
            segmentsAt += segmentLength;
        }
    }

    private int half(long at, boolean isBig) {
        return isBig ? content.u16be(at) : content.u16(at);
    }

    private long word(long at, boolean is64, boolean isBig) {
        if (is64) {
            return isBig ? Long.reverseBytes(content.i64(at)) : content.i64(at);
        }
        return isBig ? content.u32be(at) : content.u32(at);
    }
}
