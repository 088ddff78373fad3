package jp.genkan.protocols.file;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Marks at fixed places, by which most types are known; {@link ContentLook} looks closer where they do not suffice. Immutable. */
final class MagicTable {
    private static final class Mark {
        final int offset;
        final byte[] octets;
        final MagicType type;

        Mark(int offset, byte[] octets, MagicType type) {
            this.offset = offset;
            this.octets = octets;
            this.type = type;
        }

        boolean isIn(byte[] head, int from, int to) {
            int at = from + offset;
            return to - at >= octets.length && Arrays.equals(head, at, at + octets.length, octets, 0, octets.length);
        }
    }

    /** Asked from the first to the last. Short marks stand behind long ones. */
    private static final List<Mark> MARKS = List.of(
            hex(0, "d0cf11e0a1b11ae1", MagicType.OLE2),
            hex(0, "89504e470d0a1a0a", MagicType.PNG),
            text(0, "GIF87a", MagicType.GIF),
            text(0, "GIF89a", MagicType.GIF),
            hex(0, "ffd8ff", MagicType.JPEG),
            text(0, "%PDF-", MagicType.PDF),
            text(0, "{\\rt", MagicType.RTF),
            hex(0, "7f454c46", MagicType.ELF),
            hex(0, "feedface", MagicType.MACH_O),
            hex(0, "feedfacf", MagicType.MACH_O),
            hex(0, "cefaedfe", MagicType.MACH_O),
            hex(0, "cffaedfe", MagicType.MACH_O),
            text(0, "dex\n0", MagicType.DEX),
            hex(0, "0061736d01000000", MagicType.WASM),
            text(0, "%!PS", MagicType.POSTSCRIPT),
            hex(0, "e4525c7b8cd8a74daeb15378d02996d3", MagicType.ONENOTE),
            hex(0, "789f3e22", MagicType.TNEF),
            text(0, "ITSF", MagicType.CHM),
            hex(0, "4c0000000114020000000000c000000000000046", MagicType.LNK),
            hex(0, "fd377a585a00", MagicType.XZ),
            hex(0, "28b52ffd", MagicType.ZSTD),
            hex(0, "04224d18", MagicType.LZ4),
            hex(0, "377abcaf271c", MagicType.SEVEN_ZIP),
            hex(0, "526172211a07", MagicType.RAR),
            text(0, "MSCF\0\0\0\0", MagicType.CAB),
            text(7, "**ACE**", MagicType.ACE),
            text(257, "ustar", MagicType.TAR),
            text(0, "070707", MagicType.CPIO),
            text(0, "070701", MagicType.CPIO),
            text(0, "070702", MagicType.CPIO),
            text(0, "!<arch>\n", MagicType.AR),
            hex(0, "edabeedb", MagicType.RPM),
            hex(0, "49492a00", MagicType.TIFF),
            hex(0, "4d4d002a", MagicType.TIFF),
            text(0, "ID3", MagicType.MP3),
            text(0, "OggS", MagicType.OGG),
            text(0, "fLaC", MagicType.FLAC),
            text(0, "MThd", MagicType.MIDI),
            text(4, "ftyp", MagicType.MP4),
            hex(0, "1a45dfa3", MagicType.MKV),
            hex(0, "000001ba", MagicType.MPEG),
            hex(0, "000001b3", MagicType.MPEG),
            hex(0, "3026b2758e66cf11", MagicType.ASF),
            text(0, "FLV\u0001", MagicType.FLV),
            text(0, "wOFF", MagicType.WOFF),
            text(0, "wOF2", MagicType.WOFF),
            text(0, "SQLite format 3\0", MagicType.SQLITE),
            hex(0, "d4c3b2a1", MagicType.PCAP),
            hex(0, "a1b2c3d4", MagicType.PCAP),
            hex(0, "0a0d0d0a", MagicType.PCAP),
            hex(0, "1f8b08", MagicType.GZIP),
            hex(0, "1f9d", MagicType.COMPRESS),
            hex(0, "1f8b", MagicType.GZIP));

    private MagicTable() {}

    private static Mark text(int offset, String text, MagicType type) {
        return new Mark(offset, text.getBytes(StandardCharsets.ISO_8859_1), type);
    }

    private static Mark hex(int offset, String digits, MagicType type) {
        return new Mark(offset, HexFormat.of().parseHex(digits), type);
    }

    static MagicType find(byte[] head, int from, int to) {
        for (Mark mark : MARKS) {
            if (mark.isIn(head, from, to)) {
                return mark.type == MagicType.OLE2 ? ContentLook.compound(head, from, to) : mark.type;
            }
        }
        return ContentLook.find(head, from, to);
    }
}
