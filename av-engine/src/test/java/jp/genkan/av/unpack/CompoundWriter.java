package jp.genkan.av.unpack;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes compound files of one FAT sector: storages and streams, small ones in the mini stream. */
public final class CompoundWriter {
    private static final int SECTOR = 512;
    private static final int MINI = 64;
    private static final int CUTOFF = 4096;
    private static final int LAST = -2;

    private static final class Entry {
        final String name;
        final int type;
        final int parent;
        final byte[] octets;
        int start = LAST;
        int child = -1;
        int right = -1;

        Entry(String name, int type, int parent, byte[] octets) {
            this.name = name;
            this.type = type;
            this.parent = parent;
            this.octets = octets;
        }
    }

    private final List<Entry> entries = new ArrayList<>(List.of(new Entry("Root Entry", 5, -1, new byte[0])));

    /** Adds a storage to another one; the root is 0. */
    public int storage(int parent, String name) {
        return add(new Entry(name, 1, parent, new byte[0]));
    }

    public CompoundWriter stream(int parent, String name, byte[] octets) {
        add(new Entry(name, 2, parent, octets));
        return this;
    }

    private int add(Entry entry) {
        int index = entries.size();
        entries.add(entry);
        Entry around = entries.get(entry.parent);
        entry.right = around.child;
        around.child = index;
        return index;
    }

    public byte[] write() {
        int[] fat = new int[SECTOR / 4];
        java.util.Arrays.fill(fat, -1);
        fat[0] = -3;
        ByteArrayOutputStream sectors = new ByteArrayOutputStream();
        sectors.writeBytes(new byte[SECTOR]); // the FAT
        ByteArrayOutputStream mini = new ByteArrayOutputStream();
        int[] miniFat = new int[SECTOR / 4];
        java.util.Arrays.fill(miniFat, -1);
        for (Entry entry : entries) {
            if (entry.type == 2 && entry.octets.length > 0) {
                boolean small = entry.octets.length < CUTOFF;
                entry.start = small ? put(mini, entry.octets, MINI, miniFat) : put(sectors, entry.octets, SECTOR, fat);
            }
        }
        entries.getFirst().start = mini.size() == 0 ? LAST : put(sectors, mini.toByteArray(), SECTOR, fat);
        int miniStart = put(sectors, ints(miniFat), SECTOR, fat);
        int directory = put(sectors, directory(mini.size()), SECTOR, fat);
        ByteBuffer file = ByteBuffer.allocate(SECTOR + sectors.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(0, 0xe11ab1a1e011cfd0L)
                .putShort(24, (short) 0x3e)
                .putShort(26, (short) 3)
                .putShort(28, (short) -2);
        file.putShort(30, (short) 9)
                .putShort(32, (short) 6)
                .putInt(44, 1)
                .putInt(48, directory)
                .putInt(56, CUTOFF);
        file.putInt(60, miniStart).putInt(64, 1).putInt(68, LAST);
        for (int i = 0; i < 109; i++) {
            file.putInt(76 + 4 * i, i == 0 ? 0 : -1);
        }
        file.put(SECTOR, sectors.toByteArray());
        file.put(SECTOR, ints(fat));
        return file.array();
    }

    private static byte[] ints(int[] values) {
        ByteBuffer octets = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        octets.asIntBuffer().put(values);
        return octets.array();
    }

    private static int put(ByteArrayOutputStream out, byte[] octets, int unit, int[] table) {
        int first = out.size() / unit;
        int count = (octets.length + unit - 1) / unit;
        for (int i = 0; i < count; i++) {
            table[first + i] = i + 1 == count ? LAST : first + i + 1;
        }
        out.writeBytes(octets);
        out.writeBytes(new byte[count * unit - octets.length]);
        return first;
    }

    private byte[] directory(int miniSize) {
        int rows = (entries.size() + 3) / 4 * 4;
        ByteBuffer octets = ByteBuffer.allocate(rows * 128).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            byte[] name = entry.name.getBytes(StandardCharsets.UTF_16LE);
            int at = i * 128;
            octets.put(at, name).putShort(at + 64, (short) (name.length + 2)).put(at + 66, (byte) entry.type);
            octets.putInt(at + 68, -1).putInt(at + 72, entry.right).putInt(at + 76, entry.child);
            octets.putInt(at + 116, entry.start).putLong(at + 120, i == 0 ? miniSize : entry.octets.length);
        }
        return octets.array();
    }

    /** Text as VBA compresses it, with literals only. */
    public static byte[] vba(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(1);
        for (int from = 0; from < plain.length; from += 3000) {
            int to = Math.min(plain.length, from + 3000);
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            for (int at = from; at < to; at += 8) {
                chunk.write(0);
                chunk.write(plain, at, Math.min(8, to - at));
            }
            int head = chunk.size() - 1 | 0xb000;
            out.write(head);
            out.write(head >> 8);
            out.writeBytes(chunk.toByteArray());
        }
        return out.toByteArray();
    }

    /** A package, as a stream of its own or as an object's data. */
    public static byte[] packaged(String name, byte[] file) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {2, 0});
        out.writeBytes((name + "\0C:\\temp\\" + name + "\0").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {0, 0, 3, 0, 4, 0, 0, 0, 'a', '.', 'b', 0});
        out.writeBytes(u32(file.length));
        out.writeBytes(file);
        return out.toByteArray();
    }

    public static byte[] u32(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16), (byte) (value >> 24)};
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
