package jp.genkan.av.unpack.rar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import jp.genkan.av.unpack.codec.BitsHigh;
import jp.genkan.av.unpack.codec.Octets;
import jp.genkan.av.unpack.codec.Prefix;
import jp.genkan.av.unpack.codec.Window;
import org.jspecify.annotations.Nullable;

/**
 * The method of RAR 3 and 4. Of the programs for its virtual machine only those are known that RAR itself writes.
 *
 * <p>Thread rule: one thread.
 */
final class Rar29 implements RarDecoder {
    private static final int WINDOW = 1 << 22;
    private static final int MAIN = 299;
    private static final int DISTANCES = 60;
    private static final int LOW = 17;
    private static final int LENGTHS = 28;

    /** RAR's own bound for filters of one archive. */
    private static final int PROGRAMS_MAX = 1024;

    private Window window = new Window(WINDOW, OutputStream.nullOutputStream());
    private final byte[] table = new byte[MAIN + DISTANCES + LOW + LENGTHS];
    private final int[] recent = new int[4];
    private int lastLength;
    private int lowDistance;
    private int lowRepeats;
    private boolean ready;
    private Prefix main;
    private Prefix distances;
    private Prefix low;
    private Prefix lengths;
    private final List<RarFilters.@Nullable Kind> programs = new ArrayList<>();
    private final List<Integer> blockLengths = new ArrayList<>();
    private int lastProgram;
    private long memberStart;
    private RarFilters filters = new RarFilters(OutputStream.nullOutputStream());

    Rar29() throws IOException {
        main = Prefix.high(table, 0, 1);
        distances = main;
        low = main;
        lengths = main;
    }

    @Override
    public void decode(Octets in, long size, Continuity solid, OutputStream out) throws IOException {
        filters = new RarFilters(out);
        if (solid == Continuity.FRESH) {
            window = new Window(WINDOW, filters);
            Arrays.fill(table, (byte) 0);
            Arrays.fill(recent, 0);
            lastLength = 0;
            ready = false;
            programs.clear();
            blockLengths.clear();
            lastProgram = 0;
        }
        window.redirect(filters);
        memberStart = window.written();
        BitsHigh bits = new BitsHigh(in);
        long end = memberStart + size;
        try {
            if (!ready) {
                tables(bits);
            }
            boolean more = true;
            while (more && window.written() < end) {
                more = step(bits, end);
            }
            if (window.written() < end) {
                throw Octets.ended();
            }
            endMark(bits);
        } finally {
            window.flush();
            filters.finish();
        }
    }

    /** Reads the mark behind the last octet, which says whether the next member brings tables. */
    private void endMark(BitsHigh bits) {
        try {
            int symbol = main.read(bits);
            while (symbol == 257) {
                filter(bits);
                symbol = main.read(bits);
            }
            if (symbol == 256) {
                endOfBlock(bits);
            }
        } catch (IOException none) {
            ready = false;
        }
    }

    private void tables(BitsHigh bits) throws IOException {
        ready = false;
        bits.align();
        if (bits.read(1) != 0) {
            throw Octets.unsupported("RAR 3 PPMd");
        }
        if (bits.read(1) == 0) {
            Arrays.fill(table, (byte) 0);
        }
        lowDistance = 0;
        lowRepeats = 0;
        RarDecoder.lengths(bits, table, 15);
        main = Prefix.high(table, 0, MAIN);
        distances = Prefix.high(table, MAIN, DISTANCES);
        low = Prefix.high(table, MAIN + DISTANCES, LOW);
        lengths = Prefix.high(table, MAIN + DISTANCES + LOW, LENGTHS);
        ready = true;
    }

    /** Decodes one symbol; false at the member's end. */
    private boolean step(BitsHigh bits, long end) throws IOException {
        int symbol = main.read(bits);
        if (symbol < 256) {
            window.put(symbol);
        } else if (symbol == 256) {
            return endOfBlock(bits);
        } else if (symbol == 257) {
            filter(bits);
        } else if (symbol == 258) {
            if (lastLength > 0) {
                copy(recent[0], lastLength, end);
            }
        } else if (symbol < 263) {
            int which = symbol - 259;
            int distance = recent[which];
            System.arraycopy(recent, 0, recent, 1, which);
            recent[0] = distance;
            int slot = lengths.read(bits);
            copy(distance, RarTables.LENGTH[slot] + 2 + bits.read(RarTables.LENGTH_BITS[slot]), end);
        } else if (symbol < 271) {
            int slot = symbol - 263;
            remember(RarTables.SHORT[slot] + 1 + bits.read(RarTables.SHORT_BITS[slot]));
            copy(recent[0], 2, end);
        } else {
            int slot = symbol - 271;
            int length = RarTables.LENGTH[slot] + 3 + bits.read(RarTables.LENGTH_BITS[slot]);
            int distance = distance(bits);
            length += (distance >= 0x2000 ? 1 : 0) + (distance >= 0x40000 ? 1 : 0);
            remember(distance);
            copy(distance, length, end);
        }
        return true;
    }

    private void remember(int distance) {
        System.arraycopy(recent, 0, recent, 1, 3);
        recent[0] = distance;
    }

    private void copy(int distance, int length, long end) throws IOException {
        lastLength = length;
        window.copy(distance, (int) Math.min(length, end - window.written()));
    }

    private int distance(BitsHigh bits) throws IOException {
        int slot = distances.read(bits);
        int distance = RarTables.DISTANCE[slot] + 1;
        int extra = RarTables.DISTANCE_BITS[slot];
        if (slot <= 9) {
            return distance + bits.read(extra);
        }
        if (extra > 4) {
            distance += bits.read(extra - 4) << 4;
        }
        if (lowRepeats > 0) {
            lowRepeats--;
            return distance + lowDistance;
        }
        int symbol = low.read(bits);
        if (symbol == 16) {
            lowRepeats = 15;
        } else {
            lowDistance = symbol;
        }
        return distance + lowDistance;
    }

    private boolean endOfBlock(BitsHigh bits) throws IOException {
        if (bits.read(1) != 0) {
            tables(bits);
            return true;
        }
        ready = bits.read(1) == 0;
        return false;
    }

    private void filter(BitsHigh bits) throws IOException {
        int first = bits.read(8);
        int length = (first & 7) + 1;
        if (length == 7) {
            length = bits.read(8) + 7;
        } else if (length == 8) {
            length = bits.read(16);
        }
        byte[] code = new byte[length];
        for (int i = 0; i < length; i++) {
            code[i] = (byte) bits.read(8);
        }
        program(first, new BitsHigh(new Octets(new ByteArrayInputStream(code))));
    }

    private void program(int first, BitsHigh code) throws IOException {
        int program = lastProgram;
        if ((first & 0x80) != 0) {
            program = number(code);
            if (program == 0) {
                programs.clear();
                blockLengths.clear();
            } else {
                program--;
            }
        }
        if (program < 0 || program > programs.size() || program >= PROGRAMS_MAX) {
            throw Octets.broken("RAR filter");
        }
        lastProgram = program;
        boolean isNew = program == programs.size();
        long start = (number(code) & 0xffff_ffffL) + ((first & 0x40) != 0 ? 258 : 0);
        int length = (first & 0x20) != 0 ? number(code) : isNew ? 0 : blockLengths.get(program);
        int[] registers = new int[7];
        if ((first & 0x10) != 0) {
            int mask = code.read(7);
            for (int i = 0; i < 7; i++) {
                registers[i] = (mask >> i & 1) != 0 ? number(code) : 0;
            }
        }
        if (isNew) {
            int size = number(code);
            if (size <= 0 || size > 0xffff) {
                throw Octets.broken("RAR program");
            }
            byte[] octets = new byte[size];
            for (int i = 0; i < size; i++) {
                octets[i] = (byte) code.read(8);
            }
            programs.add(kind(octets));
            blockLengths.add(length);
        } else {
            blockLengths.set(program, length);
        }
        RarFilters.Kind kind = programs.get(program);
        if (kind == null) {
            throw Octets.unsupported("RAR program");
        }
        long from = window.written() - memberStart + start;
        filters.add(new RarFilters.Filter(kind, from, length, registers[0], registers[1]));
    }

    private static int number(BitsHigh code) throws IOException {
        return switch (code.read(2)) {
            case 0 -> code.read(4);
            case 1 -> {
                int high = code.read(4);
                yield high == 0 ? 0xffff_ff00 | code.read(8) : high << 4 | code.read(4);
            }
            case 2 -> code.read(16);
            default -> code.read(32);
        };
    }

    /** The programs that RAR writes, by length and checksum. */
    private static RarFilters.@Nullable Kind kind(byte[] program) {
        CRC32 crc = new CRC32();
        crc.update(program);
        long checksum = crc.getValue();
        if (program.length == 53 && checksum == 0xad576887L) {
            return RarFilters.Kind.E8;
        } else if (program.length == 57 && checksum == 0x3cd7e57eL) {
            return RarFilters.Kind.E8E9;
        } else if (program.length == 120 && checksum == 0x3769893fL) {
            return RarFilters.Kind.ITANIUM;
        } else if (program.length == 29 && checksum == 0x0e06077dL) {
            return RarFilters.Kind.DELTA;
        } else if (program.length == 149 && checksum == 0x1c2c5dc8L) {
            return RarFilters.Kind.RGB;
        }
        return program.length == 216 && checksum == 0xbc85e701L ? RarFilters.Kind.AUDIO : null;
    }
}
