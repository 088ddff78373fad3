package jp.genkan.av.yara.condition;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.pattern.PatternMatcher;
import jp.genkan.av.pattern.Regex;
import jp.genkan.av.yara.module.Undefined;
import jp.genkan.av.yara.module.ValueType;

/**
 * Makes code of terms: a tree of small functions.
 *
 * <p>Thread rule: one thread, one condition each.
 */
final class CodeCompiler {
    static final long UNDEFINED = Undefined.INTEGER;

    /** The slot of the innermost loop over strings, -1 outside of one. */
    private int stringSlot = -1;

    private final PlaceCompiler places = new PlaceCompiler(this);
    private final LoopCompiler loops = new LoopCompiler(this);

    private CodeCompiler() {}

    static Code.OfInteger condition(Term term) {
        return new CodeCompiler().truth(term);
    }

    int stringSlot() {
        return stringSlot;
    }

    void stringSlot(int slot) {
        stringSlot = slot;
    }

    /** A term as a condition. */
    Code.OfInteger truth(Term term) {
        return switch (term.type()) {
            case INTEGER, BOOLEAN -> integer(term);
            case FLOAT -> {
                Code.OfFloat number = number(term);
                yield e -> {
                    double value = number.eval(e);
                    return Double.isNaN(value) ? UNDEFINED : value != 0 ? 1 : 0;
                };
            }
            case TEXT -> {
                Code.OfText text = text(term);
                yield e -> {
                    String value = text.eval(e);
                    return value == null ? UNDEFINED : value.isEmpty() ? 0 : 1;
                };
            }
            case REGEX -> e -> 1;
        };
    }

    private static long truth(boolean value) {
        return value ? 1 : 0;
    }

    /** A term that is an integer or a truth. */
    Code.OfInteger integer(Term term) {
        return switch (term) {
            case Term.IntegerConstant constant -> {
                long value = constant.value();
                yield e -> value;
            }
            case Term.BooleanConstant constant -> {
                long value = truth(constant.value());
                yield e -> value;
            }
            case Term.FileSize size -> e -> e.content().size();
            case Term.EntryPoint point -> Evaluation::entryPoint;
            case Term.ReadInteger read -> readInteger(read);
            case Term.Unary unary -> unary(unary);
            case Term.Binary binary -> binary(binary);
            case Term.And and -> and(and.of());
            case Term.Or or -> or(or.of());
            case Term.Not not -> not(not.of());
            case Term.Defined defined -> defined(defined.of());
            case Term.Count count -> count(count);
            case Term.Offset offset -> offset(offset);
            case Term.Length length -> length(length);
            case Term.Found found -> found(found);
            case Term.FoundAt found -> foundAt(found);
            case Term.FoundIn found -> foundIn(found);
            case Term.OfStrings of -> loops.ofStrings(of);
            case Term.OfRules of -> loops.ofRules(of);
            case Term.ForStrings loop -> loops.forStrings(loop);
            case Term.ForRange loop -> loops.forRange(loop);
            case Term.ForNumbers loop -> loops.forNumbers(loop);
            case Term.ForArray loop -> loops.forArray(loop);
            case Term.ForDictionary loop -> loops.forDictionary(loop);
            case Term.RuleReference reference -> {
                int rule = reference.rule();
                yield e -> truth(e.holds(rule));
            }
            case Term.Variable variable -> {
                int slot = variable.slot();
                yield e -> e.number(slot);
            }
            case Term.Field field -> places.integerField(field);
            case Term.Element element -> places.integerElement(element);
            case Term.Call call -> places.integerCall(call);
            case Term.FloatConstant no -> throw noInteger(no);
            case Term.TextConstant no -> throw noInteger(no);
            case Term.RegexConstant no -> throw noInteger(no);
            case Term.ExternalText no -> throw noInteger(no);
            case Term.Entry no -> throw noInteger(no);
        };
    }

    private static IllegalStateException noInteger(Term term) {
        return new IllegalStateException("no integer: " + term);
    }

    /** A term that is a floating point number, or an integer that becomes one. */
    Code.OfFloat number(Term term) {
        if (term.type() == ValueType.INTEGER || term.type() == ValueType.BOOLEAN) {
            Code.OfInteger integer = integer(term);
            return e -> {
                long value = integer.eval(e);
                return value == UNDEFINED ? Undefined.FLOAT : value;
            };
        }
        return switch (term) {
            case Term.FloatConstant constant -> {
                double value = constant.value();
                yield e -> value;
            }
            case Term.Unary unary -> {
                Code.OfFloat of = number(unary.of());
                yield e -> -of.eval(e);
            }
            case Term.Binary binary -> floatBinary(binary);
            case Term.Field field -> places.floatField(field);
            case Term.Call call -> places.floatCall(call);
            default -> throw new IllegalStateException("no number: " + term);
        };
    }

    private Code.OfFloat floatBinary(Term.Binary binary) {
        Code.OfFloat left = number(binary.left());
        Code.OfFloat right = number(binary.right());
        return switch (binary.operator()) {
            case ADD -> e -> left.eval(e) + right.eval(e);
            case SUBTRACT -> e -> left.eval(e) - right.eval(e);
            case MULTIPLY -> e -> left.eval(e) * right.eval(e);
            case DIVIDE -> e -> left.eval(e) / right.eval(e);
            default -> throw new IllegalStateException("no operator of floats: " + binary.operator());
        };
    }

    /** A term that is a text. */
    Code.OfText text(Term term) {
        return switch (term) {
            case Term.TextConstant constant -> {
                String value = constant.value();
                yield e -> value;
            }
            case Term.ExternalText external -> {
                External variable = external.variable();
                yield e -> e.external(variable);
            }
            case Term.Variable variable -> {
                int slot = variable.slot();
                yield e -> (String) e.object(slot);
            }
            case Term.Field field -> places.textField(field);
            case Term.Element element -> places.textElement(element);
            case Term.Entry entry -> places.entry(entry);
            case Term.Call call -> places.textCall(call);
            default -> throw new IllegalStateException("no text: " + term);
        };
    }

    private Code.OfInteger readInteger(Term.ReadInteger read) {
        Code.OfInteger at = integer(read.at());
        int octets = read.octets();
        boolean big = read.bigEndian();
        boolean signed = read.signed();
        return e -> {
            long offset = at.eval(e);
            Content content = e.content();
            if (offset == UNDEFINED || !content.has(offset, octets)) {
                return UNDEFINED;
            }
            long value = switch (octets) {
                case 1 -> content.u8(offset);
                case 2 -> big ? content.u16be(offset) : content.u16(offset);
                default -> big ? content.u32be(offset) : content.u32(offset);
            };
            int unused = 64 - 8 * octets;
            return signed ? value << unused >> unused : value;
        };
    }

    private Code.OfInteger unary(Term.Unary unary) {
        Code.OfInteger of = integer(unary.of());
        boolean minus = unary.operator() == Term.UnaryOperator.MINUS;
        return e -> {
            long value = of.eval(e);
            return value == UNDEFINED ? UNDEFINED : minus ? -value : ~value;
        };
    }

    private Code.OfInteger binary(Term.Binary binary) {
        if (binary.left().type() == ValueType.TEXT) {
            return textComparison(binary);
        }
        if (binary.left().type() == ValueType.FLOAT || binary.right().type() == ValueType.FLOAT) {
            return floatComparison(binary);
        }
        Code.OfInteger left = integer(binary.left());
        Code.OfInteger right = integer(binary.right());
        Term.BinaryOperator operator = binary.operator();
        return e -> {
            long a = left.eval(e);
            if (a == UNDEFINED) {
                return UNDEFINED;
            }
            long b = right.eval(e);
            return b == UNDEFINED ? UNDEFINED : Integers.apply(operator, a, b);
        };
    }

    private Code.OfInteger textComparison(Term.Binary binary) {
        Code.OfText left = text(binary.left());
        if (binary.right() instanceof Term.RegexConstant constant) {
            Regex regex = constant.value();
            return e -> {
                String text = left.eval(e);
                return text == null ? UNDEFINED : truth(regex.matches(text));
            };
        }
        Code.OfText right = text(binary.right());
        Term.BinaryOperator operator = binary.operator();
        return e -> {
            String a = left.eval(e);
            String b = a == null ? null : right.eval(e);
            return a == null || b == null ? UNDEFINED : truth(Texts.compare(operator, a, b));
        };
    }

    private Code.OfInteger floatComparison(Term.Binary binary) {
        Code.OfFloat left = number(binary.left());
        Code.OfFloat right = number(binary.right());
        Term.BinaryOperator operator = binary.operator();
        return e -> {
            double a = left.eval(e);
            double b = right.eval(e);
            return Double.isNaN(a) || Double.isNaN(b) ? UNDEFINED : truth(Integers.compare(operator, a, b));
        };
    }

    private Code.OfInteger[] truths(List<Term> terms) {
        List<Code.OfInteger> codes = new ArrayList<>();
        for (Term term : terms) {
            codes.add(truth(term));
        }
        return codes.toArray(Code.OfInteger[]::new);
    }

    private Code.OfInteger and(List<Term> of) {
        Code.OfInteger[] parts = truths(of);
        return e -> {
            for (Code.OfInteger part : parts) {
                long value = part.eval(e);
                if (value == 0 || value == UNDEFINED) {
                    return 0;
                }
            }
            return 1;
        };
    }

    /** Undefined ways count as false; when all are, so is the whole. */
    private Code.OfInteger or(List<Term> of) {
        Code.OfInteger[] ways = truths(of);
        return e -> {
            long result = UNDEFINED;
            for (Code.OfInteger way : ways) {
                long value = way.eval(e);
                if (value != UNDEFINED) {
                    if (value != 0) {
                        return 1;
                    }
                    result = 0;
                }
            }
            return result;
        };
    }

    private Code.OfInteger not(Term of) {
        Code.OfInteger code = truth(of);
        return e -> {
            long value = code.eval(e);
            return value == UNDEFINED ? UNDEFINED : truth(value == 0);
        };
    }

    private Code.OfInteger defined(Term of) {
        return switch (of.type()) {
            case FLOAT -> {
                Code.OfFloat code = number(of);
                yield e -> truth(!Double.isNaN(code.eval(e)));
            }
            case TEXT -> {
                Code.OfText code = text(of);
                yield e -> truth(code.eval(e) != null);
            }
            default -> {
                Code.OfInteger code = truth(of);
                yield e -> truth(code.eval(e) != UNDEFINED);
            }
        };
    }

    /** Code for the id of a pattern: that of the loop's string for {@link Term#CURRENT}. */
    Code.OfInteger pattern(int pattern) {
        if (pattern != Term.CURRENT) {
            return e -> pattern;
        }
        int slot = stringSlot;
        return e -> e.number(slot);
    }

    private Code.OfInteger count(Term.Count count) {
        Code.OfInteger pattern = pattern(count.pattern());
        if (count.in() == null) {
            return e -> e.patterns().count((int) pattern.eval(e));
        }
        Code.OfInteger from = integer(count.in().from());
        Code.OfInteger to = integer(count.in().to());
        return e -> {
            long a = from.eval(e);
            long b = to.eval(e);
            return a == UNDEFINED || b == UNDEFINED ? UNDEFINED : e.patterns().countIn((int) pattern.eval(e), a, b);
        };
    }

    private Code.OfInteger offset(Term.Offset offset) {
        Code.OfInteger pattern = pattern(offset.pattern());
        Code.OfInteger index = integer(offset.index());
        return e -> {
            int id = (int) pattern.eval(e);
            long which = index.eval(e);
            PatternMatcher patterns = e.patterns();
            return which < 1 || which > patterns.count(id) ? UNDEFINED : patterns.offset(id, (int) which - 1);
        };
    }

    private Code.OfInteger length(Term.Length length) {
        Code.OfInteger pattern = pattern(length.pattern());
        Code.OfInteger index = integer(length.index());
        return e -> {
            int id = (int) pattern.eval(e);
            long which = index.eval(e);
            PatternMatcher patterns = e.patterns();
            return which < 1 || which > patterns.count(id) ? UNDEFINED : patterns.length(id, (int) which - 1);
        };
    }

    private Code.OfInteger found(Term.Found found) {
        if (found.pattern() != Term.CURRENT) {
            int id = found.pattern();
            return e -> truth(e.patterns().matches(id));
        }
        Code.OfInteger pattern = pattern(found.pattern());
        return e -> truth(e.patterns().matches((int) pattern.eval(e)));
    }

    private Code.OfInteger foundAt(Term.FoundAt found) {
        Code.OfInteger pattern = pattern(found.pattern());
        Code.OfInteger offset = integer(found.offset());
        return e -> {
            long at = offset.eval(e);
            return at == UNDEFINED ? 0 : truth(e.patterns().matchesAt((int) pattern.eval(e), at));
        };
    }

    private Code.OfInteger foundIn(Term.FoundIn found) {
        Code.OfInteger pattern = pattern(found.pattern());
        Code.OfInteger from = integer(found.in().from());
        Code.OfInteger to = integer(found.in().to());
        return e -> {
            long a = from.eval(e);
            long b = to.eval(e);
            return a == UNDEFINED || b == UNDEFINED
                    ? UNDEFINED
                    : truth(e.patterns().countIn((int) pattern.eval(e), a, b) > 0);
        };
    }
}
