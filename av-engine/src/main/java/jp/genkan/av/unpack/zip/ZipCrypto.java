package jp.genkan.av.unpack.zip;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import jp.genkan.av.unpack.codec.Octets;

/**
 * PKWARE's traditional encryption (APPNOTE 6.1).
 *
 * <p>Thread rule: one thread.
 */
final class ZipCrypto extends InputStream {
    static final int HEADER = 12;

    private static final int[] CRC = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int value = i;
            for (int bit = 0; bit < 8; bit++) {
                value = (value & 1) != 0 ? value >>> 1 ^ 0xedb8_8320 : value >>> 1;
            }
            CRC[i] = value;
        }
    }

    private final Octets in;
    private final int check;
    private int key0 = 0x1234_5678;
    private int key1 = 0x2345_6789;
    private int key2 = 0x3456_7890;

    ZipCrypto(Octets in, String password) throws IOException {
        this.in = in;
        for (byte octet : password.getBytes(StandardCharsets.UTF_8)) {
            update(octet & 0xff);
        }
        int last = 0;
        for (int i = 0; i < HEADER; i++) {
            last = plain(in.u8());
        }
        check = last;
    }

    /** The octet that tells whether the password may be right. */
    int check() {
        return check;
    }

    private void update(int octet) {
        key0 = key0 >>> 8 ^ CRC[(key0 ^ octet) & 0xff];
        key1 = (key1 + (key0 & 0xff)) * 134_775_813 + 1;
        key2 = key2 >>> 8 ^ CRC[(key2 ^ key1 >>> 24) & 0xff];
    }

    private int plain(int octet) {
        int word = key2 & 0xffff | 2;
        int value = octet ^ (word * (word ^ 1) >>> 8 & 0xff);
        update(value);
        return value;
    }

    @Override
    public int read() throws IOException {
        int octet = in.read();
        return octet < 0 ? -1 : plain(octet);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int count = in.read(target, from, length);
        for (int i = 0; i < count; i++) {
            target[from + i] = (byte) plain(target[from + i] & 0xff);
        }
        return count;
    }
}
