package jp.genkan.urlfilter.compiled;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A {@link SiteTable} on disk, in the byte order of the machine: a head of 64 octets, the buckets as they are in memory, what the table knows
 * besides, and at the end a CRC-32C of all that. Written whole under another name, then renamed; mapped into memory when it is opened, after the
 * sum was checked.
 *
 * <pre>
 *   0       8       12      16      24      32      40              64
 *   ├───────┼───────┼───────┼───────┼───────┼───────┼───────────────┤
 *   │ magic │version│  0    │buckets│ seed  │contents length │  0    │   buckets · contents · sum (8 octets)
 *   └───────┴───────┴───────┴───────┴───────┴───────┴───────────────┘
 * </pre>
 *
 * <p>Functions of their arguments alone.
 */
public final class TableFile {
    /** Goes up with every change of the form or of what keys mean; another version is as good as no file. */
    public static final int VERSION = 1;

    private static final long MAGIC = 0x474b_5349_5445_5331L; // GKSITES1
    private static final int HEAD = 64;
    private static final int SUM = Long.BYTES;
    private static final int CONTENTS_MAX = 64 << 20;
    private static final long CHUNK = 64L << 20;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    private TableFile() {}

    /** Writes a table; nobody ever sees a part of it under this name. */
    public static void write(Path file, SiteTable table) throws IOException {
        byte[] contents = contents(table.contents());
        MemorySegment buckets = table.buckets();
        ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.nativeOrder());
        head.putLong(MAGIC).putInt(VERSION).putInt(0);
        head.putLong(buckets.byteSize() / SiteTable.BUCKET)
                .putLong(table.contents().seed());
        head.putLong(contents.length).rewind();
        Path folder = file.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(folder, "sites", ".new");
        try {
            CRC32C sum = new CRC32C();
            try (FileChannel to = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                write(to, head, sum);
                for (long at = 0; at < buckets.byteSize(); at += CHUNK) {
                    long length = Math.min(CHUNK, buckets.byteSize() - at);
                    write(to, buckets.asSlice(at, length).asByteBuffer(), sum);
                }
                write(to, ByteBuffer.wrap(contents), sum);
                ByteBuffer end = ByteBuffer.allocate(SUM).order(ByteOrder.nativeOrder());
                write(to, end.putLong(sum.getValue()).rewind(), new CRC32C());
                to.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(unfinished);
            throw failed;
        }
    }

    private static void write(FileChannel to, ByteBuffer octets, CRC32C sum) throws IOException {
        sum.update(octets.duplicate());
        while (octets.hasRemaining()) {
            to.write(octets);
        }
    }

    /**
     * Maps a table.
     *
     * @throws IOException when it cannot be read, or is not whole
     */
    public static SiteTable open(Path file) throws IOException {
        MemorySegment all;
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            if (from.size() < HEAD + SUM) {
                throw new IOException(file + " is too short");
            }
            all = from.map(FileChannel.MapMode.READ_ONLY, 0, from.size(), Arena.ofAuto());
        }
        long bucketCount = all.get(LONG, 16);
        long contentsLength = all.get(LONG, 32);
        if (all.get(LONG, 0) != MAGIC
                || all.get(ValueLayout.JAVA_INT_UNALIGNED, 8) != VERSION
                || bucketCount <= 0
                || bucketCount > all.byteSize() / SiteTable.BUCKET
                || contentsLength < 0
                || contentsLength > CONTENTS_MAX
                || HEAD + bucketCount * SiteTable.BUCKET + contentsLength + SUM != all.byteSize()) {
            throw new IOException(file + " is not a table of this version");
        }
        if (sum(all.asSlice(0, all.byteSize() - SUM)) != all.get(LONG, all.byteSize() - SUM)) {
            throw new IOException(file + " is damaged");
        }
        long contentsAt = HEAD + bucketCount * SiteTable.BUCKET;
        byte[] contents = all.asSlice(contentsAt, contentsLength).toArray(ValueLayout.JAVA_BYTE);
        return new SiteTable(all.asSlice(HEAD, bucketCount * SiteTable.BUCKET), contents(contents, all.get(LONG, 24)));
    }

    private static long sum(MemorySegment all) {
        CRC32C sum = new CRC32C();
        for (long at = 0; at < all.byteSize(); at += CHUNK) {
            sum.update(all.asSlice(at, Math.min(CHUNK, all.byteSize() - at)).asByteBuffer());
        }
        return sum.getValue();
    }

    private static byte[] contents(SiteTable.Contents contents) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            out.writeLong(contents.keys());
            out.writeLong(contents.dropped());
            out.writeBoolean(contents.hasTopLevel());
            writeInts(out, contents.prefixLengths());
            out.writeInt(contents.lists().size());
            for (CompiledList list : contents.lists()) {
                writeText(out, list.source());
                writeText(out, list.digest());
                writeText(out, list.category());
                out.writeLong(list.entries());
                out.writeLong(list.skipped());
                out.writeInt(list.problems().size());
                for (String problem : list.problems()) {
                    writeText(out, problem);
                }
            }
            out.writeInt(contents.sets().length);
            for (int[] set : contents.sets()) {
                writeInts(out, set);
            }
        }
        return octets.toByteArray();
    }

    private static void writeInts(DataOutputStream out, int[] values) throws IOException {
        out.writeInt(values.length);
        for (int value : values) {
            out.writeInt(value);
        }
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }

    private static SiteTable.Contents contents(byte[] octets, long seed) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            long keys = in.readLong();
            long dropped = in.readLong();
            boolean hasTopLevel = in.readBoolean();
            int[] prefixLengths = readInts(in, 129);
            int count = count(in, octets.length);
            List<CompiledList> lists = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                lists.add(readList(in, octets.length));
            }
            int[][] sets = new int[count(in, MarkSets.SETS_MAX)][];
            for (int i = 0; i < sets.length; i++) {
                sets[i] = readInts(in, octets.length);
                for (int mark : sets[i]) {
                    if (!EntryKind.isMark(mark, lists.size())) {
                        throw new IOException("a mark of no list");
                    }
                }
            }
            return new SiteTable.Contents(seed, keys, sets, lists, prefixLengths, hasTopLevel, dropped);
        }
    }

    private static CompiledList readList(DataInputStream in, int max) throws IOException {
        String source = readText(in, max);
        String digest = readText(in, max);
        String category = readText(in, max);
        long entries = in.readLong();
        long skipped = in.readLong();
        List<String> problems = new ArrayList<>();
        for (int left = count(in, max); left > 0; left--) {
            problems.add(readText(in, max));
        }
        if (entries < 0 || skipped < 0) {
            throw new IOException("a list with numbers below zero");
        }
        return new CompiledList(source, digest, category, entries, skipped, problems);
    }

    private static int count(DataInputStream in, int max) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > max) {
            throw new IOException("a count of " + count);
        }
        return count;
    }

    private static int[] readInts(DataInputStream in, int max) throws IOException {
        int[] values = new int[count(in, max)];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readInt();
        }
        return values;
    }

    private static String readText(DataInputStream in, int max) throws IOException {
        byte[] octets = new byte[count(in, max)];
        in.readFully(octets);
        return new String(octets, StandardCharsets.UTF_8);
    }
}
