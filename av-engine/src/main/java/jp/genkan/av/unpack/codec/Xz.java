package jp.genkan.av.unpack.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The .xz format: streams of blocks of LZMA2, with filters for machine code and differences. Checks are not looked at: what decodes is scanned.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class Xz {
    private static final int[] MAGIC = {0xfd, '7', 'z', 'X', 'Z', 0};
    private static final int LZMA2 = 0x21;
    private static final int DELTA = 3;
    private static final int FILTERS_MAX = 4;

    private Xz() {}

    /** All streams; what follows them is let be. */
    public static void decode(Octets in, OutputStream out) throws IOException {
        boolean first = true;
        while (stream(in, out, first)) {
            first = false;
        }
    }

    private static boolean stream(Octets in, OutputStream out, boolean first) throws IOException {
        int octet = in.read();
        while (octet == 0 && !first) {
            octet = in.read();
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if (octet != MAGIC[i]) {
                if (first) {
                    throw Octets.broken("xz magic");
                }
                return false;
            }
            octet = i + 1 < MAGIC.length ? in.read() : 0;
        }
        in.u8();
        int check = in.u8() & 15;
        in.u32();
        int checkLength = check == 0 ? 0 : 4 << (check - 1) / 3;
        long start = in.position();
        int size = in.u8();
        while (size != 0) {
            block(in, size, out);
            while ((in.position() - start & 3) != 0) {
                in.u8();
            }
            in.skipNBytes(checkLength);
            size = in.u8();
        }
        index(in, start);
        return true;
    }

    private static void index(Octets in, long start) throws IOException {
        long records = number(in);
        for (long i = 0; i < records; i++) {
            number(in);
            number(in);
        }
        while ((in.position() - start & 3) != 0) {
            in.u8();
        }
        // The index's checksum, and the footer.
        in.skipNBytes(4 + 12);
    }

    private static long number(Octets in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int octet = in.u8();
            value |= (long) (octet & 0x7f) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw Octets.broken("xz number");
    }

    private static void block(Octets in, int sizeCode, OutputStream out) throws IOException {
        Octets head = new Octets(new ByteArrayInputStream(in.exactly(4 * sizeCode - 1 + 4)));
        int flags = head.u8();
        int filters = (flags & 3) + 1;
        if ((flags & 0x40) != 0) {
            number(head);
        }
        if ((flags & 0x80) != 0) {
            number(head);
        }
        long[] ids = new long[FILTERS_MAX];
        byte[][] properties = new byte[FILTERS_MAX][];
        for (int i = 0; i < filters; i++) {
            ids[i] = number(head);
            properties[i] = head.exactly((int) Math.min(4 * 256, number(head)));
        }
        if (ids[filters - 1] != LZMA2 || properties[filters - 1].length != 1) {
            throw Octets.unsupported("xz filter");
        }
        OutputStream target = out;
        Branches[] branches = new Branches[FILTERS_MAX];
        for (int i = 0; i < filters - 1; i++) {
            byte[] property = properties[i];
            if (ids[i] == DELTA && property.length == 1) {
                target = Branches.delta((property[0] & 0xff) + 1, target);
            } else {
                int from = property.length == 4 ? (int) Zstd.magic(property) : 0;
                branches[i] = new Branches(kind(ids[i]), from, target);
                target = branches[i];
            }
        }
        try {
            Lzma2.decode(in, Lzma2.dictionary(properties[filters - 1][0] & 0xff), target);
        } finally {
            for (int i = filters - 2; i >= 0; i--) {
                if (branches[i] != null) {
                    branches[i].finish();
                }
            }
        }
    }

    private static Branches.Kind kind(long id) throws IOException {
        return switch ((int) Math.min(id, 100)) {
            case 4 -> Branches.Kind.X86;
            case 5 -> Branches.Kind.PPC;
            case 6 -> Branches.Kind.IA64;
            case 7 -> Branches.Kind.ARM;
            case 8 -> Branches.Kind.ARMT;
            case 9 -> Branches.Kind.SPARC;
            case 10 -> Branches.Kind.ARM64;
            default -> throw Octets.unsupported("xz filter " + id);
        };
    }
}
