package jp.genkan.av.unpack.sevenzip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.unpack.codec.Names;
import jp.genkan.av.unpack.codec.Octets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of a 7z archive (7zFormat.txt): a list of properties, each bounded by the header's own octets.
 *
 * <p>Thread rule: one thread.
 */
final class SevenZipHeader {
    private static final int END = 0;
    private static final int HEADER = 1;
    private static final int ARCHIVE_PROPERTIES = 2;
    private static final int ADDITIONAL_STREAMS = 3;
    private static final int MAIN_STREAMS = 4;
    private static final int FILES = 5;
    private static final int PACK_INFO = 6;
    private static final int UNPACK_INFO = 7;
    private static final int SUBSTREAMS = 8;
    private static final int SIZE = 9;
    private static final int CRC = 10;
    private static final int FOLDER = 11;
    private static final int UNPACK_SIZES = 12;
    private static final int SUBSTREAM_COUNTS = 13;
    private static final int EMPTY_STREAM = 14;
    private static final int NAMES = 17;
    static final int ENCODED = 23;

    private final Octets in;
    private final int length;

    long packedFrom;
    long[] packedSizes = new long[0];
    List<SevenZipFolder> folders = List.of();
    int[] substreams = new int[0];
    List<Long> sizes = new ArrayList<>();
    List<@Nullable String> names = new ArrayList<>();
    boolean[] empty = new boolean[0];

    SevenZipHeader(byte[] header) {
        this.in = new Octets(new ByteArrayInputStream(header));
        this.length = header.length;
    }

    /** Reads it; returns true when it only tells where the real one is. */
    boolean read() throws IOException {
        int type = in.u8();
        if (type == ENCODED) {
            streams();
            return true;
        }
        if (type != HEADER) {
            throw Octets.broken("7z header");
        }
        while (true) {
            switch ((int) Math.min(number(), 256)) {
                case END -> {
                    return false;
                }
                case ARCHIVE_PROPERTIES -> {
                    while (number() != END) {
                        in.skipNBytes(number());
                    }
                }
                case ADDITIONAL_STREAMS -> throw Octets.unsupported("7z additional streams");
                case MAIN_STREAMS -> streams();
                case FILES -> files();
                default -> throw Octets.broken("7z header");
            }
        }
    }

    /** 7-Zip's numbers: ones at the first octet's head say how many octets follow. */
    private long number() throws IOException {
        int first = in.u8();
        long value = 0;
        int mask = 0x80;
        for (int i = 0; i < 8; i++) {
            if ((first & mask) == 0) {
                return value | (long) (first & mask - 1) << 8 * i;
            }
            value |= (long) in.u8() << 8 * i;
            mask >>= 1;
        }
        return value;
    }

    /** How many of something that takes at least a bit each: never more than the header has. */
    private int count() throws IOException {
        long count = number();
        if (count < 0 || count > 8L * length) {
            throw Octets.broken("7z count");
        }
        return (int) count;
    }

    private void streams() throws IOException {
        while (true) {
            switch ((int) Math.min(number(), 256)) {
                case END -> {
                    if (substreams.length == 0) {
                        defaultSubstreams();
                    }
                    return;
                }
                case PACK_INFO -> packInfo();
                case UNPACK_INFO -> unpackInfo();
                case SUBSTREAMS -> substreams();
                default -> throw Octets.broken("7z streams");
            }
        }
    }

    private void defaultSubstreams() {
        substreams = new int[folders.size()];
        Arrays.fill(substreams, 1);
        sizes.clear();
        folders.forEach(folder -> sizes.add(folder.size()));
    }

    private void packInfo() throws IOException {
        packedFrom = number();
        int count = count();
        packedSizes = new long[count];
        long type = number();
        while (type != END) {
            if (type == SIZE) {
                for (int i = 0; i < count; i++) {
                    packedSizes[i] = number();
                }
            } else if (type == CRC) {
                digests(count);
            } else {
                throw Octets.broken("7z pack info");
            }
            type = number();
        }
    }

    /** Skips checksums; returns which are there. */
    private boolean[] digests(int count) throws IOException {
        boolean[] defined = in.u8() != 0 ? all(count) : bits(count);
        for (boolean one : defined) {
            if (one) {
                in.u32();
            }
        }
        return defined;
    }

    private static boolean[] all(int count) {
        boolean[] bits = new boolean[count];
        Arrays.fill(bits, true);
        return bits;
    }

    private boolean[] bits(int count) throws IOException {
        boolean[] bits = new boolean[count];
        int octet = 0;
        for (int i = 0; i < count; i++) {
            octet = (i & 7) == 0 ? in.u8() : octet << 1;
            bits[i] = (octet & 0x80) != 0;
        }
        return bits;
    }

    private boolean[] folderCrcs = new boolean[0];

    private void unpackInfo() throws IOException {
        if (number() != FOLDER) {
            throw Octets.broken("7z folders");
        }
        int count = count();
        if (in.u8() != 0) {
            throw Octets.unsupported("7z external folders");
        }
        List<SevenZipFolder> read = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            read.add(folder());
        }
        folders = List.copyOf(read);
        folderCrcs = new boolean[count];
        long type = number();
        while (type != END) {
            if (type == UNPACK_SIZES) {
                for (SevenZipFolder folder : folders) {
                    for (int i = 0; i < folder.sizes().length; i++) {
                        folder.sizes()[i] = number();
                    }
                }
            } else if (type == CRC) {
                folderCrcs = digests(count);
            } else {
                throw Octets.broken("7z unpack info");
            }
            type = number();
        }
    }

    private SevenZipFolder folder() throws IOException {
        long count = number();
        if (count < 1 || count > SevenZipFolder.CODERS_MAX) {
            throw Octets.broken("7z coders");
        }
        List<SevenZipFolder.Coder> coders = new ArrayList<>();
        long inputs = 0;
        long outputs = 0;
        for (int i = 0; i < count; i++) {
            int flags = in.u8();
            long method = 0;
            for (int k = 0; k < (flags & 15); k++) {
                method = method << 8 | in.u8();
            }
            boolean complex = (flags & 0x10) != 0;
            long ins = complex ? number() : 1;
            long outs = complex ? number() : 1;
            byte[] properties = new byte[0];
            if ((flags & 0x20) != 0) {
                properties = in.exactly(Math.clamp(number(), 0, length));
            }
            if ((flags & 0x80) != 0 || ins < 1 || ins > 4 || outs < 1 || outs > 4) {
                throw Octets.unsupported("7z coder");
            }
            inputs += ins;
            outputs += outs;
            coders.add(new SevenZipFolder.Coder(method, (int) ins, (int) outs, properties));
        }
        List<SevenZipFolder.Bond> bonds = new ArrayList<>();
        for (int i = 0; i < outputs - 1; i++) {
            bonds.add(new SevenZipFolder.Bond(place(inputs), place(outputs)));
        }
        List<Integer> packed = new ArrayList<>();
        long packedCount = inputs - bonds.size();
        if (packedCount == 1) {
            for (int i = 0; i < inputs; i++) {
                int input = i;
                if (bonds.stream().noneMatch(bond -> bond.input() == input)) {
                    packed.add(input);
                }
            }
        } else {
            for (int i = 0; i < packedCount; i++) {
                packed.add(place(inputs));
            }
        }
        return new SevenZipFolder(coders, bonds, packed, new long[(int) outputs]);
    }

    private int place(long bound) throws IOException {
        long place = number();
        if (place < 0 || place >= bound) {
            throw Octets.broken("7z bond");
        }
        return (int) place;
    }

    private void substreams() throws IOException {
        defaultSubstreams();
        long type = number();
        if (type == SUBSTREAM_COUNTS) {
            long all = 0;
            for (int i = 0; i < substreams.length; i++) {
                substreams[i] = count();
                all += substreams[i];
                if (all > 8L * length) {
                    throw Octets.broken("7z count");
                }
            }
            type = number();
        }
        sizes = new ArrayList<>();
        for (int i = 0; i < substreams.length; i++) {
            long rest = folders.get(i).size();
            for (int k = 0; k < substreams[i] - 1; k++) {
                long size = type == SIZE ? number() : 0;
                sizes.add(size);
                rest -= size;
            }
            if (substreams[i] > 0) {
                sizes.add(Math.max(0, rest));
            }
        }
        if (type == SIZE) {
            type = number();
        }
        while (type != END) {
            if (type != CRC) {
                throw Octets.broken("7z substreams");
            }
            int missing = 0;
            for (int i = 0; i < substreams.length; i++) {
                missing += substreams[i] == 1 && folderCrcs[i] ? 0 : substreams[i];
            }
            digests(missing);
            type = number();
        }
    }

    private void files() throws IOException {
        int count = count();
        empty = new boolean[count];
        long type = number();
        while (type != END) {
            long size = number();
            if (size < 0 || size > length) {
                throw Octets.broken("7z property");
            }
            long end = in.position() + size;
            if (type == EMPTY_STREAM) {
                empty = bits(count);
            } else if (type == NAMES && size > 0 && in.u8() == 0) {
                names(in.exactly((int) size - 1), count);
            }
            in.skipNBytes(Math.max(0, end - in.position()));
            type = number();
        }
    }

    private void names(byte[] octets, int count) {
        int at = 0;
        for (int i = 0; i < count && at < octets.length; i++) {
            int end = at;
            while (end + 1 < octets.length && (octets[end] | octets[end + 1]) != 0) {
                end += 2;
            }
            int kept = Math.min(end - at, Names.LENGTH_MAX);
            names.add(kept == 0 ? null : new String(octets, at, kept, StandardCharsets.UTF_16LE));
            at = end + 2;
        }
    }
}
