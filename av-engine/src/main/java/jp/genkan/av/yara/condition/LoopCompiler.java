package jp.genkan.av.yara.condition;

import java.util.List;
import java.util.Map;

/**
 * Makes code of quantifiers and loops.
 *
 * <p>Thread rule: one thread.
 */
final class LoopCompiler {
    private static final long UNDEFINED = CodeCompiler.UNDEFINED;
    private final CodeCompiler codes;

    LoopCompiler(CodeCompiler codes) {
        this.codes = codes;
    }

    /**
     * Counts and decides.
     *
     * @param number what was asked for, evaluated before the loop
     */
    private record Counter(Term.QuantifierKind kind, Code.OfInteger number) {
        long wanted(Evaluation e) {
            return number.eval(e);
        }

        /** True when it is true whatever comes, so that the loop may end. */
        boolean isSettled(long wanted, long found) {
            return switch (kind) {
                case ANY -> found > 0;
                case COUNT -> wanted > 0 && found >= wanted;
                default -> false;
            };
        }

        /** True when it is false whatever comes. */
        boolean isLost(long found, long missed) {
            return switch (kind) {
                case ALL -> missed > 0;
                case NONE -> found > 0;
                default -> false;
            };
        }

        long decide(long wanted, long found, long of) {
            boolean holds = switch (kind) {
                case ALL -> found == of;
                case ANY -> found > 0;
                case NONE -> found == 0;
                case COUNT -> wanted == 0 ? found == 0 : found >= wanted;
                case PERCENT -> (double) found / of * 100 >= wanted;
            };
            return holds ? 1 : 0;
        }
    }

    private Counter counter(Term.Quantifier quantifier) {
        return new Counter(
                quantifier.kind(), quantifier.number() == null ? e -> 0 : codes.integer(quantifier.number()));
    }

    Code.OfInteger ofStrings(Term.OfStrings of) {
        Counter counter = counter(of.quantifier());
        int[] patterns = of.patterns().stream().mapToInt(Integer::intValue).toArray();
        Code.OfInteger from = of.in() == null ? e -> 0 : codes.integer(of.in().from());
        Code.OfInteger to =
                of.in() == null ? e -> Long.MAX_VALUE : codes.integer(of.in().to());
        boolean everywhere = of.in() == null;
        return e -> {
            long wanted = counter.wanted(e);
            long begin = from.eval(e);
            long end = to.eval(e);
            if (wanted == UNDEFINED || begin == UNDEFINED || end == UNDEFINED) {
                return UNDEFINED;
            }
            int found = 0;
            for (int i = 0; i < patterns.length; i++) {
                boolean here = everywhere
                        ? e.patterns().matches(patterns[i])
                        : e.patterns().countIn(patterns[i], begin, end) > 0;
                found += here ? 1 : 0;
                if (counter.isSettled(wanted, found)) {
                    return 1;
                }
                if (counter.isLost(found, i + 1L - found)) {
                    return 0;
                }
            }
            return counter.decide(wanted, found, patterns.length);
        };
    }

    Code.OfInteger ofRules(Term.OfRules of) {
        Counter counter = counter(of.quantifier());
        int[] rules = of.rules().stream().mapToInt(Integer::intValue).toArray();
        return e -> {
            long wanted = counter.wanted(e);
            if (wanted == UNDEFINED) {
                return UNDEFINED;
            }
            int found = 0;
            for (int rule : rules) {
                found += e.holds(rule) ? 1 : 0;
            }
            return counter.decide(wanted, found, rules.length);
        };
    }

    Code.OfInteger forStrings(Term.ForStrings loop) {
        Counter counter = counter(loop.quantifier());
        int[] patterns = loop.patterns().stream().mapToInt(Integer::intValue).toArray();
        int slot = loop.slot();
        int outer = codes.stringSlot();
        codes.stringSlot(slot);
        Code.OfInteger body = codes.truth(loop.body());
        codes.stringSlot(outer);
        return e -> {
            Turns turns = new Turns(counter, counter.wanted(e));
            for (int i = 0; i < patterns.length && turns.goOn(e); i++) {
                e.number(slot, patterns[i]);
                turns.count(body.eval(e));
            }
            return turns.result();
        };
    }

    Code.OfInteger forRange(Term.ForRange loop) {
        Counter counter = counter(loop.quantifier());
        Code.OfInteger from = codes.integer(loop.range().from());
        Code.OfInteger to = codes.integer(loop.range().to());
        Code.OfInteger body = codes.truth(loop.body());
        int slot = loop.slot();
        return e -> {
            Turns turns = new Turns(counter, counter.wanted(e));
            long begin = from.eval(e);
            long end = to.eval(e);
            if (begin == UNDEFINED || end == UNDEFINED) {
                return UNDEFINED;
            }
            for (long i = begin; i <= end && turns.goOn(e); i++) {
                e.number(slot, i);
                turns.count(body.eval(e));
                if (i == Long.MAX_VALUE) {
                    break;
                }
            }
            return turns.result();
        };
    }

    Code.OfInteger forNumbers(Term.ForNumbers loop) {
        Counter counter = counter(loop.quantifier());
        Code.OfInteger[] numbers = new Code.OfInteger[loop.numbers().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = codes.integer(loop.numbers().get(i));
        }
        Code.OfInteger body = codes.truth(loop.body());
        int slot = loop.slot();
        return e -> {
            Turns turns = new Turns(counter, counter.wanted(e));
            for (int i = 0; i < numbers.length && turns.goOn(e); i++) {
                e.number(slot, numbers[i].eval(e));
                turns.count(body.eval(e));
            }
            return turns.result();
        };
    }

    Code.OfInteger forArray(Term.ForArray loop) {
        Counter counter = counter(loop.quantifier());
        Code.OfPlace array = new PlaceCompiler(codes).place(loop.array());
        Code.OfInteger body = codes.truth(loop.body());
        int slot = loop.slot();
        return e -> {
            if (!(array.eval(e) instanceof List<?> elements)) {
                return UNDEFINED;
            }
            Turns turns = new Turns(counter, counter.wanted(e));
            for (int i = 0; i < elements.size() && turns.goOn(e); i++) {
                Object element = elements.get(i);
                e.object(slot, element);
                if (element instanceof Long number) {
                    e.number(slot, number);
                }
                turns.count(body.eval(e));
            }
            return turns.result();
        };
    }

    Code.OfInteger forDictionary(Term.ForDictionary loop) {
        Counter counter = counter(loop.quantifier());
        Code.OfPlace dictionary = new PlaceCompiler(codes).place(loop.dictionary());
        Code.OfInteger body = codes.truth(loop.body());
        int keySlot = loop.keySlot();
        int valueSlot = loop.valueSlot();
        return e -> {
            if (!(dictionary.eval(e) instanceof Map<?, ?> entries)) {
                return UNDEFINED;
            }
            Turns turns = new Turns(counter, counter.wanted(e));
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (!turns.goOn(e)) {
                    break;
                }
                e.object(keySlot, entry.getKey());
                e.object(valueSlot, entry.getValue());
                turns.count(body.eval(e));
            }
            return turns.result();
        };
    }

    /** The turns of one loop. */
    private static final class Turns {
        private final Counter counter;
        private final long wanted;
        private long found;
        private long missed;

        Turns(Counter counter, long wanted) {
            this.counter = counter;
            this.wanted = wanted;
        }

        boolean goOn(Evaluation e) {
            return wanted != UNDEFINED
                    && !counter.isSettled(wanted, found)
                    && !counter.isLost(found, missed)
                    && !e.isLate();
        }

        void count(long value) {
            if (value != 0 && value != UNDEFINED) {
                found++;
            } else {
                missed++;
            }
        }

        long result() {
            return wanted == UNDEFINED ? UNDEFINED : counter.decide(wanted, found, found + missed);
        }
    }
}
