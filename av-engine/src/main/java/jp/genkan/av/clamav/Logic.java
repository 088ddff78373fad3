package jp.genkan.av.clamav;

import java.util.ArrayList;
import java.util.List;

/**
 * The logical expression of a signature (docs.clamav.net, "Logical signatures"): numbers of subsignatures, {@code &}, {@code |}, brackets, and
 * behind either {@code =}, {@code >}, {@code <} a number of matches and after a comma how many subsignatures have to be among them.
 */
sealed interface Logic {
    /** How often each subsignature matched. */
    @FunctionalInterface
    interface Counts {
        int count(int subsignature);
    }

    /**
     * What a part of the expression comes to.
     *
     * @param matches of its subsignatures; 0 when it is not true
     * @param different subsignatures that matched
     */
    record Result(long matches, long different) {
        static final Result NONE = new Result(0, 0);

        boolean isTrue() {
            return matches > 0;
        }
    }

    Result evaluate(Counts counts);

    /** A subsignature. */
    record Leaf(int subsignature) implements Logic {
        @Override
        public Result evaluate(Counts counts) {
            int count = counts.count(subsignature);
            return new Result(count, Math.min(count, 1));
        }
    }

    /** All of them. */
    record All(List<Logic> parts) implements Logic {
        public All {
            parts = List.copyOf(parts);
        }

        @Override
        public Result evaluate(Counts counts) {
            long matches = 0;
            long different = 0;
            for (Logic part : parts) {
                Result result = part.evaluate(counts);
                if (!result.isTrue()) {
                    return Result.NONE;
                }
                matches += result.matches();
                different += result.different();
            }
            return new Result(matches, different);
        }
    }

    /** One of them. */
    record Some(List<Logic> parts) implements Logic {
        public Some {
            parts = List.copyOf(parts);
        }

        @Override
        public Result evaluate(Counts counts) {
            long matches = 0;
            long different = 0;
            for (Logic part : parts) {
                Result result = part.evaluate(counts);
                matches += result.matches();
                different += result.different();
            }
            return new Result(matches, different);
        }
    }

    /** A number of matches. True counts as what matched, at least as one. */
    record Counted(Logic part, char comparison, long number, long different) implements Logic {
        @Override
        public Result evaluate(Counts counts) {
            Result result = part.evaluate(counts);
            boolean holds = switch (comparison) {
                case '=' -> result.matches() == number;
                case '>' -> result.matches() > number;
                default -> result.matches() < number;
            };
            return holds && result.different() >= different
                    ? new Result(Math.max(1, result.matches()), Math.max(1, result.different()))
                    : Result.NONE;
        }
    }

    static Logic parse(String text, int subsignatures) throws SignatureException {
        Parser parser = new Parser(text, subsignatures);
        Logic whole = parser.some();
        if (parser.at < text.length()) {
            throw new SignatureException("'" + text.substring(parser.at) + "' is left of the logical expression");
        }
        return whole;
    }

    /** The highest number of a subsignature in it. */
    default int highest() {
        return switch (this) {
            case Leaf leaf -> leaf.subsignature();
            case All all -> all.parts().stream().mapToInt(Logic::highest).max().orElse(0);
            case Some some ->
                some.parts().stream().mapToInt(Logic::highest).max().orElse(0);
            case Counted counted -> counted.part().highest();
        };
    }

    /** Thread rule: one thread. */
    final class Parser {
        /** Brackets within brackets; published expressions have four. */
        private static final int DEPTH_MAX = 32;

        private static final int DIGITS_MAX = 9;

        private final String text;
        private final int subsignatures;
        private int at;
        private int depth;

        private Parser(String text, int subsignatures) {
            this.text = text;
            this.subsignatures = subsignatures;
        }

        private boolean takes(char character) {
            boolean seen = at < text.length() && text.charAt(at) == character;
            at += seen ? 1 : 0;
            return seen;
        }

        private Logic some() throws SignatureException {
            List<Logic> parts = new ArrayList<>();
            do {
                parts.add(all());
            } while (takes('|'));
            return parts.size() == 1 ? parts.get(0) : new Some(parts);
        }

        private Logic all() throws SignatureException {
            List<Logic> parts = new ArrayList<>();
            do {
                parts.add(counted());
            } while (takes('&'));
            return parts.size() == 1 ? parts.get(0) : new All(parts);
        }

        private Logic counted() throws SignatureException {
            Logic part;
            if (takes('(')) {
                if (depth++ == DEPTH_MAX) {
                    throw new SignatureException("more than " + DEPTH_MAX + " brackets within brackets");
                }
                part = some();
                if (!takes(')')) {
                    throw new SignatureException("a ( has no ) in the logical expression");
                }
                depth--;
            } else {
                long number = number();
                if (number >= subsignatures) {
                    throw new SignatureException("there is no subsignature " + number);
                }
                part = new Leaf((int) number);
            }
            while (at < text.length() && "=<>".indexOf(text.charAt(at)) >= 0) {
                char comparison = text.charAt(at++);
                long number = number();
                part = new Counted(part, comparison, number, takes(',') ? number() : 0);
            }
            return part;
        }

        private long number() throws SignatureException {
            int from = at;
            while (at < text.length() && at - from < DIGITS_MAX && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            if (from == at) {
                throw new SignatureException("a number is expected in the logical expression '" + text + "'");
            }
            return Long.parseLong(text, from, at, 10);
        }
    }
}
