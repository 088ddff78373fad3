package jp.genkan.av.hash;

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
 * A {@link HashTable} as octets, in the byte order of the machine: a head of 64 octets, the entries, their index, what the table knows besides,
 * and a CRC-32C of all that. Written whole under another name, then renamed; mapped into memory when it is opened, after the sum was checked.
 *
 * <pre>
 *   0       8       12      16       24       32      40              48      64
 *   ├───────┼───────┼───────┼────────┼────────┼───────┼───────────────┼───────┤
 *   │ magic │version│  0    │entries │buckets │ seed  │contents length│  0    │  entries · index · contents · sum (8 octets)
 *   └───────┴───────┴───────┴────────┴────────┴───────┴───────────────┴───────┘
 * </pre>
 *
 * <p>Functions of their arguments alone.
 */
public final class HashTableFile {
    /** Goes up with every change of the form or of what keys mean; another version is as good as no file. */
    public static final int VERSION = 1;

    private static final long MAGIC = 0x474b_4841_5348_4553L; // GKHASHES
    private static final int HEAD = 64;
    private static final int SUM = Long.BYTES;
    private static final long CONTENTS_MAX = 3 * Names.CHARACTERS_MAX + (4L << 20) + 4L * Names.STEMS_MAX;
    private static final long CHUNK = 64L << 20;

    private HashTableFile() {}

    /** Writes the table of what was taken; nobody ever sees a part of it under this name. */
    public static void write(Path file, HashTableBuilder builder) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Path unfinished = Files.createTempFile(folder, "hashes", ".new");
        try {
            try (FileChannel to = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                to.position(HEAD);
                ByteBuffer head = write(builder, octets -> writeAll(to, octets));
                to.position(0);
                writeAll(to, head);
                to.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            Files.deleteIfExists(unfinished);
            throw failed;
        }
    }

    private static void writeAll(FileChannel to, ByteBuffer octets) throws IOException {
        while (octets.hasRemaining()) {
            to.write(octets);
        }
    }

    /** The table of what was taken, in memory. */
    public static HashTable inMemory(HashTableBuilder builder) {
        try {
            long most = HEAD
                    + (long) builder.size() * HashTable.ENTRY
                    + (builder.bucketCount() + 1L) * Integer.BYTES
                    + contents(builder.contents()).length
                    + SUM;
            MemorySegment room = Arena.ofAuto().allocate(most, Long.BYTES);
            long[] at = {HEAD};
            ByteBuffer head = write(builder, octets -> {
                int length = octets.remaining();
                room.asSlice(at[0], length).copyFrom(MemorySegment.ofBuffer(octets));
                at[0] += length;
            });
            room.copyFrom(MemorySegment.ofBuffer(head));
            return table(room.asSlice(0, at[0]), "memory");
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Writes all but the head, which it returns. */
    private static ByteBuffer write(HashTableBuilder builder, HashTableBuilder.Sink to) throws IOException {
        CRC32C sum = new CRC32C();
        HashTableBuilder.Sink summed = octets -> {
            sum.update(octets.duplicate());
            to.write(octets);
        };
        byte[] contents = contents(builder.contents());
        try (Arena memory = Arena.ofConfined()) {
            MemorySegment index = builder.writeEntries(memory, summed);
            summed.write(index.asByteBuffer());
            summed.write(ByteBuffer.wrap(contents));
            int buckets = builder.bucketCount();
            ByteBuffer head = ByteBuffer.allocate(HEAD).order(ByteOrder.nativeOrder());
            head.putLong(MAGIC).putInt(VERSION).putInt(0);
            head.putLong(index.getAtIndex(HashTable.INT, buckets)).putLong(buckets);
            head.putLong(builder.seed()).putLong(contents.length).rewind();
            sum.update(head.duplicate());
            ByteBuffer end = ByteBuffer.allocate(SUM).order(ByteOrder.nativeOrder());
            to.write(end.putLong(sum.getValue()).rewind());
            return head;
        }
    }

    /**
     * Maps a table.
     *
     * @throws IOException when it cannot be read, or is not whole
     */
    public static HashTable open(Path file) throws IOException {
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ)) {
            return table(
                    from.map(FileChannel.MapMode.READ_ONLY, 0, from.size(), Arena.ofAuto()),
                    file.getFileName().toString());
        }
    }

    static HashTable table(MemorySegment all, String name) throws IOException {
        if (all.byteSize() < HEAD + SUM) {
            throw new IOException(name + " is too short");
        }
        long entries = all.get(HashTable.LONG, 16);
        long buckets = all.get(HashTable.LONG, 24);
        long contentsLength = all.get(HashTable.LONG, 40);
        if (all.get(HashTable.LONG, 0) != MAGIC
                || all.get(HashTable.INT, 8) != VERSION
                || entries < 0
                || entries > HashTableBuilder.ENTRIES_MAX
                || buckets < 1
                || buckets > HashTableBuilder.ENTRIES_MAX
                || contentsLength < 0
                || contentsLength > CONTENTS_MAX
                || HEAD + entries * HashTable.ENTRY + (buckets + 1) * Integer.BYTES + contentsLength + SUM
                        != all.byteSize()) {
            throw new IOException(name + " is not a table of this version");
        }
        if (sum(all) != all.get(HashTable.LONG, all.byteSize() - SUM)) {
            throw new IOException(name + " is damaged");
        }
        long indexAt = HEAD + entries * HashTable.ENTRY;
        long contentsAt = indexAt + (buckets + 1) * Integer.BYTES;
        checkIndex(all.asSlice(indexAt, (buckets + 1) * Integer.BYTES), entries, name);
        byte[] contents = all.asSlice(contentsAt, contentsLength).toArray(ValueLayout.JAVA_BYTE);
        return new HashTable(
                all.asSlice(HEAD, entries * HashTable.ENTRY),
                all.asSlice(indexAt, (buckets + 1) * Integer.BYTES),
                contents(contents, all.get(HashTable.LONG, 32)));
    }

    private static void checkIndex(MemorySegment index, long entries, String name) throws IOException {
        int before = 0;
        for (long at = 0; at < index.byteSize(); at += Integer.BYTES) {
            int begin = index.get(HashTable.INT, at);
            if (begin < before) {
                throw new IOException(name + " has an index that goes back");
            }
            before = begin;
        }
        if (before != entries) {
            throw new IOException(name + " has an index of something else");
        }
    }

    private static long sum(MemorySegment all) {
        CRC32C sum = new CRC32C();
        long end = all.byteSize() - SUM;
        for (long at = HEAD; at < end; at += CHUNK) {
            sum.update(all.asSlice(at, Math.min(CHUNK, end - at)).asByteBuffer());
        }
        sum.update(all.asSlice(0, HEAD).asByteBuffer());
        return sum.getValue();
    }

    private static byte[] contents(HashTable.Contents contents) throws IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(octets)) {
            for (SizeFilter filter : contents.filters()) {
                out.writeLong(filter.any());
                out.writeLong(filter.sized());
                for (long word : filter.bits()) {
                    out.writeLong(word);
                }
            }
            out.writeInt(contents.stems().size());
            for (String stem : contents.stems()) {
                byte[] text = stem.getBytes(StandardCharsets.UTF_8);
                out.writeShort(text.length);
                out.write(text);
            }
        }
        return octets.toByteArray();
    }

    private static HashTable.Contents contents(byte[] octets, long seed) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(octets))) {
            List<SizeFilter> filters = new ArrayList<>();
            for (int i = 0; i < HashKind.values().length; i++) {
                long any = in.readLong();
                long sized = in.readLong();
                if (any < 0 || sized < 0) {
                    throw new IOException("counts below zero");
                }
                long[] bits = new long[sized > 0 ? SizeFilter.BITS / Long.SIZE : 0];
                for (int word = 0; word < bits.length; word++) {
                    bits[word] = in.readLong();
                }
                filters.add(new SizeFilter(any, sized, bits));
            }
            int count = in.readInt();
            if (count < 0 || count > Names.STEMS_MAX) {
                throw new IOException("a count of " + count);
            }
            List<String> stems = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                byte[] text = new byte[in.readUnsignedShort()];
                in.readFully(text);
                stems.add(new String(text, StandardCharsets.UTF_8));
            }
            return new HashTable.Contents(seed, filters, stems);
        }
    }
}
