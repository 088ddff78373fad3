package jp.genkan.av.yara.module.pe;

import static jp.genkan.av.yara.module.ValueType.INTEGER;
import static jp.genkan.av.yara.module.ValueType.REGEX;
import static jp.genkan.av.yara.module.ValueType.TEXT;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import jp.genkan.av.yara.module.Arguments;
import jp.genkan.av.yara.module.StructType;
import jp.genkan.av.yara.module.Undefined;
import org.jspecify.annotations.Nullable;

/** The functions of the module {@code pe}. They have no state. */
final class PeFunctions {
    private static final int DLL = 0x2000;
    private static final int STANDARD = 1;
    private static final int DELAYED = 2;

    private PeFunctions() {}

    static void add(StructType.Builder<PeView> type) {
        type.textFunction("imphash", (pe, given) -> pe.imphash())
                .function("calculate_checksum", (pe, given) -> pe.checksum())
                .function("is_dll", (pe, given) -> (pe.file().coff16(22) & DLL) != 0 ? 1 : 0)
                .function("is_32bit", (pe, given) -> pe.file().is64() ? 0 : 1)
                .function("is_64bit", (pe, given) -> pe.file().is64() ? 1 : 0)
                .function("rva_to_offset", (pe, given) -> pe.offset(given.integer(0)), INTEGER)
                .function("section_index", (pe, given) -> pe.sectionNamed(given.text(0)), TEXT)
                .function("section_index", (pe, given) -> pe.sectionAt(given.integer(0)), INTEGER)
                .function("language", (pe, given) -> hasLanguage(pe, given.integer(0), 0xff), INTEGER)
                .function("locale", (pe, given) -> hasLanguage(pe, given.integer(0), 0xffff), INTEGER);
        exports(type);
        imports(type);
    }

    private static long hasLanguage(PeView pe, long language, long mask) {
        for (PeResource resource : pe.resources()) {
            long id = resource.labels().get(2).id();
            if (id != Undefined.INTEGER && (id & mask) == language) {
                return 1;
            }
        }
        return 0;
    }

    private static void exports(StructType.Builder<PeView> type) {
        type.function("exports", (pe, given) -> found(export(pe, named(given.text(0)))), TEXT)
                .function("exports", (pe, given) -> found(export(pe, matching(given))), REGEX)
                .function("exports", (pe, given) -> found(export(pe, numbered(given.integer(0)))), INTEGER)
                .function("exports_index", (pe, given) -> index(export(pe, named(given.text(0)))), TEXT)
                .function("exports_index", (pe, given) -> index(export(pe, matching(given))), REGEX)
                .function("exports_index", (pe, given) -> index(export(pe, numbered(given.integer(0)))), INTEGER);
    }

    private static Predicate<PeExports.Function> named(String name) {
        return function -> name.equalsIgnoreCase(function.name());
    }

    private static Predicate<PeExports.Function> matching(Arguments given) {
        return function -> {
            String name = function.name();
            return name != null && given.regex(0).matches(name);
        };
    }

    private static Predicate<PeExports.Function> numbered(long ordinal) {
        return function -> function.ordinal() == ordinal;
    }

    private static int export(PeView pe, Predicate<PeExports.Function> wanted) {
        List<PeExports.Function> functions = pe.exports().functions();
        for (int i = 0; i < functions.size(); i++) {
            if (wanted.test(functions.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static long found(int index) {
        return index < 0 ? 0 : 1;
    }

    private static long index(int index) {
        return Undefined.ifNegative(index);
    }

    private static void imports(StructType.Builder<PeView> type) {
        type.function("imports", (pe, given) -> functions(pe, STANDARD, given.text(0)), TEXT)
                .function(
                        "imports", (pe, given) -> some(pe, STANDARD, given.text(0), isNamed(given.text(1))), TEXT, TEXT)
                .function(
                        "imports",
                        (pe, given) ->
                                some(pe, STANDARD, given.text(0), function -> function.ordinal() == given.integer(1)),
                        TEXT,
                        INTEGER)
                .function("imports", (pe, given) -> matches(pe, STANDARD, given, 0), REGEX, REGEX)
                .function("imports", (pe, given) -> functions(pe, given.integer(0), given.text(1)), INTEGER, TEXT)
                .function(
                        "imports",
                        (pe, given) -> some(pe, given.integer(0), given.text(1), isNamed(given.text(2))),
                        INTEGER,
                        TEXT,
                        TEXT)
                .function(
                        "imports",
                        (pe, given) -> some(
                                pe,
                                given.integer(0),
                                given.text(1),
                                function -> function.ordinal() == given.integer(2)),
                        INTEGER,
                        TEXT,
                        INTEGER)
                .function("imports", (pe, given) -> matches(pe, given.integer(0), given, 1), INTEGER, REGEX, REGEX);
    }

    private static Predicate<PeFunction> isNamed(String name) {
        return function -> name.equalsIgnoreCase(function.name());
    }

    private static long some(PeView pe, long flags, String library, Predicate<PeFunction> wanted) {
        return sum(
                                pe,
                                flags,
                                one -> one.name().equalsIgnoreCase(library)
                                                && one.functions().stream().anyMatch(wanted)
                                        ? 1
                                        : 0)
                        > 0
                ? 1
                : 0;
    }

    private static long functions(PeView pe, long flags, String library) {
        return sum(
                pe,
                flags,
                one -> one.name().equalsIgnoreCase(library) ? one.functions().size() : 0);
    }

    private static long matches(PeView pe, long flags, Arguments given, int first) {
        return sum(
                pe,
                flags,
                one -> given.regex(first).matches(one.name())
                        ? one.functions().stream()
                                .filter(function -> matches(given, first + 1, function.name()))
                                .count()
                        : 0);
    }

    private static boolean matches(Arguments given, int index, @Nullable String name) {
        return name != null && given.regex(index).matches(name);
    }

    private static long sum(PeView pe, long flags, ToLongFunction<PeImports.Library> count) {
        long sum = 0;
        if ((flags & STANDARD) != 0) {
            sum += pe.imports().libraries().stream().mapToLong(count).sum();
        }
        if ((flags & DELAYED) != 0) {
            sum += pe.delayed().libraries().stream().mapToLong(count).sum();
        }
        return sum;
    }
}
