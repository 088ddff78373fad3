package jp.genkan.av.pattern;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Compiles expressions to {@link Program}s, forwards or backwards.
 *
 * <p>Thread rule: one thread, one program each.
 */
final class ProgramCompiler {
    private final boolean caseless;
    private final boolean backward;
    private byte[] operations = new byte[32];
    private int[] first = new int[32];
    private int[] second = new int[32];
    private final List<OctetSet> sets = new ArrayList<>();
    private int count;

    private ProgramCompiler(boolean caseless, boolean backward) {
        this.caseless = caseless;
        this.backward = backward;
    }

    /**
     * Compiles parts one after the other.
     *
     * @param backward to be run from behind the last octet to the first one
     * @throws IllegalArgumentException when it has more than {@link Program#INSTRUCTIONS_MAX} instructions
     */
    static Program compile(List<Expression> parts, boolean caseless, boolean backward) {
        ProgramCompiler compiler = new ProgramCompiler(caseless, backward);
        compiler.sequence(parts);
        compiler.emit(Program.MATCH, 0, 0);
        byte[] operations = Arrays.copyOf(compiler.operations, compiler.count);
        int[] first = Arrays.copyOf(compiler.first, compiler.count);
        int[] second = Arrays.copyOf(compiler.second, compiler.count);
        OctetSet[] sets = compiler.sets.toArray(OctetSet[]::new);
        OctetSet begins = begins(operations, first, second, sets);
        return new Program(operations, first, second, sets, begins);
    }

    private static OctetSet begins(byte[] operations, int[] first, int[] second, OctetSet[] sets) {
        OctetSet begins = OctetSet.NONE;
        boolean[] seen = new boolean[operations.length];
        int[] stack = new int[2 * operations.length + 2];
        int depth = 1;
        while (depth > 0) {
            int at = stack[--depth];
            if (seen[at]) {
                continue;
            }
            seen[at] = true;
            switch (operations[at]) {
                case Program.OCTET -> begins = begins.with(first[at], first[at]);
                case Program.ONE_OF -> begins = begins.or(sets[first[at]]);
                case Program.SPLIT -> {
                    stack[depth++] = first[at];
                    stack[depth++] = second[at];
                }
                case Program.JUMP -> stack[depth++] = first[at];
                case Program.ASSERT -> stack[depth++] = at + 1;
                default -> {
                    return OctetSet.ANY;
                }
            }
        }
        return begins;
    }

    private int emit(byte operation, int a, int b) {
        if (count == Program.INSTRUCTIONS_MAX) {
            throw new IllegalArgumentException(
                    "the expression is too large: more than " + Program.INSTRUCTIONS_MAX + " instructions");
        }
        if (count == operations.length) {
            operations = Arrays.copyOf(operations, count * 2);
            first = Arrays.copyOf(first, count * 2);
            second = Arrays.copyOf(second, count * 2);
        }
        operations[count] = operation;
        first[count] = a;
        second[count] = b;
        return count++;
    }

    private void sequence(List<Expression> parts) {
        for (Expression part : backward ? parts.reversed() : parts) {
            compile(part);
        }
    }

    private void compile(Expression expression) {
        switch (expression) {
            case Expression.Octets octets -> {
                int length = octets.latin().length();
                for (int i = 0; i < length; i++) {
                    octet(octets.latin().charAt(backward ? length - 1 - i : i));
                }
            }
            case Expression.OneOf one -> set(caseless ? one.set().bothCases() : one.set());
            case Expression.Gap gap -> repeat(new Expression.OneOf(OctetSet.ANY), gap.min(), gap.max(), true);
            case Expression.Sequence sequence -> sequence(sequence.parts());
            case Expression.Choice choice -> choice(choice.ways());
            case Expression.Repeat repeat -> repeat(repeat.part(), repeat.min(), repeat.max(), repeat.lazy());
            case Expression.Assertion assertion -> emit(Program.ASSERT, assertion.ordinal(), 0);
        }
    }

    private void octet(int value) {
        OctetSet set = OctetSet.of(value);
        if (caseless && set.bothCases().size() > 1) {
            set(set.bothCases());
        } else {
            emit(Program.OCTET, value, 0);
        }
    }

    private void set(OctetSet set) {
        if (set.equals(OctetSet.ANY)) {
            emit(Program.ANY, 0, 0);
            return;
        }
        int index = sets.indexOf(set);
        if (index < 0) {
            index = sets.size();
            sets.add(set);
        }
        emit(Program.ONE_OF, index, 0);
    }

    private void choice(List<Expression> ways) {
        int[] ends = new int[ways.size()];
        for (int i = 0; i < ways.size(); i++) {
            boolean last = i == ways.size() - 1;
            int split = last ? -1 : emit(Program.SPLIT, count + 1, 0);
            compile(ways.get(i));
            if (!last) {
                ends[i] = emit(Program.JUMP, 0, 0);
                second[split] = count;
            }
        }
        for (int i = 0; i + 1 < ways.size(); i++) {
            first[ends[i]] = count;
        }
    }

    private void repeat(Expression part, int min, int max, boolean lazy) {
        for (int i = 0; i < min; i++) {
            int before = count;
            compile(part);
            if (count == before) {
                return; // nothing, however often
            }
        }
        if (max == Expression.UNBOUNDED) {
            int split = emit(Program.SPLIT, 0, 0);
            compile(part);
            emit(Program.JUMP, split, 0);
            aim(split, lazy);
            return;
        }
        int[] splits = new int[Math.min(max - min, Program.INSTRUCTIONS_MAX)];
        for (int i = 0; i < max - min; i++) {
            splits[i] = emit(Program.SPLIT, 0, 0);
            compile(part);
        }
        for (int i = 0; i < max - min; i++) {
            aim(splits[i], lazy);
        }
    }

    /** Lets a split go on with the next instruction or leave to what comes now. */
    private void aim(int split, boolean lazy) {
        first[split] = lazy ? count : split + 1;
        second[split] = lazy ? split + 1 : count;
    }
}
