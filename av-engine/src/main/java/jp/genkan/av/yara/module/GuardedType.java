package jp.genkan.av.yara.module;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Makes every field of a type undefined where octets are not what it is about, so that the fields themselves need not ask.
 *
 * <p>Thread rule: one thread; the types it makes are immutable.
 *
 * @param <T> the object that the fields are read from
 */
public final class GuardedType<T> {
    private final Predicate<T> guard;
    private final StructType.Builder<T> to;

    private GuardedType(Predicate<T> guard, StructType.Builder<T> to) {
        this.guard = guard;
        this.to = to;
    }

    /**
     * A guarded type.
     *
     * @param flag name of a field that is 1 where the others are defined, and else 0
     */
    public static <T> StructType<T> of(StructType<T> type, Class<T> object, String flag, Predicate<T> guard) {
        GuardedType<T> guarded = new GuardedType<>(guard, StructType.of(type.name(), object));
        guarded.to.integer(flag, one -> guard.test(one) ? 1 : 0);
        for (String name : type.names()) {
            Member<T> member = type.member(name);
            if (member != null) {
                guarded.add(name, member);
            }
        }
        return guarded.to.build();
    }

    private <V> Function<T, @Nullable V> guarded(Function<T, @Nullable V> read) {
        return one -> guard.test(one) ? read.apply(one) : null;
    }

    private void add(String name, Member<T> member) {
        switch (member) {
            case Member.IntegerConstant<T>(long value) -> to.constant(name, value);
            case Member.TextConstant<T>(String value) -> to.constant(name, value);
            case Member.IntegerField<T>(var read) ->
                to.integer(name, one -> guard.test(one) ? read.applyAsLong(one) : Undefined.INTEGER);
            case Member.FloatField<T>(var read) ->
                to.number(name, one -> guard.test(one) ? read.applyAsDouble(one) : Undefined.FLOAT);
            case Member.TextField<T>(var read) -> to.text(name, guarded(read));
            case Member.StructField<T, ?> field -> struct(name, field);
            case Member.IntegerArray<T>(Function<T, @Nullable List<Long>> read) -> to.integers(name, guarded(read));
            case Member.TextArray<T>(Function<T, @Nullable List<String>> read) -> to.texts(name, guarded(read));
            case Member.StructArray<T, ?> field -> structs(name, field);
            case Member.TextDictionary<T>(Function<T, @Nullable Map<String, String>> read) ->
                to.dictionary(name, guarded(read));
            case Member.Functions<T>(List<Member.Overload<T>> overloads) ->
                overloads.forEach(overload -> overload(name, overload));
        }
    }

    private <S> void struct(String name, Member.StructField<T, S> field) {
        to.struct(name, field.type(), guarded(field.read()));
    }

    private <S> void structs(String name, Member.StructArray<T, S> field) {
        to.structs(name, field.type(), guarded(field.read()));
    }

    private void overload(String name, Member.Overload<T> overload) {
        ValueType[] parameters = overload.parameters().toArray(ValueType[]::new);
        switch (overload.body()) {
            case Member.IntegerBody<T> body ->
                to.function(
                        name, (one, given) -> guard.test(one) ? body.call(one, given) : Undefined.INTEGER, parameters);
            case Member.FloatBody<T> body ->
                to.numberFunction(
                        name, (one, given) -> guard.test(one) ? body.call(one, given) : Undefined.FLOAT, parameters);
            case Member.TextBody<T> body ->
                to.textFunction(name, (one, given) -> guard.test(one) ? body.call(one, given) : null, parameters);
        }
    }
}
