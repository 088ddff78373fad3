package jp.genkan.av.yara.module;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import org.jspecify.annotations.Nullable;

/** All fields of a module that are defined for a file, by their paths: {@code sections[0].name}. */
public final class ModuleFields {
    private final Map<String, Object> found = new TreeMap<>();

    private ModuleFields() {}

    public static <T> Map<String, Object> of(YaraModule<T> module, byte[] octets) {
        ModuleFields fields = new ModuleFields();
        FileFacts facts =
                new FileFacts(null, null, List.of(), List.of(), List.of(), System.nanoTime() + 10_000_000_000L);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, octets.length)).asSlice(0, octets.length);
            T object = module.load(new Content(memory.copyFrom(MemorySegment.ofArray(octets))), facts);
            if (object != null) {
                fields.add("", module.type(), object);
            }
        }
        return fields.found;
    }

    private <T> void add(String path, StructType<T> type, T object) {
        for (String name : type.names()) {
            Member<T> member = type.member(name);
            if (member != null) {
                add(path.isEmpty() ? name : path + "." + name, member, object);
            }
        }
    }

    private <T> void add(String path, Member<T> member, T object) {
        switch (member) {
            case Member.IntegerField<T> field -> {
                long value = field.read().applyAsLong(object);
                put(path, value == Undefined.INTEGER ? null : value);
            }
            case Member.TextField<T> field -> put(path, field.read().apply(object));
            case Member.FloatField<T> field -> put(path, field.read().applyAsDouble(object));
            case Member.StructField<T, ?> field -> struct(path, field, object);
            case Member.StructArray<T, ?> field -> structs(path, field, object);
            case Member.IntegerArray<T> field -> put(path, field.read().apply(object));
            case Member.TextArray<T> field -> put(path, field.read().apply(object));
            case Member.TextDictionary<T> field -> put(path, field.read().apply(object));
            case Member.IntegerConstant<T> constant -> {}
            case Member.TextConstant<T> constant -> {}
            case Member.Functions<T> functions -> {}
        }
    }

    private <T, S> void struct(String path, Member.StructField<T, S> field, T object) {
        S inner = field.read().apply(object);
        if (inner != null) {
            add(path, field.type(), inner);
        }
    }

    private <T, S> void structs(String path, Member.StructArray<T, S> field, T object) {
        List<S> list = field.read().apply(object);
        for (int i = 0; list != null && i < list.size(); i++) {
            add(path + "[" + i + "]", field.type(), list.get(i));
        }
    }

    private void put(String path, @Nullable Object value) {
        if (value != null) {
            found.put(path, value);
        }
    }
}
