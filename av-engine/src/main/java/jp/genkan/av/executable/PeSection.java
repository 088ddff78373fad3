package jp.genkan.av.executable;

import jp.genkan.av.content.Content;

/**
 * The header of a section, as it stands in the file (PE format, "Section Table"): 40 octets.
 *
 * @param at offset of the header
 * @param virtualSize octets in memory
 * @param virtualAddress RVA of the first
 * @param rawSize SizeOfRawData
 * @param rawAt PointerToRawData
 * @param relocationsAt PointerToRelocations
 * @param lineNumbersAt PointerToLinenumbers
 * @param relocations NumberOfRelocations
 * @param lineNumbers NumberOfLinenumbers
 * @param characteristics flags
 */
public record PeSection(
        long at,
        long virtualSize,
        long virtualAddress,
        long rawSize,
        long rawAt,
        long relocationsAt,
        long lineNumbersAt,
        int relocations,
        int lineNumbers,
        long characteristics) {
    static final int LENGTH = 40;
    static final int NAME_LENGTH = 8;

    static PeSection read(Content content, long at) {
        return new PeSection(
                at,
                content.u32(at + 8),
                content.u32(at + 12),
                content.u32(at + 16),
                content.u32(at + 20),
                content.u32(at + 24),
                content.u32(at + 28),
                content.u16(at + 32),
                content.u16(at + 34),
                content.u32(at + 36));
    }
}
