package jp.genkan.av.yara.module;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a structure, or of a module.
 *
 * <pre>
 * StructType.of("pe", PeFile.class)
 *     .constant("DLL", 0x2000)
 *     .integer("machine", PeFile::machine)
 *     .structs("sections", SECTION, PeFile::sections)
 *     .function("imphash", (PeFile pe, Arguments a) -&gt; pe.imphash())
 *     .build();
 * </pre>
 *
 * <p>Thread rule: immutable.
 *
 * @param <T> the object that the fields are read from
 */
public final class StructType<T> {
    private final String name;
    private final Map<String, Member<T>> members;

    private StructType(String name, Map<String, Member<T>> members) {
        this.name = name;
        this.members = members;
    }

    /** Begins one. The class is named only so that the compiler knows T. */
    public static <T> Builder<T> of(String name, Class<T> object) {
        return new Builder<>(name);
    }

    public String name() {
        return name;
    }

    /** A field by its name; null when there is none. */
    public @Nullable Member<T> member(String field) {
        return members.get(field);
    }

    /** Names of all fields, in their order. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /**
     * Collects fields.
     *
     * <p>Thread rule: one thread.
     */
    public static final class Builder<T> {
        private final String name;
        private final Map<String, Member<T>> members = new LinkedHashMap<>();

        private Builder(String name) {
            this.name = name;
        }

        private Builder<T> put(String field, Member<T> member) {
            if (members.put(field, member) != null) {
                throw new IllegalArgumentException(name + "." + field + " stands there twice");
            }
            return this;
        }

        public Builder<T> constant(String field, long value) {
            return put(field, new Member.IntegerConstant<>(value));
        }

        public Builder<T> constant(String field, String value) {
            return put(field, new Member.TextConstant<>(value));
        }

        public Builder<T> integer(String field, ToLongFunction<T> read) {
            return put(field, new Member.IntegerField<>(read));
        }

        public Builder<T> number(String field, ToDoubleFunction<T> read) {
            return put(field, new Member.FloatField<>(read));
        }

        public Builder<T> text(String field, Function<T, @Nullable String> read) {
            return put(field, new Member.TextField<>(read));
        }

        public <S> Builder<T> struct(String field, StructType<S> type, Function<T, @Nullable S> read) {
            return put(field, new Member.StructField<>(type, read));
        }

        public Builder<T> integers(String field, Function<T, @Nullable List<Long>> read) {
            return put(field, new Member.IntegerArray<>(read));
        }

        public Builder<T> texts(String field, Function<T, @Nullable List<String>> read) {
            return put(field, new Member.TextArray<>(read));
        }

        public <S> Builder<T> structs(String field, StructType<S> type, Function<T, @Nullable List<S>> read) {
            return put(field, new Member.StructArray<>(type, read));
        }

        public Builder<T> dictionary(String field, Function<T, @Nullable Map<String, String>> read) {
            return put(field, new Member.TextDictionary<>(read));
        }

        /** A function that returns an integer. */
        public Builder<T> function(String field, Member.IntegerBody<T> body, ValueType... parameters) {
            return overload(field, body, parameters);
        }

        /** A function that returns a floating point number. */
        public Builder<T> numberFunction(String field, Member.FloatBody<T> body, ValueType... parameters) {
            return overload(field, body, parameters);
        }

        /** A function that returns a text. */
        public Builder<T> textFunction(String field, Member.TextBody<T> body, ValueType... parameters) {
            return overload(field, body, parameters);
        }

        private Builder<T> overload(String field, Member.Body<T> body, ValueType... parameters) {
            List<Member.Overload<T>> overloads = new ArrayList<>();
            Member<T> before = members.get(field);
            if (before instanceof Member.Functions<T> functions) {
                overloads.addAll(functions.overloads());
            } else if (before != null) {
                throw new IllegalArgumentException(name + "." + field + " is no function");
            }
            overloads.add(new Member.Overload<>(List.of(parameters), body));
            members.put(field, new Member.Functions<>(overloads));
            return this;
        }

        public StructType<T> build() {
            return new StructType<>(name, Collections.unmodifiableMap(new LinkedHashMap<>(members)));
        }
    }
}
