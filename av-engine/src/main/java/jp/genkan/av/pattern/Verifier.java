package jp.genkan.av.pattern;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Says whether forms match where their literals were found, or anywhere.
 *
 * <p>Thread rule: one thread.
 */
final class Verifier {
    /** Octets that an expression looks at, before a literal and from it on: as YARA does, so that results are the same. */
    static final int EXPRESSION_OCTETS_MAX = 4_096;

    /** Places that are looked at between two looks at the clock. */
    private static final int PLACES_A_LOOK = 1 << 14;

    private final Machine machine = new Machine();
    private MemorySegment octets = MemorySegment.NULL;
    private int size;
    private long deadline;
    private long stepsAtLook;
    private boolean late;

    /** Takes the octets that are looked at next. */
    void begin(MemorySegment contents, int sizeOfThem, long deadlineOfThem) {
        octets = contents;
        size = sizeOfThem;
        deadline = deadlineOfThem;
        late = false;
        stepsAtLook = 0;
        machine.begin(contents);
    }

    /** True when the time is over: nothing more matches. */
    boolean isLate() {
        return late;
    }

    /** The same, by a look at the clock. */
    boolean isLateNow() {
        lookAtClock();
        return late;
    }

    private void lookAtClock() {
        late |= System.nanoTime() - deadline > 0;
    }

    /** Adds the matches of a form around a literal of it. */
    void verify(Form form, int place, int literalLength, MatchList into, int matchesMax) {
        if (late || into.count() >= matchesMax) {
            return;
        }
        switch (form) {
            case Form.Exact exact -> add(place, literalLength, exact.words(), into);
            case Form.Masked masked -> {
                long start = (long) place - masked.before();
                if (masked(masked, start)) {
                    add(start, masked.sets().length, masked.words(), into);
                }
            }
            case Form.Expressed expressed -> expressed(expressed, place, into, matchesMax);
        }
    }

    private boolean masked(Form.Masked masked, long start) {
        OctetSet[] sets = masked.sets();
        if (start < 0 || start + sets.length > size) {
            return false;
        }
        for (int i = 0; i < sets.length; i++) {
            if (!sets[i].has(octet(start + i))) {
                return false;
            }
        }
        return true;
    }

    private int octet(long at) {
        return octets.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    private void expressed(Form.Expressed form, int place, MatchList into, int matchesMax) {
        int forward = machine.forward(form.forward(), place, EXPRESSION_OCTETS_MAX);
        if (forward >= 0) {
            if (form.backward().size() == 1) {
                add(place, forward, form.words(), into);
            } else {
                machine.backward(form.backward(), place, EXPRESSION_OCTETS_MAX, start -> {
                    if (into.count() < matchesMax) {
                        add(start, (int) (place - start) + forward, form.words(), into);
                    }
                });
            }
        }
        if (machine.steps() - stepsAtLook > PLACES_A_LOOK) {
            stepsAtLook = machine.steps();
            lookAtClock();
        }
    }

    private void add(long start, int length, Form.Words words, MatchList into) {
        if (length > 0 && (words == Form.Words.ANYTHING || standsAlone(start, length, words))) {
            into.add(start, length);
        }
    }

    private boolean standsAlone(long start, int length, Form.Words words) {
        long end = start + length;
        if (words == Form.Words.NO_WORD) {
            return !(start >= 1 && Machine.isAlphanumeric(octet(start - 1)))
                    && !(end < size && Machine.isAlphanumeric(octet(end)));
        }
        return !(start >= 2 && octet(start - 1) == 0 && Machine.isAlphanumeric(octet(start - 2)))
                && !(end + 1 < size && octet(end + 1) == 0 && Machine.isAlphanumeric(octet(end)));
    }

    /** Adds the matches of a form that begin at a place, whatever literals it has. */
    boolean matchesAt(Form form, long start, MatchList into) {
        int before = into.count();
        switch (form) {
            case Form.Masked masked -> {
                if (masked(masked, start)) {
                    add(start, masked.sets().length, masked.words(), into);
                }
            }
            case Form.Expressed expressed
            when expressed.backward().size() == 1 -> {
                if (start >= 0 && start <= size) {
                    int length = machine.forward(expressed.forward(), start, EXPRESSION_OCTETS_MAX);
                    add(start, Math.max(0, length), expressed.words(), into);
                }
            }
            default -> throw new IllegalStateException("a form with literals is verified from them");
        }
        return into.count() > before;
    }

    /** Searches all octets for a form without literals. */
    void search(Form form, MatchList into, int matchesMax) {
        OctetSet begins = switch (form) {
            case Form.Masked masked -> masked.sets()[0];
            case Form.Expressed expressed -> expressed.forward().begins();
            case Form.Exact exact -> throw new IllegalStateException("it is its literal");
        };
        boolean[] mayBegin = new boolean[256];
        for (int i = 0; i < mayBegin.length; i++) {
            mayBegin[i] = begins.has(i);
        }
        for (int at = 0; at < size && !late && into.count() < matchesMax; at++) {
            if (mayBegin[octet(at)]) {
                matchesAt(form, at, into);
            }
            if (at % PLACES_A_LOOK == 0 || machine.steps() - stepsAtLook > PLACES_A_LOOK) {
                stepsAtLook = machine.steps();
                lookAtClock();
            }
        }
    }
}
