package jp.genkan.av.executable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Small programs for tests, that do nothing. */
public final class PeSamples {
    private static final int HEADERS = 0x400;
    private static final int SECTION = 0x200;

    private PeSamples() {}

    /** A 32-bit program with two sections of 512 octets, at 0x400 and 0x600 of the file, 0x1000 and 0x2000 of memory. */
    public static byte[] program() {
        ByteBuffer file = ByteBuffer.allocate(HEADERS + 2 * SECTION).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, new byte[] {'M', 'Z'}).putInt(0x3c, 0x80);
        file.putInt(0x80, 0x4550).putShort(0x84, (short) 0x14c).putShort(0x86, (short) 2);
        file.putInt(0x88, 0x5e0be100).putShort(0x94, (short) 0xe0).putShort(0x96, (short) 0x102);
        int optional = 0x98;
        file.putShort(optional, (short) 0x10b).putInt(optional + 16, 0x1010).putInt(optional + 28, 0x400000);
        file.putInt(optional + 32, 0x1000).putInt(optional + 36, 0x200).putInt(optional + 56, 0x3000);
        file.putInt(optional + 60, HEADERS).putShort(optional + 68, (short) 3).putInt(optional + 92, 16);
        section(file, optional + 0xe0, ".text", 0x1000, HEADERS, 0x60000020);
        section(file, optional + 0xe0 + 40, ".data", 0x2000, HEADERS + SECTION, 0xc0000040);
        for (int i = 0; i < SECTION; i++) {
            file.put(HEADERS + i, (byte) (i * 7 + 1)).put(HEADERS + SECTION + i, (byte) (i * 11 + 5));
        }
        return file.array();
    }

    private static void section(ByteBuffer file, int at, String name, int rva, int raw, int characteristics) {
        file.put(at, name.getBytes(StandardCharsets.US_ASCII));
        file.putInt(at + 8, 0x1f0).putInt(at + 12, rva).putInt(at + 16, SECTION).putInt(at + 20, raw);
        file.putInt(at + 36, characteristics);
    }

    /** The octets of a section of {@link #program}. */
    public static byte[] section(byte[] program, int index) {
        return Arrays.copyOfRange(program, HEADERS + index * SECTION, HEADERS + (index + 1) * SECTION);
    }
}
