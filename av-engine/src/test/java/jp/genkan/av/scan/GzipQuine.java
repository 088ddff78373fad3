package jp.genkan.av.scan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A gzip file that unpacks to itself, checksum and all, by the construction of a program that prints itself: literals of whole blocks, and copies of the last
 * twenty octets that are written in five.
 */
final class GzipQuine {
    /** Ten octets of header, and a name: as long as three operations, so that every copy is of the same length. */
    private static final byte[] HEAD = {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3, 'r', '.', 'g', 'z', 0};

    /** A block with fixed codes: ten octets from twenty back, twice; forty bits. */
    private static final byte[] COPY = copy();

    private static final int SIZE = 170;

    private static final int CRC_BITS = 32;

    private GzipQuine() {}

    static byte[] make() {
        // the checksum of the file is an affine function of the checksum in it: find the point where both are the same
        long fixed = crc(file(0));
        long[] rows = new long[CRC_BITS];
        for (int column = 0; column < CRC_BITS; column++) {
            long effect = crc(file(1 << column)) ^ fixed ^ 1L << column;
            for (int row = 0; row < CRC_BITS; row++) {
                rows[row] |= (effect >>> row & 1) << column;
            }
        }
        for (int row = 0; row < CRC_BITS; row++) {
            rows[row] |= (fixed >>> row & 1) << CRC_BITS;
        }
        return file(solve(rows));
    }

    private static int solve(long[] rows) {
        for (int column = 0; column < CRC_BITS; column++) {
            int pivot = column;
            while ((rows[pivot] >>> column & 1) == 0) {
                pivot++; // the one that is made here can be solved
            }
            long swapped = rows[pivot];
            rows[pivot] = rows[column];
            rows[column] = swapped;
            for (int row = 0; row < CRC_BITS; row++) {
                if (row != column && (rows[row] >>> column & 1) != 0) {
                    rows[row] ^= swapped;
                }
            }
        }
        int solution = 0;
        for (int row = 0; row < CRC_BITS; row++) {
            solution |= (int) (rows[row] >>> CRC_BITS & 1) << row;
        }
        return solution;
    }

    private static long crc(byte[] octets) {
        CRC32 crc = new CRC32();
        crc.update(octets);
        return crc.getValue();
    }

    private static byte[] file(int crc) {
        byte[] one = literal(5);
        byte[] four = literal(20);
        byte[] last = ByteBuffer.allocate(15)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 1) // an empty block, the last one
                .put(literal(0), 1, 4)
                .putInt(crc)
                .putInt(SIZE)
                .array();
        return join(
                join(HEAD, four, HEAD, four, COPY, one, COPY, one, one),
                join(four, COPY, one, one, four, COPY),
                join(four, COPY, four, COPY, four, COPY),
                join(four, COPY, last, COPY, last));
    }

    /** The head of a stored block. */
    private static byte[] literal(int length) {
        return new byte[] {0, (byte) length, 0, (byte) ~length, (byte) 0xff};
    }

    private static byte[] copy() {
        // header 0, 01; twice: length 10 (code 264), distance 20 (code 8, 3 more); end of block
        String bits = "0" + "10" + ("0001000" + "01000" + "110").repeat(2) + "0000000";
        byte[] made = new byte[bits.length() / 8];
        for (int i = 0; i < bits.length(); i++) {
            made[i / 8] |= (byte) ((bits.charAt(i) - '0') << i % 8);
        }
        return made;
    }

    private static byte[] join(byte[]... parts) {
        StringBuilder all = new StringBuilder();
        for (byte[] part : parts) {
            all.append(new String(part, StandardCharsets.ISO_8859_1));
        }
        return all.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
