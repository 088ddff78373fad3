package jp.genkan.access.reputation;

import java.util.Arrays;
import java.util.List;

/**
 * Turns overlapping ranges of several lists into disjoint, sorted pieces, each with the one entry that counts there: a list that blocks
 * before one that logs, then the narrower entry, then the list that is configured first.
 *
 * <p>One pass from the lowest address to the highest over the entries in order of their beginning; the entries that cover the place at
 * hand wait in a heap. O(n log n), primitives only: a million entries take about a second of the control plane.
 */
final class RangeSweep {
    /** Takes the pieces in order. */
    interface PieceSink {
        /** One piece; {@code entry} is the number under which the winning range was added. */
        void piece(long firstHigh, long firstLow, long lastHigh, long lastLow, int entry);
    }

    private final List<ReputationList> lists;
    private final long[] firstHigh;
    private final long[] firstLow;
    private final long[] lastHigh;
    private final long[] lastLow;
    private final int[] list;
    private int count;

    private int[] heap = new int[16];
    private int heapSize;

    // the piece that is not handed on yet, because the next one may continue it
    private long pieceFirstHigh;
    private long pieceFirstLow;
    private long pieceLastHigh;
    private long pieceLastLow;
    private int pieceEntry = -1;

    RangeSweep(List<ReputationList> lists, int entries) {
        this.lists = lists;
        firstHigh = new long[entries];
        firstLow = new long[entries];
        lastHigh = new long[entries];
        lastLow = new long[entries];
        list = new int[entries];
    }

    void add(long fromHigh, long fromLow, long toHigh, long toLow, int listNumber) {
        firstHigh[count] = fromHigh;
        firstLow[count] = fromLow;
        lastHigh[count] = toHigh;
        lastLow[count] = toLow;
        list[count] = listNumber;
        count++;
    }

    int listOf(int entry) {
        return list[entry];
    }

    long firstHigh(int entry) {
        return firstHigh[entry];
    }

    long firstLow(int entry) {
        return firstLow[entry];
    }

    long lastHigh(int entry) {
        return lastHigh[entry];
    }

    long lastLow(int entry) {
        return lastLow[entry];
    }

    /** Hands the disjoint pieces to the sink, in order. */
    void sweep(PieceSink sink) {
        int[] order = sortedByFirst();
        int next = 0;
        long high = 0;
        long low = 0;
        while (next < count || heapSize > 0) {
            if (heapSize == 0) {
                high = firstHigh[order[next]];
                low = firstLow[order[next]];
            }
            while (next < count && compare(firstHigh[order[next]], firstLow[order[next]], high, low) <= 0) {
                push(order[next++]);
            }
            while (heapSize > 0 && compare(lastHigh[heap[0]], lastLow[heap[0]], high, low) < 0) {
                pop();
            }
            if (heapSize == 0) {
                continue;
            }
            int winner = heap[0];
            long endHigh = lastHigh[winner];
            long endLow = lastLow[winner];
            if (next < count && compare(firstHigh[order[next]], firstLow[order[next]], endHigh, endLow) <= 0) {
                long beforeHigh = firstHigh[order[next]];
                long beforeLow = firstLow[order[next]];
                endHigh = beforeLow == 0 ? beforeHigh - 1 : beforeHigh;
                endLow = beforeLow - 1;
            }
            emit(sink, high, low, endHigh, endLow, winner);
            if (endHigh == -1L && endLow == -1L) {
                break; // nothing lies beyond the highest address
            }
            low = endLow + 1;
            high = low == 0 ? endHigh + 1 : endHigh;
        }
        flush(sink);
    }

    private void emit(PieceSink sink, long fromHigh, long fromLow, long toHigh, long toLow, int entry) {
        boolean continues = entry == pieceEntry
                && fromLow == pieceLastLow + 1
                && fromHigh == (pieceLastLow == -1L ? pieceLastHigh + 1 : pieceLastHigh);
        if (!continues) {
            flush(sink);
            pieceFirstHigh = fromHigh;
            pieceFirstLow = fromLow;
            pieceEntry = entry;
        }
        pieceLastHigh = toHigh;
        pieceLastLow = toLow;
    }

    private void flush(PieceSink sink) {
        if (pieceEntry >= 0) {
            sink.piece(pieceFirstHigh, pieceFirstLow, pieceLastHigh, pieceLastLow, pieceEntry);
        }
        pieceEntry = -1;
    }

    private static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    // ---- which of two entries counts where both cover an address

    private boolean outweighs(int entry, int other) {
        ListAction action = lists.get(list[entry]).action();
        ListAction otherAction = lists.get(list[other]).action();
        if (action != otherAction) {
            return action == ListAction.BLOCK;
        }
        long widthLow = lastLow[entry] - firstLow[entry];
        long widthHigh = lastHigh[entry] - firstHigh[entry] - borrow(entry);
        long otherWidthLow = lastLow[other] - firstLow[other];
        long otherWidthHigh = lastHigh[other] - firstHigh[other] - borrow(other);
        int byWidth = compare(widthHigh, widthLow, otherWidthHigh, otherWidthLow);
        if (byWidth != 0) {
            return byWidth < 0;
        }
        return list[entry] != list[other] ? list[entry] < list[other] : entry < other;
    }

    private long borrow(int entry) {
        return Long.compareUnsigned(lastLow[entry], firstLow[entry]) < 0 ? 1 : 0;
    }

    private void push(int entry) {
        if (heapSize == heap.length) {
            heap = Arrays.copyOf(heap, heap.length * 2);
        }
        int at = heapSize++;
        while (at > 0 && outweighs(entry, heap[(at - 1) / 2])) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = entry;
    }

    private void pop() {
        int moved = heap[--heapSize];
        int at = 0;
        while (2 * at + 1 < heapSize) {
            int child = 2 * at + 1;
            if (child + 1 < heapSize && outweighs(heap[child + 1], heap[child])) {
                child++;
            }
            if (!outweighs(heap[child], moved)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = moved;
    }

    // ---- merge sort over entry numbers; feeds are mostly sorted already, so halves that are in order are not merged

    private int[] sortedByFirst() {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        sort(order, new int[count], 0, count);
        return order;
    }

    private void sort(int[] order, int[] spare, int from, int to) {
        if (to - from < 2) {
            return;
        }
        int middle = (from + to) >>> 1;
        sort(order, spare, from, middle);
        sort(order, spare, middle, to);
        if (compareFirst(order[middle - 1], order[middle]) <= 0) {
            return;
        }
        System.arraycopy(order, from, spare, from, middle - from);
        int left = from;
        int right = middle;
        for (int at = from; left < middle; at++) {
            boolean takeLeft = right == to || compareFirst(spare[left], order[right]) <= 0;
            order[at] = takeLeft ? spare[left++] : order[right++];
        }
    }

    private int compareFirst(int entry, int other) {
        return compare(firstHigh[entry], firstLow[entry], firstHigh[other], firstLow[other]);
    }
}
