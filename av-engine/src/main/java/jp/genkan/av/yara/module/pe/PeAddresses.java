package jp.genkan.av.yara.module.pe;

import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import jp.genkan.av.executable.PeSection;

/** Finds places in the file by addresses in memory, as YARA does. Functions of their arguments alone. */
public final class PeAddresses {
    private static final long SMALLEST_FILE_ALIGNMENT = 0x200;
    private static final long PAGE = 0x1000;

    private PeAddresses() {}

    /** Offset in the file of an address in memory; -1 when it has none. */
    public static long offset(PeFile file, long rva) {
        long lowest = 0xffff_ffffL;
        long sectionRva = 0;
        long sectionAt = 0;
        long sectionSize = 0;
        int count = Math.min(file.sectionCount(), PeFile.SECTIONS_MAX);
        if (file.sections().size() < count) {
            return -1;
        }
        for (PeSection section : file.sections()) {
            lowest = Math.min(lowest, section.virtualAddress());
            if (rva >= section.virtualAddress() && sectionRva <= section.virtualAddress()) {
                sectionRva = section.virtualAddress();
                sectionAt = section.rawAt();
                sectionSize = section.rawSize();
                // What is below 512 is not rounded to itself: Windows rounds to sectors at least.
                long alignment = Math.min(Math.max(0, file.fileAlignment()), SMALLEST_FILE_ALIGNMENT);
                if (alignment != 0) {
                    sectionAt -= sectionAt % alignment;
                }
                if (file.sectionAlignment() >= PAGE) {
                    sectionAt &= -SMALLEST_FILE_ALIGNMENT;
                }
            }
        }
        long size = file.content().size();
        if (rva < lowest) {
            sectionRva = 0;
            sectionAt = 0;
            sectionSize = size;
        }
        if (rva - sectionRva >= sectionSize) {
            return -1;
        }
        long at = sectionAt + rva - sectionRva;
        return at >= size ? -1 : at;
    }

    /** A text that ends with a zero octet, the file, or after so many octets. */
    public static String text(Content content, long at, int max) {
        int length = 0;
        while (length < max && content.u8(at + length) > 0) {
            length++;
        }
        return content.latin(at, length);
    }
}
