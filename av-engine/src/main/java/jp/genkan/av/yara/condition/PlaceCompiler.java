package jp.genkan.av.yara.condition;

import java.util.List;
import java.util.Map;
import jp.genkan.av.pattern.Regex;
import jp.genkan.av.yara.module.Arguments;
import jp.genkan.av.yara.module.Member;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/**
 * Makes code of what leads into modules. The types were checked when the condition was read, so that the casts hold.
 *
 * <p>Thread rule: one thread.
 */
@SuppressWarnings("unchecked") // a member belongs to the structure at its place
final class PlaceCompiler {
    private static final long UNDEFINED = CodeCompiler.UNDEFINED;
    private final CodeCompiler codes;

    PlaceCompiler(CodeCompiler codes) {
        this.codes = codes;
    }

    Code.OfPlace place(Term.Place place) {
        return switch (place) {
            case Term.Place.Root root -> {
                int module = root.module();
                yield e -> e.module(module);
            }
            case Term.Place.Loop loop -> {
                int slot = loop.slot();
                yield e -> e.object(slot);
            }
            case Term.Place.Inner inner -> inner(inner);
            case Term.Place.ElementOf element -> {
                Code.OfPlace array = place(element.array());
                Code.OfInteger index = codes.integer(element.index());
                yield e -> element(array, index, e);
            }
        };
    }

    private static @Nullable Object element(Code.OfPlace array, Code.OfInteger index, Evaluation e) {
        long at = index.eval(e);
        return array.eval(e) instanceof List<?> elements && at >= 0 && at < elements.size()
                ? elements.get((int) at)
                : null;
    }

    private Code.OfPlace inner(Term.Place.Inner inner) {
        Code.OfPlace of = place(inner.of());
        return switch ((Member<Object>) inner.member()) {
            case Member.StructField<Object, ?> field ->
                e -> {
                    Object object = of.eval(e);
                    return object == null ? null : field.read().apply(object);
                };
            case Member.StructArray<Object, ?> array ->
                e -> {
                    Object object = of.eval(e);
                    return object == null ? null : array.read().apply(object);
                };
            case Member.IntegerArray<Object> array ->
                e -> {
                    Object object = of.eval(e);
                    return object == null ? null : array.read().apply(object);
                };
            case Member.TextArray<Object> array ->
                e -> {
                    Object object = of.eval(e);
                    return object == null ? null : array.read().apply(object);
                };
            case Member.TextDictionary<Object> dictionary ->
                e -> {
                    Object object = of.eval(e);
                    return object == null ? null : dictionary.read().apply(object);
                };
            default -> throw new IllegalStateException("no place: " + inner);
        };
    }

    Code.OfInteger integerField(Term.Field field) {
        Code.OfPlace of = place(field.of());
        Member.IntegerField<Object> member = (Member.IntegerField<Object>) field.member();
        return e -> {
            Object object = of.eval(e);
            return object == null ? UNDEFINED : member.read().applyAsLong(object);
        };
    }

    Code.OfFloat floatField(Term.Field field) {
        Code.OfPlace of = place(field.of());
        Member.FloatField<Object> member = (Member.FloatField<Object>) field.member();
        return e -> {
            Object object = of.eval(e);
            return object == null ? Undefined.FLOAT : member.read().applyAsDouble(object);
        };
    }

    Code.OfText textField(Term.Field field) {
        Code.OfPlace of = place(field.of());
        Member.TextField<Object> member = (Member.TextField<Object>) field.member();
        return e -> {
            Object object = of.eval(e);
            return object == null ? null : member.read().apply(object);
        };
    }

    Code.OfInteger integerElement(Term.Element element) {
        Code.OfPlace array = place(element.array());
        Code.OfInteger index = codes.integer(element.index());
        return e -> element(array, index, e) instanceof Long number ? number : UNDEFINED;
    }

    Code.OfText textElement(Term.Element element) {
        Code.OfPlace array = place(element.array());
        Code.OfInteger index = codes.integer(element.index());
        return e -> (String) element(array, index, e);
    }

    Code.OfText entry(Term.Entry entry) {
        Code.OfPlace dictionary = place(entry.dictionary());
        Code.OfText key = codes.text(entry.key());
        return e -> {
            String name = key.eval(e);
            return name != null && dictionary.eval(e) instanceof Map<?, ?> entries ? (String) entries.get(name) : null;
        };
    }

    /** The arguments of a call, evaluated; null when one is undefined. */
    private interface ArgumentsCode {
        @Nullable
        Values eval(Evaluation e);
    }

    /** Evaluated arguments. */
    @SuppressWarnings("ArrayRecordComponent") // lives as long as the call
    private record Values(Object[] values) implements Arguments {
        @Override
        public long integer(int index) {
            return (Long) values[index];
        }

        @Override
        public double number(int index) {
            return (Double) values[index];
        }

        @Override
        public String text(int index) {
            return (String) values[index];
        }

        @Override
        public Regex regex(int index) {
            return (Regex) values[index];
        }
    }

    private ArgumentsCode arguments(List<Term> terms) {
        Code[] parts = new Code[terms.size()];
        Object[] constants = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            Term term = terms.get(i);
            parts[i] = switch (term.type()) {
                case INTEGER, BOOLEAN -> codes.integer(term);
                case FLOAT -> codes.number(term);
                case TEXT -> codes.text(term);
                case REGEX -> (Code.OfPlace) e -> ((Term.RegexConstant) term).value();
            };
        }
        return e -> {
            Object[] values = constants.clone();
            for (int i = 0; i < parts.length; i++) {
                Object value = value(parts[i], e);
                if (value == null) {
                    return null;
                }
                values[i] = value;
            }
            return new Values(values);
        };
    }

    private static @Nullable Object value(Code part, Evaluation e) {
        return switch (part) {
            case Code.OfInteger integer -> {
                long value = integer.eval(e);
                yield value == UNDEFINED ? null : (Object) value;
            }
            case Code.OfFloat number -> {
                double value = number.eval(e);
                yield Double.isNaN(value) ? null : (Object) value;
            }
            case Code.OfText text -> text.eval(e);
            case Code.OfPlace place -> place.eval(e);
        };
    }

    Code.OfInteger integerCall(Term.Call call) {
        Code.OfPlace of = place(call.of());
        ArgumentsCode arguments = arguments(call.arguments());
        Member.IntegerBody<Object> body =
                (Member.IntegerBody<Object>) call.function().body();
        return e -> {
            Object object = of.eval(e);
            Values values = object == null ? null : arguments.eval(e);
            return object == null || values == null ? UNDEFINED : body.call(object, values);
        };
    }

    Code.OfFloat floatCall(Term.Call call) {
        Code.OfPlace of = place(call.of());
        ArgumentsCode arguments = arguments(call.arguments());
        Member.FloatBody<Object> body =
                (Member.FloatBody<Object>) call.function().body();
        return e -> {
            Object object = of.eval(e);
            Values values = object == null ? null : arguments.eval(e);
            return object == null || values == null ? Undefined.FLOAT : body.call(object, values);
        };
    }

    Code.OfText textCall(Term.Call call) {
        Code.OfPlace of = place(call.of());
        ArgumentsCode arguments = arguments(call.arguments());
        Member.TextBody<Object> body = (Member.TextBody<Object>) call.function().body();
        return e -> {
            Object object = of.eval(e);
            Values values = object == null ? null : arguments.eval(e);
            return object == null || values == null ? null : body.call(object, values);
        };
    }
}
