package jp.genkan.av.pattern;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Runs {@link Program}s over octets, all their ways at once, the preferred ones first.
 *
 * <p>Thread rule: one thread.
 */
final class Machine {
    private static final Expression.Assertion[] ASSERTIONS = Expression.Assertion.values();

    private MemorySegment octets = MemorySegment.NULL;
    private long size;
    private int[] now = new int[0];
    private int[] next = new int[0];
    /** In which round an instruction was added last. */
    private int[] rounds = new int[0];

    private int round;
    private int[] stack = new int[0];
    private int nextCount;
    private long steps;

    /** Takes the octets that the next runs look at. */
    void begin(MemorySegment contents) {
        octets = contents;
        size = contents.byteSize();
        steps = 0;
    }

    /** Instructions that ran since {@link #begin}. */
    long steps() {
        return steps;
    }

    private void fit(Program program) {
        if (now.length < program.size()) {
            now = new int[program.size()];
            next = new int[program.size()];
            rounds = new int[program.size()];
            round = 0;
            stack = new int[2 * program.size() + 2];
        }
    }

    private void newRound() {
        if (++round == 0) {
            Arrays.fill(rounds, 0);
            round = 1;
        }
    }

    private int octet(long at) {
        return octets.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    /**
     * Runs forwards from a place.
     *
     * @param limit how many octets may be taken
     * @return octets of the preferred match; -1 when there is none
     */
    int forward(Program program, long from, int limit) {
        fit(program);
        int most = (int) Math.min(limit, size - from);
        nextCount = 0;
        newRound();
        add(program, 0, from);
        int match = -1;
        for (int taken = 0; nextCount > 0; taken++) {
            int count = nextCount;
            int[] current = next;
            next = now;
            now = current;
            nextCount = 0;
            newRound();
            int value = taken < most ? octet(from + taken) : -1;
            steps += count;
            for (int i = 0; i < count; i++) {
                int at = current[i];
                if (program.operations()[at] == Program.MATCH) {
                    match = taken;
                    break; // what follows is preferred less
                }
                if (value >= 0 && takes(program, at, value)) {
                    add(program, at + 1, from + taken + 1);
                }
            }
        }
        return match;
    }

    /**
     * Runs backwards from a place and tells every match.
     *
     * @param until the place behind the last octet
     * @param limit how many octets may be taken
     */
    void backward(Program program, long until, int limit, Starts starts) {
        fit(program);
        int most = (int) Math.min(limit, until);
        nextCount = 0;
        newRound();
        add(program, 0, until);
        for (int taken = 0; nextCount > 0; taken++) {
            int count = nextCount;
            int[] current = next;
            next = now;
            now = current;
            nextCount = 0;
            newRound();
            int value = taken < most ? octet(until - taken - 1) : -1;
            steps += count;
            boolean matched = false;
            for (int i = 0; i < count; i++) {
                int at = current[i];
                if (program.operations()[at] == Program.MATCH) {
                    matched = true;
                } else if (value >= 0 && takes(program, at, value)) {
                    add(program, at + 1, until - taken - 1);
                }
            }
            if (matched) {
                starts.start(until - taken);
            }
        }
    }

    /** Takes where matches begin. */
    @FunctionalInterface
    interface Starts {
        void start(long at);
    }

    private static boolean takes(Program program, int at, int value) {
        return switch (program.operations()[at]) {
            case Program.OCTET -> program.first()[at] == value;
            case Program.ONE_OF -> program.sets()[program.first()[at]].has(value);
            default -> true;
        };
    }

    /** Adds an instruction to the next ones, and what follows it without an octet. */
    private void add(Program program, int instruction, long at) {
        int depth = 0;
        stack[depth++] = instruction;
        while (depth > 0) {
            int one = stack[--depth];
            switch (program.operations()[one]) {
                case Program.SPLIT -> {
                    if (rounds[one] != round) { // every loop has a split
                        rounds[one] = round;
                        stack[depth++] = program.second()[one];
                        stack[depth++] = program.first()[one];
                    }
                }
                case Program.JUMP -> stack[depth++] = program.first()[one];
                case Program.ASSERT -> {
                    if (holds(ASSERTIONS[program.first()[one]], at)) {
                        stack[depth++] = one + 1;
                    }
                }
                default -> {
                    if (rounds[one] != round) {
                        rounds[one] = round;
                        next[nextCount++] = one;
                    }
                }
            }
        }
    }

    private boolean holds(Expression.Assertion assertion, long at) {
        return switch (assertion) {
            case BEGIN -> at == 0;
            case END -> at == size;
            case WORD_BOUNDARY -> isWord(at - 1) != isWord(at);
            case NO_WORD_BOUNDARY -> isWord(at - 1) == isWord(at);
            case WIDE_WORD_BOUNDARY -> isWideWord(at - 2) != isWideWord(at);
            case WIDE_NO_WORD_BOUNDARY -> isWideWord(at - 2) == isWideWord(at);
        };
    }

    private boolean isWord(long at) {
        if (at < 0 || at >= size) {
            return false;
        }
        int value = octet(at);
        return isAlphanumeric(value) || value == '_';
    }

    private boolean isWideWord(long at) {
        return isWord(at) && at + 1 < size && octet(at + 1) == 0;
    }

    static boolean isAlphanumeric(int value) {
        return value >= '0' && value <= '9' || value >= 'A' && value <= 'Z' || value >= 'a' && value <= 'z';
    }
}
