package jp.genkan.ips.pcre;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.nio.charset.StandardCharsets;

/**
 * A compiled expression. Its native memory is freed some time after the last reference has gone.
 *
 * <p>Octets are octets: no Unicode, whatever the expression asks for, since traffic is not text.
 *
 * <p>Thread rule: shared by all workers; nothing that can be seen of it changes.
 */
public final class PcreExpression {
    /** The longest expression of the free rule sets has some 1,600 characters. */
    static final int PATTERN_LENGTH_MAX = 65_536;

    /**
     * A step of an expression with a back-reference may compare as much as a group has captured: {@code (.*)\1} takes 25 ms on 16 KiB.
     * On longer subjects it has fewer steps.
     */
    private static final int REFERRING_LENGTH_MAX = 2_048;

    private static final Cleaner CLEANER = Cleaner.create();

    private final long code;
    private final int captureCount;
    private final int minimumLength;
    private final boolean sliced;
    private final boolean backReferences;
    private final PcreLimit limit;
    private volatile boolean machineCode;

    private PcreExpression(long code, boolean sliceable, PcreLimit limit) {
        this.code = code;
        this.limit = limit;
        captureCount = (int) Pcre2.info(code, Pcre2.INFO_CAPTURE_COUNT);
        minimumLength = (int) Pcre2.info(code, Pcre2.INFO_MIN_LENGTH);
        backReferences = Pcre2.info(code, Pcre2.INFO_BACK_REFERENCE_MAX) > 0;
        boolean anchored = ((int) Pcre2.info(code, Pcre2.INFO_ALL_OPTIONS) & Pcre2.ANCHORED) != 0;
        sliced = sliceable && !anchored;
    }

    /** Compiles under {@link PcreLimit#USUAL}. */
    public static PcreExpression compile(String latin1Pattern, int options) throws PcreException {
        return compile(latin1Pattern, options, PcreLimit.USUAL);
    }

    /**
     * Compiles.
     *
     * @param latin1Pattern octets as characters; NUL is an octet like others
     * @param options as {@link PcreOption#compileOptions()} has them
     * @throws PcreException with the place in {@code latin1Pattern}
     */
    public static PcreExpression compile(String latin1Pattern, int options, PcreLimit limit) throws PcreException {
        if (latin1Pattern.length() > PATTERN_LENGTH_MAX) {
            throw new PcreException("longer than " + PATTERN_LENGTH_MAX + " octets", PATTERN_LENGTH_MAX);
        }
        for (int i = 0; i < latin1Pattern.length(); i++) {
            if (latin1Pattern.charAt(i) > 0xff) {
                throw new PcreException("a character that is no octet", i);
            }
        }
        boolean sliceable = isSliceable(latin1Pattern);
        int all = options | Pcre2.NEVER_UTF | (sliceable ? Pcre2.USE_OFFSET_LIMIT : 0);
        byte[] octets = latin1Pattern.getBytes(StandardCharsets.ISO_8859_1);
        long code = compile(octets, all);
        PcreExpression expression = new PcreExpression(code, sliceable, limit);
        CLEANER.register(expression, () -> free(code));
        return expression;
    }

    private static long compile(byte[] octets, int options) throws PcreException {
        long code;
        int error;
        long offset;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pattern = arena.allocate(octets.length + 1L);
            MemorySegment.copy(octets, 0, pattern, JAVA_BYTE, 0, octets.length);
            MemorySegment errorPlace = arena.allocate(JAVA_INT);
            MemorySegment offsetPlace = arena.allocate(JAVA_LONG);
            code = (long) Pcre2.COMPILE.invokeExact(
                    pattern.address(), (long) octets.length, options, errorPlace.address(), offsetPlace.address(), 0L);
            error = errorPlace.get(JAVA_INT, 0);
            offset = offsetPlace.get(JAVA_LONG, 0);
        } catch (Throwable e) {
            throw Pcre2.unexpected(e);
        }
        if (code == 0) {
            throw new PcreException(Pcre2.errorMessage(error), Math.clamp(offset, 0, octets.length));
        }
        return code;
    }

    private static void free(long code) {
        try {
            Pcre2.CODE_FREE.invokeExact(code);
        } catch (Throwable e) {
            throw Pcre2.unexpected(e);
        }
    }

    /** A search may go on at a later octet as if it had not stopped, unless the expression sees where it began or steers it by verbs. */
    private static boolean isSliceable(String pattern) {
        return !pattern.contains("\\G") && !pattern.contains("(*");
    }

    /** How many groups it has; the whole match is not one. */
    public int captureCount() {
        return captureCount;
    }

    /** No shorter subject matches. */
    public int minimumLength() {
        return minimumLength;
    }

    /**
     * Compiled to machine code, which happens when it is asked for the first time: most expressions of a large set never are. Whoever comes meanwhile waits, since
     * PCRE2 must not compile what it is matching.
     */
    long code() {
        if (!machineCode) {
            toMachineCode();
        }
        return code;
    }

    private synchronized void toMachineCode() {
        if (machineCode) {
            return;
        }
        try {
            int ignored = (int)
                    Pcre2.JIT_COMPILE.invokeExact(code, Pcre2.JIT_COMPLETE); // without machine code it is only slower
            machineCode = true;
        } catch (Throwable e) {
            throw Pcre2.unexpected(e);
        }
    }

    boolean isSliced() {
        return sliced;
    }

    /** How many steps an attempt may take on a subject of some length. */
    int steps(int length) {
        return backReferences && length > REFERRING_LENGTH_MAX ? PcreLimit.STEPS_REFERRING : limit.steps();
    }
}
