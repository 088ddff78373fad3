package jp.genkan.av.unpack;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any octets end with members and a reason, never with anything else. Marks are put before them, so that they are taken for the format. */
class ArchiveFuzzTest {
    private static void unpack(String format, String mark, byte[] octets) {
        byte[] whole = new byte[mark.length() + octets.length];
        for (int i = 0; i < mark.length(); i++) {
            whole[i] = (byte) mark.charAt(i);
        }
        System.arraycopy(octets, 0, whole, mark.length(), octets.length);
        Unpacking.of(Unpacking.unpacker(format), whole, "secret");
        Unpacking.of(Unpacking.unpacker(format), octets, "secret");
    }

    @FuzzTest
    void zip(byte[] octets) {
        unpack("zip", "PK\3\4", octets);
    }

    @FuzzTest
    void gzip(byte[] octets) {
        unpack("gzip", "\u001f\u008b\b", octets);
    }

    @FuzzTest
    void bzip2(byte[] octets) {
        unpack("bzip2", "BZh91AY&SY", octets);
    }

    @FuzzTest
    void xz(byte[] octets) {
        unpack("xz", "\u00fd7zXZ\0\0\1", octets);
    }

    @FuzzTest
    void lzma(byte[] octets) {
        unpack("lzma", "]\0\0\u0080\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\0", octets);
    }

    @FuzzTest
    void lzip(byte[] octets) {
        unpack("lzip", "LZIP\1", octets);
    }

    @FuzzTest
    void zstd(byte[] octets) {
        unpack("zstd", "(\u00b5/\u00fd", octets);
    }

    @FuzzTest
    void lz4(byte[] octets) {
        unpack("lz4", "\4\"M\u0018", octets);
    }

    @FuzzTest
    void compress(byte[] octets) {
        unpack("compress", "\u001f\u009d\u0090", octets);
    }

    @FuzzTest
    void sevenZip(byte[] octets) {
        unpack("7z", "7z\u00bc\u00af'\u001c\0\4", octets);
    }

    @FuzzTest
    void rar4(byte[] octets) {
        unpack("rar", "Rar!\u001a\7\0", octets);
    }

    @FuzzTest
    void rar5(byte[] octets) {
        unpack("rar", "Rar!\u001a\7\1\0", octets);
    }

    @FuzzTest
    void cab(byte[] octets) {
        unpack("cab", "MSCF\0\0\0\0", octets);
    }

    @FuzzTest
    void ar(byte[] octets) {
        unpack("ar", "!<arch>\n", octets);
    }

    @FuzzTest
    void arj(byte[] octets) {
        unpack("arj", "\u0060\u00ea", octets);
    }

    @FuzzTest
    void cpio(byte[] octets) {
        unpack("cpio", "070701", octets);
    }

    @FuzzTest
    void lzh(byte[] octets) {
        unpack("lzh", "\u0020\u0020-lh5-", octets);
    }

    @FuzzTest
    void szdd(byte[] octets) {
        unpack("szdd", "SZDD\u0088\u00f0'3A", octets);
    }

    @FuzzTest
    void tar(byte[] octets) {
        unpack("tar", "name", octets);
    }

    @FuzzTest
    void iso(byte[] octets) {
        unpack("iso", "\0".repeat(32768) + "\1CD001", octets);
    }

    @FuzzTest
    void nsis(byte[] octets) {
        unpack("nsis", "MZ\0\0\0\0\0\0\u00ef\u00be\u00ad\u00deNullsoftInst", octets);
    }

    @FuzzTest
    void program(byte[] octets) {
        unpack("program", "MZ", octets);
    }
}
