package jp.genkan.av.unpack.ole;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;
import jp.genkan.av.unpack.UnpackException;
import org.jspecify.annotations.Nullable;

/**
 * The storages and streams of a compound file ([MS-CFB]). Chains that are broken or run in circles end where the file could hold no more sectors.
 *
 * <p>Thread rule: the thread that scans.
 */
final class CompoundFile {
    /** Most directory entries: an installer package has hundreds, a mail with a thousand attachments some 30,000. The rest is not looked at. */
    static final int ENTRIES_MAX = 65_536;

    private static final long MAGIC = 0xe11ab1a1e011cfd0L;
    private static final int HEADER_OCTETS = 512;
    private static final int HEADER_DIFAT = 76;
    private static final int HEADER_DIFAT_ENTRIES = 109;
    private static final int ENTRY_OCTETS = 128;
    private static final int NAME_OCTETS_MAX = 64;
    private static final int SECTOR_SHIFT_MIN = 7;
    private static final int SECTOR_SHIFT_MAX = 16;
    private static final int MINI_SHIFT_DEFAULT = 6;
    private static final long LAST_SECTOR = 0xffff_fffaL;
    private static final int TYPE_STORAGE = 1;
    private static final int TYPE_STREAM = 2;
    private static final int TYPE_ROOT = 5;

    /**
     * An entry of the directory.
     *
     * @param parent index of the storage it lies in; -1 for the root and for what no storage has
     * @param clsid the class of a storage's object, its first four octets
     * @param start first sector
     * @param size octets as announced
     */
    record Entry(int index, String name, int type, int parent, long clsid, long start, long size) {
        boolean isStream() {
            return type == TYPE_STREAM;
        }

        boolean isStorage() {
            return type == TYPE_STORAGE || type == TYPE_ROOT;
        }
    }

    private final Content content;
    private final int sectorShift;
    private final int miniShift;
    private final long miniCutoff;
    private final int sectorsMax;
    private final int[] fat;
    private final int[] miniFat;
    private final int[] miniStream;
    private final List<Entry> entries;
    private final Map<Integer, List<Entry>> children = new HashMap<>();
    private final Map<Place, Entry> byName = new HashMap<>();
    private final int entriesMax;
    private final Pulse pulse;

    /** Where an entry is looked for. */
    private record Place(int parent, String lowerCaseName) {}

    /** Asked in long loops, ends them when time is over. */
    @FunctionalInterface
    interface Pulse {
        void checkTime() throws LimitException;
    }

    /**
     * Reads header and directory.
     *
     * @param entriesMax entries that are read
     */
    CompoundFile(Content content, int entriesMax, Pulse pulse) throws UnpackException, LimitException {
        this.content = content;
        this.entriesMax = entriesMax;
        this.pulse = pulse;
        int shift = content.u16(30);
        sectorShift = shift >= SECTOR_SHIFT_MIN && shift <= SECTOR_SHIFT_MAX ? shift : 9;
        int mini = content.u16(32);
        miniShift = mini > 0 && mini <= sectorShift ? mini : MINI_SHIFT_DEFAULT;
        miniCutoff = Math.max(0, content.u32(56));
        sectorsMax = (int) Math.min(content.size() >> sectorShift, Integer.MAX_VALUE - 2) + 1;
        fat = fatSectors();
        int[] directory = chain(content.u32(48), sectorsMax);
        if (directory.length == 0) {
            throw new UnpackException(Members.Reason.BROKEN, "no directory");
        }
        entries = read(directory);
        for (Entry entry : entries) {
            children.computeIfAbsent(entry.parent(), none -> new ArrayList<>()).add(entry);
            byName.putIfAbsent(new Place(entry.parent(), entry.name().toLowerCase(Locale.ROOT)), entry);
        }
        miniFat = chain(content.u32(60), sectorsMax);
        Entry root = root();
        miniStream = root == null ? new int[0] : chain(root.start(), sectorsMax);
    }

    static boolean isOne(Content content) {
        return content.has(0, HEADER_OCTETS) && content.i64(0) == MAGIC;
    }

    Content content() {
        return content;
    }

    /** All entries, in the order of the directory. */
    List<Entry> entries() {
        return entries;
    }

    @Nullable
    Entry root() {
        for (Entry entry : entries) {
            if (entry.type() == TYPE_ROOT) {
                return entry;
            }
        }
        return null;
    }

    /** The entry of a name, in any case, in a storage; null when there is none. */
    @Nullable
    Entry child(int parent, String name) {
        return byName.get(new Place(parent, name.toLowerCase(Locale.ROOT)));
    }

    /** What lies in a storage. */
    List<Entry> children(int parent) {
        return children.getOrDefault(parent, List.of());
    }

    /** Where an entry stands: {@code Macros/VBA/ThisDocument}. */
    String path(Entry entry) {
        StringBuilder path = new StringBuilder(entry.name());
        Entry at = entry;
        for (int steps = 0; at.parent() > 0 && steps < DEPTH_SHOWN_MAX; steps++) {
            at = entries.get(at.parent());
            path.insert(0, '/').insert(0, at.name());
        }
        return path.toString();
    }

    /** Most storages that a path shows: nobody reads longer ones, and each step costs. */
    private static final int DEPTH_SHOWN_MAX = 16;

    /** The octets of a stream. */
    CompoundStream open(Entry entry) throws LimitException {
        boolean mini = entry.size() < miniCutoff && entry.type() == TYPE_STREAM;
        int shift = mini ? miniShift : sectorShift;
        long needed = (entry.size() + (1L << shift) - 1) >> shift;
        int most = (int) Math.min(needed, mini ? (content.size() >> miniShift) + 1 : sectorsMax);
        long[] places = mini ? miniPlaces(entry.start(), most) : places(chain(entry.start(), most));
        return new CompoundStream(content, places, shift, entry.size());
    }

    private long[] places(int[] sectors) {
        long[] places = new long[sectors.length];
        for (int i = 0; i < sectors.length; i++) {
            places[i] = place(sectors[i]);
        }
        return places;
    }

    private long place(int sector) {
        return (Integer.toUnsignedLong(sector) + 1) << sectorShift;
    }

    private long[] miniPlaces(long start, int most) throws LimitException {
        long[] places = new long[Math.min(most, 64)];
        int count = 0;
        int perSector = 1 << sectorShift - miniShift;
        int idsPerSector = 1 << sectorShift - 2;
        long at = start;
        while (count < most && at <= LAST_SECTOR && at / perSector < miniStream.length) {
            if (count == places.length) {
                places = Arrays.copyOf(places, (int) Math.min(most, places.length * 2L));
            }
            places[count++] = place(miniStream[(int) (at / perSector)]) + ((at % perSector) << miniShift);
            int table = (int) Math.min(at / idsPerSector, Integer.MAX_VALUE);
            if (table >= miniFat.length) {
                break;
            }
            at = content.u32(place(miniFat[table]) + at % idsPerSector * 4);
            checkTime(count);
            if (at < 0) {
                break;
            }
        }
        return Arrays.copyOf(places, count);
    }

    private void checkTime(int count) throws LimitException {
        if ((count & 0xffff) == 0) {
            pulse.checkTime();
        }
    }

    private int[] fatSectors() throws LimitException {
        int[] found = new int[64];
        int count = 0;
        for (int i = 0; i < HEADER_DIFAT_ENTRIES && count < sectorsMax; i++) {
            long id = content.u32(HEADER_DIFAT + 4L * i);
            if (id >= 0 && id < LAST_SECTOR) {
                found = with(found, count++, (int) id);
            }
        }
        long next = content.u32(68);
        int perSector = (1 << sectorShift - 2) - 1;
        for (int steps = 0; steps < sectorsMax && next >= 0 && next < LAST_SECTOR; steps++) {
            long at = place((int) next);
            for (int i = 0; i < perSector && count < sectorsMax; i++) {
                long id = content.u32(at + 4L * i);
                if (id >= 0 && id < LAST_SECTOR) {
                    found = with(found, count++, (int) id);
                }
            }
            if (count >= sectorsMax) {
                break;
            }
            next = content.u32(at + 4L * perSector);
            pulse.checkTime();
        }
        return Arrays.copyOf(found, count);
    }

    private static int[] with(int[] list, int count, int value) {
        int[] roomy = count == list.length ? Arrays.copyOf(list, list.length * 2) : list;
        roomy[count] = value;
        return roomy;
    }

    /** The sectors of a chain, as far as it goes. */
    private int[] chain(long start, int most) throws LimitException {
        int[] found = new int[16];
        int count = 0;
        int idsPerSector = 1 << sectorShift - 2;
        long at = start;
        while (count < most && at >= 0 && at < LAST_SECTOR && at < sectorsMax) {
            found = with(found, count++, (int) at);
            int table = (int) (at / idsPerSector);
            if (table >= fat.length) {
                break;
            }
            at = content.u32(place(fat[table]) + at % idsPerSector * 4);
            checkTime(count);
        }
        return Arrays.copyOf(found, count);
    }

    private List<Entry> read(int[] directory) throws LimitException {
        int perSector = Math.max(1, (1 << sectorShift) / ENTRY_OCTETS);
        long[] at = new long[(int) Math.min(entriesMax, (long) directory.length * perSector)];
        for (int i = 0; i < at.length; i++) {
            at[i] = place(directory[i / perSector]) + (long) (i % perSector) * ENTRY_OCTETS;
        }
        int[] parents = parents(at);
        List<Entry> found = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            pulse.checkTime();
            int type = content.u8(at[i] + 66);
            boolean big = sectorShift > 9;
            long size = big ? Math.max(0, content.i64(at[i] + 120)) : Math.max(0, content.u32(at[i] + 120));
            found.add(new Entry(
                    i,
                    name(at[i]),
                    type,
                    parents[i],
                    content.u32(at[i] + 80),
                    content.u32(at[i] + 116),
                    Math.min(size, content.size())));
        }
        return found;
    }

    private String name(long at) {
        int length = Math.clamp(content.u16(at + 64) - 2L, 0, NAME_OCTETS_MAX) & ~1;
        return InstallerNames.decode(new String(content.bytes(at, length), StandardCharsets.UTF_16LE));
    }

    /** Who lies in which storage: siblings are a tree, which hostile files bend; each entry is visited once. */
    private int[] parents(long[] at) {
        int[] parents = new int[at.length];
        Arrays.fill(parents, -1);
        BitSet seen = new BitSet();
        Deque<int[]> open = new ArrayDeque<>();
        if (at.length > 0) {
            seen.set(0);
            open.push(new int[] {0, -1});
        }
        while (!open.isEmpty()) {
            int[] next = open.pop();
            long entry = at[next[0]];
            parents[next[0]] = next[1];
            if (next[0] != 0) {
                visit(content.u32(entry + 68), next[1], seen, open, at.length);
                visit(content.u32(entry + 72), next[1], seen, open, at.length);
            }
            visit(content.u32(entry + 76), next[0], seen, open, at.length);
        }
        return parents;
    }

    private static void visit(long index, int parent, BitSet seen, Deque<int[]> open, int count) {
        if (index >= 0 && index < count && !seen.get((int) index)) {
            seen.set((int) index);
            open.push(new int[] {(int) index, parent});
        }
    }
}
