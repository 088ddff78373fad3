package jp.genkan.av.unpack.zip;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;

/**
 * The directory at the end of an archive. When something stands before the archive, all its offsets are wrong by as much; the directory's own place
 * tells by how much.
 *
 * @param entries with places of local headers as they really are
 * @param start where it begins; the content's end when there is none
 */
record ZipDirectory(List<ZipEntry> entries, long start) {
    static final String CENTRAL = "PK\1\2";
    static final String END = "PK\5\6";
    private static final String END_64 = "PK\6\6";
    private static final String LOCATOR_64 = "PK\6\7";

    /** The end record and the longest comment. */
    private static final int TAIL = 22 + 65_535;

    /** Octets that are copied at a time; see {@link Content#find}. */
    private static final int PIECE = 4_096;

    /** Entries that are read: ten times the largest known set of small files; further ones are found by their local headers. */
    static final int ENTRIES_MAX = 200_000;

    ZipDirectory {
        entries = List.copyOf(entries);
    }

    static ZipDirectory read(Content zip) {
        long least = Math.max(0, zip.size() - TAIL);
        byte[] piece = new byte[0];
        long from = zip.size();
        for (long at = zip.size() - 19; at >= least; at -= 4) { // of four octets one is looked at
            if (at < from) { // backwards piece by piece: nearly all files are no archives
                from = Math.max(least, at - PIECE + 1);
                piece = zip.bytes(from, (int) (at - from) + 1);
            }
            int octet = piece[(int) (at - from)];
            if (octet != 'P' && octet != 'K' && octet != 5 && octet != 6) {
                continue;
            }
            long end = at - END.indexOf(octet);
            if (end >= least && zip.startsWith(end, END)) {
                ZipDirectory directory = at(zip, end);
                if (!directory.entries.isEmpty()) {
                    return directory;
                }
            }
        }
        return new ZipDirectory(List.of(), zip.size());
    }

    private static ZipDirectory at(Content zip, long end) {
        long length = zip.u32(end + 12);
        long offset = zip.u32(end + 16);
        long behind = end;
        if (zip.startsWith(end - 20, LOCATOR_64)) {
            long record = zip.i64(end - 20 + 8);
            if (!zip.startsWith(record, END_64)) {
                record = end - 20 - 56;
            }
            if (zip.startsWith(record, END_64)) {
                length = zip.i64(record + 40);
                offset = zip.i64(record + 48);
                behind = record;
            }
        }
        long before = behind - length;
        if (length > 0 && before >= 0 && zip.startsWith(before, CENTRAL)) {
            return entries(zip, before, behind, before - offset);
        }
        return entries(zip, offset, behind, 0);
    }

    private static ZipDirectory entries(Content zip, long start, long end, long shift) {
        List<ZipEntry> entries = new ArrayList<>();
        long at = start;
        while (at < end && entries.size() < ENTRIES_MAX && zip.has(at, 46) && zip.startsWith(at, CENTRAL)) {
            ZipEntry entry = ZipEntry.central(zip, at);
            long local = entry.local() + shift;
            if (!zip.startsWith(local, ZipUnpacker.LOCAL) && zip.startsWith(entry.local(), ZipUnpacker.LOCAL)) {
                local = entry.local();
            }
            entries.add(new ZipEntry(
                    entry.name(),
                    entry.method(),
                    entry.flags(),
                    entry.check(),
                    entry.crc(),
                    entry.packed(),
                    entry.size(),
                    local,
                    entry.aes()));
            at += 46L + zip.u16(at + 28) + zip.u16(at + 30) + zip.u16(at + 32);
        }
        return new ZipDirectory(entries, entries.isEmpty() ? zip.size() : start);
    }
}
