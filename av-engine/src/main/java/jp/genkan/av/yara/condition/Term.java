package jp.genkan.av.yara.condition;

import java.util.List;
import jp.genkan.av.pattern.Regex;
import jp.genkan.av.yara.module.Member;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A condition, or a part of one. Strings are named by the ids of their patterns; {@link #CURRENT} is the string of the innermost loop.
 *
 * <p>Thread rule: immutable.
 */
public sealed interface Term {
    /** In place of a pattern's id: the string that the innermost {@code for .. of} is at. */
    int CURRENT = -1;

    /** What it is. */
    ValueType type();

    /** A number that stands there. */
    record IntegerConstant(long value) implements Term {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }
    }

    /** A number that stands there. */
    record FloatConstant(double value) implements Term {
        @Override
        public ValueType type() {
            return ValueType.FLOAT;
        }
    }

    /** A text that stands there, Latin-1. */
    record TextConstant(String value) implements Term {
        @Override
        public ValueType type() {
            return ValueType.TEXT;
        }
    }

    /** A regular expression that stands there. */
    record RegexConstant(Regex value) implements Term {
        @Override
        public ValueType type() {
            return ValueType.REGEX;
        }
    }

    /** {@code true}, {@code false}. */
    record BooleanConstant(boolean value) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code filesize}. */
    record FileSize() implements Term {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }
    }

    /** {@code entrypoint}. */
    record EntryPoint() implements Term {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }
    }

    /** A variable that the scan sets. */
    record ExternalText(External variable) implements Term {
        @Override
        public ValueType type() {
            return ValueType.TEXT;
        }
    }

    /**
     * {@code #a}, {@code #a in (from..to)}.
     *
     * @param in null for everywhere
     */
    record Count(int pattern, @Nullable Range in) implements Term {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }
    }

    /** {@code @a[index]}. */
    record Offset(int pattern, Term index) implements Term {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }
    }

    /** {@code !a[index]}. */
    record Length(int pattern, Term index) implements Term {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }
    }

    /** {@code uint16(at)} and the like. */
    record ReadInteger(int octets, boolean signed, boolean bigEndian, Term at) implements Term {
        @Override
        public ValueType type() {
            return ValueType.INTEGER;
        }
    }

    /** An operator before a number. */
    record Unary(UnaryOperator operator, Term of) implements Term {
        @Override
        public ValueType type() {
            return operator == UnaryOperator.COMPLEMENT ? ValueType.INTEGER : of.type();
        }
    }

    /** Of {@link Unary}. */
    enum UnaryOperator {
        MINUS,
        COMPLEMENT
    }

    /** An operator between two values. */
    record Binary(BinaryOperator operator, Term left, Term right) implements Term {
        @Override
        public ValueType type() {
            if (operator.compares) {
                return ValueType.BOOLEAN;
            }
            return left.type() == ValueType.FLOAT || right.type() == ValueType.FLOAT
                    ? ValueType.FLOAT
                    : ValueType.INTEGER;
        }
    }

    /** Of {@link Binary}. */
    enum BinaryOperator {
        ADD(false),
        SUBTRACT(false),
        MULTIPLY(false),
        DIVIDE(false),
        MODULO(false),
        AND(false),
        OR(false),
        XOR(false),
        SHIFT_LEFT(false),
        SHIFT_RIGHT(false),
        EQUAL(true),
        NOT_EQUAL(true),
        LESS(true),
        LESS_OR_EQUAL(true),
        GREATER(true),
        GREATER_OR_EQUAL(true),
        CONTAINS(true),
        ICONTAINS(true),
        STARTS_WITH(true),
        ISTARTS_WITH(true),
        ENDS_WITH(true),
        IENDS_WITH(true),
        IEQUALS(true),
        MATCHES(true);

        private final boolean compares;

        BinaryOperator(boolean compares) {
            this.compares = compares;
        }
    }

    /** True when all are. */
    record And(List<Term> of) implements Term {
        public And {
            of = List.copyOf(of);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** True when one is. */
    record Or(List<Term> of) implements Term {
        public Or {
            of = List.copyOf(of);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code not}. */
    record Not(Term of) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code defined}. */
    record Defined(Term of) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code $a}. */
    record Found(int pattern) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code $a at offset}. */
    record FoundAt(int pattern, Term offset) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code $a in (from..to)}. */
    record FoundIn(int pattern, Range in) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code (from..to)}, both included. */
    record Range(Term from, Term to) {}

    /**
     * How many.
     *
     * @param kind of what
     * @param number for COUNT and PERCENT
     */
    record Quantifier(QuantifierKind kind, @Nullable Term number) {
        public Quantifier {
            boolean counts = kind == QuantifierKind.COUNT || kind == QuantifierKind.PERCENT;
            if (counts != (number != null)) {
                throw new IllegalArgumentException("a number goes with a count");
            }
        }
    }

    /** Of {@link Quantifier}. */
    enum QuantifierKind {
        ALL,
        ANY,
        NONE,
        COUNT,
        PERCENT
    }

    /**
     * {@code 2 of ($a, $b)}.
     *
     * @param in null for everywhere
     */
    record OfStrings(
            Quantifier quantifier,
            List<Integer> patterns,
            @Nullable Range in) implements Term {
        public OfStrings {
            patterns = List.copyOf(patterns);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code any of (rule_a, rule_b*)}. */
    record OfRules(Quantifier quantifier, List<Integer> rules) implements Term {
        public OfRules {
            rules = List.copyOf(rules);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /**
     * {@code for any of ($a, $b) : (...)}.
     *
     * @param slot where the current string's id is kept
     */
    record ForStrings(Quantifier quantifier, List<Integer> patterns, int slot, Term body) implements Term {
        public ForStrings {
            patterns = List.copyOf(patterns);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /**
     * {@code for any i in (from..to) : (...)}.
     *
     * @param slot where the variable is kept
     */
    record ForRange(Quantifier quantifier, int slot, Range range, Term body) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code for any i in (1, 2, 3) : (...)}. */
    record ForNumbers(Quantifier quantifier, int slot, List<Term> numbers, Term body) implements Term {
        public ForNumbers {
            numbers = List.copyOf(numbers);
        }

        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code for any section in pe.sections : (...)}. */
    record ForArray(Quantifier quantifier, int slot, Place array, Term body) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** {@code for any key, value in pe.version_info : (...)}. */
    record ForDictionary(Quantifier quantifier, int keySlot, int valueSlot, Place dictionary, Term body)
            implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** Another rule. */
    record RuleReference(int rule) implements Term {
        @Override
        public ValueType type() {
            return ValueType.BOOLEAN;
        }
    }

    /** The variable of a loop. */
    record Variable(int slot, ValueType type) implements Term {}

    /** A field of a module that is a value. */
    record Field(Place of, Member<?> member, String name, ValueType type) implements Term {}

    /** An element of an array of values. */
    record Element(Place array, Term index, ValueType type) implements Term {}

    /** A text of a dictionary. */
    record Entry(Place dictionary, Term key) implements Term {
        @Override
        public ValueType type() {
            return ValueType.TEXT;
        }
    }

    /** A call of a module's function. */
    record Call(Place of, Member.Overload<?> function, List<Term> arguments, ValueType type) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** Something in a module that is no value itself: a structure, an array, a dictionary. */
    sealed interface Place {
        /** A module. */
        record Root(int module) implements Place {}

        /** A field of a structure. */
        record Inner(Place of, Member<?> member, String name) implements Place {}

        /** A structure in an array of them. */
        record ElementOf(Place array, Term index) implements Place {}

        /** The structure that a loop is at. */
        record Loop(int slot, StructType<?> type) implements Place {}
    }
}
