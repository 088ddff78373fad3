package jp.genkan.ips.pcre;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Objects;

/**
 * Matches expressions against octets, within bounds: a match that takes too long is given up and counted.
 *
 * <p>Three bounds hold. PCRE2's match limit ends an attempt that goes back too often. A long subject is searched in slices of starting
 * places, and between slices the clock is read, since many attempts that each stay below the match limit add up. The stack of compiled
 * expressions is a fixed piece of memory.
 *
 * <p>Thread rule: one worker's. No allocation after construction but the growth of the buffer for long subjects.
 */
public final class PcreMatcher implements AutoCloseable {
    /** A match was found. */
    public static final int MATCH = 1;
    /** There is none. */
    public static final int NO_MATCH = 0;
    /** A bound was reached: it is not known whether there is one. */
    public static final int LIMIT = -1;

    /** Octets of a subject that are looked at; Suricata's default for a body is a tenth. */
    static final int SUBJECT_LENGTH_MAX = 1 << 20;
    /** Groups that can be asked for: eight can be named in a rule; the rest of a larger expression matches all the same. */
    static final int GROUPS_MAX = 64;
    /** Time after which no further slice begins. Ordinary searches of 64 KiB take a tenth of it. */
    static final long BUDGET_NANOS = 1_000_000;
    /** Up to here the search is one slice: the worst attempts at each place of it have been measured to end in time. */
    static final int FIRST_SLICE = 256;
    /** Up to here the library reads the Java array, which costs less than a copy; longer calls would keep the collector waiting. */
    static final int ON_HEAP_MAX = 4096;

    /** What the library uses of the thread's own stack without one of ours. */
    private static final long JIT_STACK_START = 32 * 1024;
    /** Half of what the manual calls enough for any expression. */
    private static final long JIT_STACK_MAX = 256 * 1024;
    /** For expressions that run without machine code: what a match may keep to go back to. */
    private static final int HEAP_KIBIBYTES_MAX = 4 * 1024;
    /** Suricata's default for how deep an attempt may nest; only without machine code. */
    private static final int DEPTH_MAX = 1_500;

    private static final long GROUP_BYTES = 16;
    private static final int FIRST_BUFFER = 64 * 1024;

    private final long matchData;
    private final long jitStack;
    private final long[] contexts = new long[PcreLimit.values().length];
    private final long[] slicedContexts = new long[PcreLimit.values().length];
    private final MemorySegment offsets;

    private Arena bufferArena = Arena.ofShared();
    private MemorySegment buffer = bufferArena.allocate(FIRST_BUFFER);
    private int base;
    private int groups;
    private long limitHits;
    private long cutSubjects;
    private boolean closed;

    public PcreMatcher() {
        try {
            matchData = (long) Pcre2.MATCH_DATA_CREATE.invokeExact(GROUPS_MAX, 0L);
            jitStack = (long) Pcre2.JIT_STACK_CREATE.invokeExact(JIT_STACK_START, JIT_STACK_MAX, 0L);
            if (matchData == 0) {
                throw new OutOfMemoryError("no memory for a regular expression matcher");
            }
            for (PcreLimit limit : PcreLimit.values()) {
                contexts[limit.ordinal()] = context(limit);
                slicedContexts[limit.ordinal()] = context(limit);
            }
            offsets = Pcre2.memory((long) Pcre2.GET_OVECTOR_POINTER.invokeExact(matchData), GROUPS_MAX * GROUP_BYTES);
        } catch (Throwable e) {
            throw Pcre2.unexpected(e);
        }
    }

    private long context(PcreLimit limit) throws Throwable {
        long context = (long) Pcre2.MATCH_CONTEXT_CREATE.invokeExact(0L);
        if (context == 0) {
            throw new OutOfMemoryError("no memory for a regular expression matcher");
        }
        int result = (int) Pcre2.SET_MATCH_LIMIT.invokeExact(context, limit.steps());
        result |= (int) Pcre2.SET_DEPTH_LIMIT.invokeExact(context, DEPTH_MAX);
        result |= (int) Pcre2.SET_HEAP_LIMIT.invokeExact(context, HEAP_KIBIBYTES_MAX);
        if (result != 0) {
            throw new IllegalStateException("PCRE2 takes no limits: " + result);
        }
        Pcre2.JIT_STACK_ASSIGN.invokeExact(context, 0L, jitStack);
        return context;
    }

    /**
     * Searches for the expression.
     *
     * @param subject holds the octets
     * @param from the subject's first octet: {@code ^} matches before it, and nothing looks behind it
     * @param to after its last octet
     * @param startAt where the search begins, from {@code from} to {@code to}
     * @return {@link #MATCH}, {@link #NO_MATCH} or {@link #LIMIT}
     */
    public int match(PcreExpression expression, byte[] subject, int from, int to, int startAt) {
        Objects.checkFromToIndex(from, to, subject.length);
        Objects.checkFromToIndex(from, startAt, to);
        if (closed) {
            throw new IllegalStateException("closed");
        }
        int end = to;
        if (to - from > SUBJECT_LENGTH_MAX) {
            end = from + SUBJECT_LENGTH_MAX;
            cutSubjects++;
        }
        groups = 0;
        base = from;
        if (end - startAt < expression.minimumLength()) {
            return NO_MATCH;
        }
        int length = end - from;
        boolean onHeap = length <= ON_HEAP_MAX;
        if (!onHeap) {
            copy(subject, from, length);
        }
        int result;
        try {
            result = expression.isSliced()
                    ? searchSliced(expression, subject, length, startAt - from, onHeap)
                    : call(expression, contexts[expression.limit().ordinal()], subject, length, startAt - from, onHeap);
        } catch (Throwable e) {
            throw Pcre2.unexpected(e);
        } finally {
            Reference.reachabilityFence(expression);
        }
        return outcome(expression, result);
    }

    private int outcome(PcreExpression expression, int result) {
        if (result >= 0) {
            groups = Math.min(GROUPS_MAX, expression.captureCount() + 1);
            return MATCH;
        }
        if (result == Pcre2.ERROR_NO_MATCH) {
            return NO_MATCH;
        }
        limitHits++; // the match limit, the stack, the heap; other errors cannot come from octets and are as good as a limit
        return LIMIT;
    }

    /** The first slice is short and each is twice as long as the one before: a cheap search has few of them, an expensive one ends early. */
    private int searchSliced(PcreExpression expression, byte[] subject, int length, int startAt, boolean onHeap)
            throws Throwable {
        long context = slicedContexts[expression.limit().ordinal()];
        int slice = FIRST_SLICE;
        int at = startAt;
        if (length - at <= slice) {
            setOffsetLimit(context, length);
            return call(expression, context, subject, length, at, onHeap);
        }
        long began = System.nanoTime();
        while (true) {
            int last = Math.min(length, at + slice - 1);
            setOffsetLimit(context, last);
            int result = call(expression, context, subject, length, at, onHeap);
            if (result != Pcre2.ERROR_NO_MATCH || last == length) {
                return result;
            }
            if (System.nanoTime() - began > BUDGET_NANOS) {
                return Pcre2.ERROR_TIME;
            }
            at = last + 1;
            slice *= 2;
        }
    }

    private static void setOffsetLimit(long context, long limit) throws Throwable {
        int ignored = (int) Pcre2.SET_OFFSET_LIMIT.invokeExact(context, limit); // always zero
    }

    private int call(PcreExpression expression, long context, byte[] subject, int length, int startAt, boolean onHeap)
            throws Throwable {
        if (onHeap) {
            MemorySegment octets = MemorySegment.ofArray(subject).asSlice(base, length);
            return (int) Pcre2.MATCH_ON_HEAP.invokeExact(
                    expression.code(), octets, (long) length, (long) startAt, 0, matchData, context);
        }
        return (int) Pcre2.MATCH.invokeExact(
                expression.code(), buffer.address(), (long) length, (long) startAt, 0, matchData, context);
    }

    private void copy(byte[] subject, int from, int length) {
        if (length > buffer.byteSize()) {
            bufferArena.close();
            bufferArena = Arena.ofShared();
            buffer = bufferArena.allocate(Math.min(SUBJECT_LENGTH_MAX, Integer.highestOneBit(length) * 2L));
        }
        MemorySegment.copy(subject, from, buffer, JAVA_BYTE, 0, length);
    }

    /** Where a group of the last match begins in the array; -1 when it took no part. Group 0 is the whole match. */
    public int start(int group) {
        return offset(group, 0);
    }

    /** Where a group of the last match ends in the array; -1 when it took no part. */
    public int end(int group) {
        return offset(group, 1);
    }

    private int offset(int group, int side) {
        if (group < 0 || group >= groups) {
            return -1;
        }
        long offset = offsets.getAtIndex(JAVA_LONG, 2L * group + side);
        return offset == Pcre2.UNSET ? -1 : base + (int) offset;
    }

    /** How many calls ended at a bound. */
    public long limitHits() {
        return limitHits;
    }

    /** How many subjects were longer than what is looked at. */
    public long cutSubjects() {
        return cutSubjects;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (int i = 0; i < contexts.length; i++) {
                Pcre2.MATCH_CONTEXT_FREE.invokeExact(contexts[i]);
                Pcre2.MATCH_CONTEXT_FREE.invokeExact(slicedContexts[i]);
            }
            Pcre2.MATCH_DATA_FREE.invokeExact(matchData);
            if (jitStack != 0) {
                Pcre2.JIT_STACK_FREE.invokeExact(jitStack);
            }
        } catch (Throwable e) {
            throw Pcre2.unexpected(e);
        } finally {
            bufferArena.close();
        }
    }
}
