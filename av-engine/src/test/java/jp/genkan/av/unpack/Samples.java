package jp.genkan.av.unpack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Octets to pack, and what the JDK packs them in. */
public final class Samples {
    private Samples() {}

    /** Text with repetitions and places that do not repeat. */
    public static byte[] text(int lines) {
        Random random = new Random(lines);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines; i++) {
            text.append("line ")
                    .append(i)
                    .append(' ')
                    .append(Integer.toHexString(random.nextInt()))
                    .append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    public static byte[] gzip(byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(octets);
        }
        return out.toByteArray();
    }

    public static byte[] zip(String name, byte[] octets) throws IOException {
        return zip(StandardCharsets.UTF_8, name, octets);
    }

    public static byte[] zip(Charset names, String name, byte[] octets) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out, names)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(octets);
            zip.closeEntry();
        }
        return out.toByteArray();
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] latin(String octets) {
        return octets.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** One stored member under PKWARE's traditional encryption, written from the specification. */
    public static byte[] encryptedZip(String password, byte[] plain) {
        CRC32 crc = new CRC32();
        crc.update(plain);
        int checksum = (int) crc.getValue();
        byte[] clear = new byte[12 + plain.length];
        clear[11] = (byte) (checksum >>> 24);
        System.arraycopy(plain, 0, clear, 12, plain.length);
        int[] keys = {0x12345678, 0x23456789, 0x34567890};
        for (byte octet : latin(password)) {
            update(keys, octet);
        }
        byte[] packed = new byte[clear.length];
        for (int i = 0; i < clear.length; i++) {
            int word = keys[2] & 0xffff | 2;
            packed[i] = (byte) (clear[i] ^ word * (word ^ 1) >>> 8);
            update(keys, clear[i]);
        }
        ByteBuffer head = ByteBuffer.allocate(35).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) 1)
                .putShort((short) 0)
                .putInt(0);
        head.putInt(checksum)
                .putInt(packed.length)
                .putInt(plain.length)
                .putShort((short) 5)
                .putShort((short) 0);
        head.put(latin("a.txt"));
        return join(head.array(), packed);
    }

    private static void update(int[] keys, byte octet) {
        keys[0] = crc(keys[0], octet);
        keys[1] = (keys[1] + (keys[0] & 0xff)) * 134775813 + 1;
        keys[2] = crc(keys[2], (byte) (keys[1] >>> 24));
    }

    private static int crc(int value, byte octet) {
        int result = (value ^ octet) & 0xff;
        for (int i = 0; i < 8; i++) {
            result = (result & 1) != 0 ? result >>> 1 ^ 0xedb88320 : result >>> 1;
        }
        return value >>> 8 ^ result;
    }
}
