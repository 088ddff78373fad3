package jp.genkan.av.executable;

import java.util.ArrayList;
import java.util.List;

/**
 * Sections as Windows loads them: sizes rounded up, addresses rounded down, cut where the file ends. ClamAV's section hashes and offsets mean
 * these.
 *
 * @param sections in the order of the file
 * @param headersSize octets of the headers in memory
 */
public record RoundedSections(List<Section> sections, long headersSize) {
    private static final long SMALLEST_FILE_ALIGNMENT = 0x200;

    /**
     * One of them.
     *
     * @param rva where it is in memory
     * @param virtualSize octets there
     * @param rawAt where it is in the file
     * @param rawSize octets there
     */
    public record Section(long rva, long virtualSize, long rawAt, long rawSize) {}

    public RoundedSections {
        sections = List.copyOf(sections);
    }

    /** Of a program. */
    public static RoundedSections of(PeFile file) {
        long size = file.content().size();
        long sectionAlignment = Math.max(0, file.sectionAlignment());
        long fileAlignment = Math.max(0, file.fileAlignment());
        for (PeSection section : file.sections()) {
            if (fileAlignment != 0
                    && section.rawSize() != 0
                    && section.rawAt() % fileAlignment != 0
                    && section.rawAt() % SMALLEST_FILE_ALIGNMENT == 0) {
                fileAlignment = SMALLEST_FILE_ALIGNMENT;
            }
        }
        List<Section> rounded = new ArrayList<>();
        for (PeSection section : file.sections()) {
            long rawAt = down(section.rawAt(), fileAlignment);
            long rawSize = up(section.rawSize(), fileAlignment);
            long virtualSize = up(section.virtualSize(), sectionAlignment);
            if (virtualSize == 0 && rawSize != 0) {
                virtualSize = up(section.rawSize(), sectionAlignment);
            }
            if (rawAt >= size) {
                rawSize = 0;
            } else if (rawSize > size - rawAt) {
                rawSize = size - rawAt;
            }
            rounded.add(new Section(down(section.virtualAddress(), sectionAlignment), virtualSize, rawAt, rawSize));
        }
        return new RoundedSections(rounded, up(Math.max(0, file.headersSize()), sectionAlignment));
    }

    private static long down(long value, long alignment) {
        return alignment == 0 ? value : value / alignment * alignment;
    }

    private static long up(long value, long alignment) {
        return alignment == 0 ? value : down(value + alignment - 1, alignment);
    }

    /** Offset in the file of an address in memory; -1 when it has none. */
    public long offset(long rva, long fileSize) {
        if (rva < headersSize) {
            return rva < fileSize ? rva : -1;
        }
        for (int i = sections.size() - 1; i >= 0; i--) {
            Section section = sections.get(i);
            if (section.rawSize() != 0 && rva >= section.rva() && rva - section.rva() < section.rawSize()) {
                return rva - section.rva() + section.rawAt();
            }
        }
        return -1;
    }
}
