package jp.genkan.av.yara.module.dotnet;

import jp.genkan.av.content.Content;
import org.jspecify.annotations.Nullable;

/**
 * The tables of .NET metadata (ECMA-335 §II.22 and §II.24.2.6): a head that says which tables there are and how many rows each has, then their
 * rows. How wide a column is depends on the size of what it points to.
 *
 * <p>Thread rule: immutable; the thread that scans.
 */
final class MetadataTables {
    static final int MODULE = 0x00;
    static final int TYPE_REF = 0x01;
    static final int MEMBER_REF = 0x0a;
    static final int CONSTANT = 0x0b;
    static final int CUSTOM_ATTRIBUTE = 0x0c;
    static final int MODULE_REF = 0x1a;
    static final int FIELD_RVA = 0x1d;
    static final int ASSEMBLY = 0x20;
    static final int ASSEMBLY_REF = 0x23;
    static final int MANIFEST_RESOURCE = 0x28;

    private static final int TABLES = 45;
    private static final int HEAD = 24;
    private static final long SMALL_INDEX_MAX = 0xffff;

    /**
     * Columns by table. 1, 2, 4: octets. S, G, B: index into the heap of strings, GUIDs, blobs. Two hexadecimal digits behind {@code t}: index
     * into a table. A letter behind {@code c}: an index into one of several tables, see {@link #coded}.
     */
    private static final String[] COLUMNS = {
        "2 S G G G", "cR S S", "4 S S cT t04 t06", "t04", "2 S B", "t06", "4 2 2 S B t08", "t08", "2 2 S", "t02 cT",
        "cP S B", "1 1 cC B", "cA cU B", "cF B", "2 cS B", "2 4 t02", "4 t04", "B", "t02 t14", "t14",
        "2 S cT", "t02 t17", "t17", "2 S B", "2 t06 cH", "t02 cM cM", "S", "B", "2 cW S t1a", "4 t04",
        "4 4", "4", "4 2 2 2 2 4 B S S", "4", "4 4 4", "2 2 2 2 4 B S S B", "4 t23", "4 4 4 t23", "4 S B", "4 4 S S cI",
        "4 4 S cI", "t02 t02", "2 2 cY S", "cM B", "t2a cT"
    };

    private final Content content;
    private final int heapSizes;
    private final long[] rows = new long[TABLES];
    private final long[] begins = new long[TABLES];
    private final int[] widths = new int[TABLES];
    private int readable;

    private MetadataTables(Content content, long at) {
        this.content = content;
        this.heapSizes = content.u8(at + 6);
        long valid = content.i64(at + 8);
        long counts = at + HEAD;
        for (int table = 0; table < Long.SIZE; table++) {
            if ((valid >>> table & 1) != 0) {
                if (table < TABLES) {
                    rows[table] = Math.max(0, content.u32(counts));
                }
                counts += 4;
            }
        }
        long begin = counts;
        for (int table = 0; table < TABLES; table++) {
            begins[table] = begin;
            widths[table] = offset(table, Integer.MAX_VALUE);
            if (!content.has(begin, rows[table] * widths[table])) {
                break;
            }
            begin += rows[table] * widths[table];
            readable = table + 1;
        }
    }

    /** The tables of a stream; null when it has none. */
    static @Nullable MetadataTables of(Content content, long at) {
        return content.has(at, HEAD) ? new MetadataTables(content, at) : null;
    }

    /** How many rows of a table are there. */
    int rows(int table) {
        return table < readable ? (int) Math.min(rows[table], Integer.MAX_VALUE) : 0;
    }

    /** Offset of a column in its row; of one behind the last the row's width. */
    private int offset(int table, int column) {
        int offset = 0;
        int index = 0;
        for (String kind : COLUMNS[table].split(" ", -1)) {
            if (index++ == column) {
                break;
            }
            offset += width(kind);
        }
        return offset;
    }

    private int width(String kind) {
        return switch (kind.charAt(0)) {
            case '1' -> 1;
            case '2' -> 2;
            case '4' -> 4;
            case 'S' -> (heapSizes & 1) != 0 ? 4 : 2;
            case 'G' -> (heapSizes & 2) != 0 ? 4 : 2;
            case 'B' -> (heapSizes & 4) != 0 ? 4 : 2;
            case 't' -> rows[Integer.parseInt(kind, 1, 3, 16)] > SMALL_INDEX_MAX ? 4 : 2;
            default -> coded(kind.charAt(1));
        };
    }

    /** Width of an index into one of several tables, which takes some bits to say which (§II.24.2.6). */
    private int coded(char kind) {
        return switch (kind) {
            case 'T' -> widest(2, 0x02, 0x01, 0x1b);
            case 'C' -> widest(2, 0x04, 0x08, 0x17);
            case 'U' -> widest(3, 0x06, 0x0a);
            case 'A' ->
                widest(
                        5, 0x06, 0x04, 0x01, 0x02, 0x08, 0x09, 0x0a, 0x00, 0x0e, 0x17, 0x14, 0x11, 0x1a, 0x1b, 0x20,
                        0x23, 0x26, 0x27, 0x28, 0x2a, 0x2c, 0x2b);
            case 'F' -> widest(1, 0x04, 0x08);
            case 'S' -> widest(2, 0x02, 0x06, 0x20);
            case 'P' -> widest(3, 0x02, 0x01, 0x1a, 0x06, 0x1b);
            case 'H' -> widest(1, 0x14, 0x17);
            case 'M' -> widest(1, 0x06, 0x0a);
            case 'W' -> widest(1, 0x04, 0x06);
            case 'I' -> widest(2, 0x26, 0x23, 0x27);
            case 'R' -> widest(2, 0x00, 0x1a, 0x23, 0x01);
            case 'Y' -> widest(1, 0x02, 0x06);
            default -> throw new AssertionError(kind);
        };
    }

    private int widest(int bits, int... tables) {
        long most = 0;
        for (int table : tables) {
            most = Math.max(most, rows[table]);
        }
        return most > SMALL_INDEX_MAX >> bits ? 4 : 2;
    }

    /** A column's value. */
    long value(int table, int row, int column) {
        String kind = COLUMNS[table].split(" ", -1)[column];
        long at = begins[table] + (long) row * widths[table] + offset(table, column);
        return switch (width(kind)) {
            case 1 -> content.u8(at);
            case 2 -> content.u16(at);
            default -> content.u32(at);
        };
    }
}
