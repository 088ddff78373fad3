package jp.genkan.protocols.mime;

import java.io.ByteArrayOutputStream;

/**
 * Builds TNEF streams for tests.
 *
 * <p>Thread rule: one test.
 */
final class TnefStream {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TnefStream() {
        number(0x223e9f78, 4);
        number(1, 2);
    }

    TnefStream attribute(int level, int id, byte[] data) {
        number(level, 1);
        number(id, 4);
        number(data.length, 4);
        out.writeBytes(data);
        int sum = 0;
        for (byte octet : data) {
            sum += octet & 0xff;
        }
        number(sum, 2);
        return this;
    }

    private void number(int value, int octets) {
        for (int i = 0; i < octets; i++) {
            out.write(value >> 8 * i);
        }
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
