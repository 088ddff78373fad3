package jp.genkan.dataplane.flow;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The lists of a {@link FlowTable}'s records: one for each class, in the order of the flows' last packets, and one of flows that have ended.
 * Doubly linked through the records themselves; every operation is O(1).
 *
 * <p>Thread rule: the table's worker.
 */
final class FlowLists {
    private final MemorySegment records;
    private final int recordBytes;
    private final int[] heads = new int[FlowRecord.LISTS];
    private final int[] tails = new int[FlowRecord.LISTS];
    private final int[] sizes = new int[FlowRecord.LISTS];

    FlowLists(MemorySegment records, int recordBytes) {
        this.records = records;
        this.recordBytes = recordBytes;
        Arrays.fill(heads, FlowRecord.NIL);
        Arrays.fill(tails, FlowRecord.NIL);
    }

    /** The record that has been in the list the longest, or {@link FlowRecord#NIL}. */
    int head(int list) {
        return heads[list];
    }

    int size(int list) {
        return sizes[list];
    }

    void append(int list, int index, long base, long nanos) {
        int tail = tails[list];
        putInt(base, FlowRecord.LIST_PREV, tail);
        putInt(base, FlowRecord.LIST_NEXT, FlowRecord.NIL);
        records.set(FlowRecord.LONG, base + FlowRecord.LIST_NANOS, nanos);
        if (tail == FlowRecord.NIL) {
            heads[list] = index;
        } else {
            putInt(base(tail), FlowRecord.LIST_NEXT, index);
        }
        tails[list] = index;
        sizes[list]++;
    }

    void unlink(int list, long base) {
        int prev = getInt(base, FlowRecord.LIST_PREV);
        int next = getInt(base, FlowRecord.LIST_NEXT);
        if (prev == FlowRecord.NIL) {
            heads[list] = next;
        } else {
            putInt(base(prev), FlowRecord.LIST_NEXT, next);
        }
        if (next == FlowRecord.NIL) {
            tails[list] = prev;
        } else {
            putInt(base(next), FlowRecord.LIST_PREV, prev);
        }
        sizes[list]--;
    }

    /** Of the heads of these classes, the one that was appended first, or {@link FlowRecord#NIL}. */
    int oldest(int firstClass, int lastClass) {
        int oldest = FlowRecord.NIL;
        long oldestNanos = 0;
        for (int list = firstClass; list <= lastClass; list++) {
            int head = heads[list];
            if (head != FlowRecord.NIL) {
                long nanos = records.get(FlowRecord.LONG, base(head) + FlowRecord.LIST_NANOS);
                if (oldest == FlowRecord.NIL || nanos - oldestNanos < 0) {
                    oldest = head;
                    oldestNanos = nanos;
                }
            }
        }
        return oldest;
    }

    private long base(int index) {
        return (long) index * recordBytes;
    }

    private int getInt(long base, int field) {
        return records.get(FlowRecord.INT, base + field);
    }

    private void putInt(long base, int field, int value) {
        records.set(FlowRecord.INT, base + field, value);
    }
}
