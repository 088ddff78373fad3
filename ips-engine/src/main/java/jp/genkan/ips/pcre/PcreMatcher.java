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
 * <p>PCRE2 bounds steps, not time: one step may read the whole subject, and the steps are counted anew at each starting place. So a search
 * runs in short calls, and the clock is read between them: a few starting places and a few steps first; where that was cheap, more places
 * or more steps the next time. An expression whose steps are cheap gets all that its {@link PcreLimit} grants; one whose steps are
 * expensive on this subject is stopped after about a millisecond.
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

    /** Octets of a subject that are looked at: more than twice Suricata's default for a body. */
    static final int SUBJECT_LENGTH_MAX = 256 * 1024;
    /** Groups that can be asked for: eight can be named in a rule; the rest of a larger expression matches all the same. */
    static final int GROUPS_MAX = 64;
    /** Time after which no further call begins. Of the expressions of a free rule set, nearly all search 64 KiB in a tenth of it. */
    static final long BUDGET_NANOS = 1_000_000;
    /** What one call counts for at most: a thread that the kernel puts aside during one call does not lose the match. */
    static final long CALL_NANOS_MAX = BUDGET_NANOS / 2;
    /** A call below it was cheap: the next one may be longer. */
    static final long CALL_NANOS_CHEAP = BUDGET_NANOS / 16;
    /** Starting places of the first call times octets of the subject: attempts that each read the whole subject take 0.1 ms here. */
    static final int FIRST_PLACES_OCTETS = 16_384;
    /** The fewest starting places of a call. */
    static final int PLACES_MIN = 2;
    /** Steps of the first call times octets of the subject: steps that each read the whole subject take 0.1 ms here. */
    static final int FIRST_STEPS_OCTETS = 262_144;
    /** The fewest steps of a call: with fewer, ordinary expressions would run twice. On 64 KiB they take 1.4 ms at worst. */
    static final int STEPS_MIN = 64;
    /** How many times more starting places or steps the next call has. */
    private static final int GROWTH = 4;
    /** How many times more starting places the next call has after one that took a sixteenth of a cheap one. */
    private static final int GROWTH_FAST = 16;
    /** Up to here the library reads the Java array, without a copy. The collector waits for such a call, so a long one takes the copy. */
    static final int ON_HEAP_MAX = 16_384;

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
    private final long context;
    /** For expressions that are searched a few starting places at a time. */
    private final long slicedContext;

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
            context = context();
            slicedContext = context();
            offsets = Pcre2.memory((long) Pcre2.GET_OVECTOR_POINTER.invokeExact(matchData), GROUPS_MAX * GROUP_BYTES);
        } catch (Throwable e) {
            throw Pcre2.unexpected(e);
        }
    }

    private long context() throws Throwable {
        long context = (long) Pcre2.MATCH_CONTEXT_CREATE.invokeExact(0L);
        if (context == 0) {
            throw new OutOfMemoryError("no memory for a regular expression matcher");
        }
        int result = (int) Pcre2.SET_DEPTH_LIMIT.invokeExact(context, DEPTH_MAX);
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
            result = search(expression, subject, length, startAt - from, onHeap);
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
        limitHits++; // the match limit, the stack, the heap; other errors cannot come from octets and are as good as a
        // limit
        return LIMIT;
    }

    private int search(PcreExpression expression, byte[] subject, int length, int startAt, boolean onHeap)
            throws Throwable {
        int stepsMax = expression.steps(length);
        int steps = Math.min(stepsMax, Math.max(STEPS_MIN, FIRST_STEPS_OCTETS / Math.max(1, length)));
        int places = expression.isSliced()
                ? Math.max(PLACES_MIN, FIRST_PLACES_OCTETS / Math.max(1, length))
                : SUBJECT_LENGTH_MAX + 1;
        int at = startAt;
        long spent = 0;
        long before = System.nanoTime();
        while (true) { // ends: every round spends time, of which there is a budget, and grows one of two bounds
            int last = Math.min(length, at + places - 1);
            int result = call(expression, bounded(expression, steps, last), subject, length, at, onHeap);
            boolean more = result == Pcre2.ERROR_NO_MATCH
                    ? last < length
                    : result == Pcre2.ERROR_MATCH_LIMIT && steps < stepsMax;
            if (!more) {
                return result;
            }
            long now = System.nanoTime();
            long took = now - before;
            before = now;
            spent += Math.min(took, CALL_NANOS_MAX);
            if (spent >= BUDGET_NANOS) {
                return Pcre2.ERROR_TIME;
            }
            if (result == Pcre2.ERROR_NO_MATCH) {
                at = last + 1;
                places = nextPlaces(places, took);
            } else {
                steps = Math.min(stepsMax, steps * GROWTH);
            }
        }
    }

    private static int nextPlaces(int places, long tookNanos) {
        if (tookNanos < CALL_NANOS_CHEAP) {
            int growth = tookNanos < CALL_NANOS_CHEAP / GROWTH_FAST ? GROWTH_FAST : GROWTH;
            return Math.min(SUBJECT_LENGTH_MAX, places * growth);
        }
        return tookNanos > CALL_NANOS_MAX ? Math.max(PLACES_MIN, places / GROWTH) : places;
    }

    /** The context with the bounds of the next call. */
    private long bounded(PcreExpression expression, int steps, int lastPlace) throws Throwable {
        if (!expression.isSliced()) {
            int ignored = (int) Pcre2.SET_MATCH_LIMIT.invokeExact(context, steps); // always zero
            return context;
        }
        int ignored = (int) Pcre2.SET_MATCH_LIMIT.invokeExact(slicedContext, steps);
        ignored = (int) Pcre2.SET_OFFSET_LIMIT.invokeExact(slicedContext, (long) lastPlace);
        return slicedContext;
    }

    private int call(PcreExpression expression, long bounds, byte[] subject, int length, int startAt, boolean onHeap)
            throws Throwable {
        if (onHeap) {
            MemorySegment octets = MemorySegment.ofArray(subject).asSlice(base, length);
            return (int) Pcre2.MATCH_ON_HEAP.invokeExact(
                    expression.code(), octets, (long) length, (long) startAt, 0, matchData, bounds);
        }
        return (int) Pcre2.MATCH.invokeExact(
                expression.code(), buffer.address(), (long) length, (long) startAt, 0, matchData, bounds);
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
            Pcre2.MATCH_CONTEXT_FREE.invokeExact(context);
            Pcre2.MATCH_CONTEXT_FREE.invokeExact(slicedContext);
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
