package jp.genkan.ips.pcre;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * The functions of libpcre2-8 that are used, and their constants (pcre2api(3)). Pointers are numbers; the one exception is the subject of
 * {@link #MATCH_ON_HEAP}.
 *
 * <p>The library is looked for once, when the class is first used; the message of its failure says what to install.
 */
@SuppressWarnings("restricted") // the one place of this package where C functions become callable
final class Pcre2 {
    // pcre2.h
    static final int CASELESS = 0x8;
    static final int DOLLAR_ENDONLY = 0x10;
    static final int DOTALL = 0x20;
    static final int EXTENDED = 0x80;
    static final int MULTILINE = 0x400;
    static final int NEVER_UTF = 0x1000;
    static final int UNGREEDY = 0x40000;
    static final int USE_OFFSET_LIMIT = 0x800000;
    static final int ANCHORED = 0x80000000;

    static final int INFO_ALL_OPTIONS = 0;
    static final int INFO_BACK_REFERENCE_MAX = 2;
    static final int INFO_CAPTURE_COUNT = 4;
    static final int INFO_MIN_LENGTH = 16;
    static final int JIT_COMPLETE = 1;
    static final long UNSET = -1;

    static final int ERROR_NO_MATCH = -1;
    static final int ERROR_MATCH_LIMIT = -47;

    /** Ours, in the range that the library does not use: the time was over. */
    static final int ERROR_TIME = -10_000;

    private static final String NAME = "libpcre2-8.so.0";
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = library();

    static final MethodHandle COMPILE = function(
            "compile",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle CODE_FREE = function("code_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    static final MethodHandle JIT_COMPILE =
            function("jit_compile", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    static final MethodHandle PATTERN_INFO =
            function("pattern_info", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG));
    static final MethodHandle GET_ERROR_MESSAGE =
            function("get_error_message", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));

    static final MethodHandle MATCH_CONTEXT_CREATE =
            function("match_context_create", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
    static final MethodHandle MATCH_CONTEXT_FREE = function("match_context_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    static final MethodHandle SET_MATCH_LIMIT = function(
            "set_match_limit", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT), Linker.Option.critical(false));
    static final MethodHandle SET_DEPTH_LIMIT =
            function("set_depth_limit", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    static final MethodHandle SET_HEAP_LIMIT =
            function("set_heap_limit", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT));
    static final MethodHandle SET_OFFSET_LIMIT = function(
            "set_offset_limit", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), Linker.Option.critical(false));
    static final MethodHandle JIT_STACK_CREATE =
            function("jit_stack_create", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle JIT_STACK_ASSIGN =
            function("jit_stack_assign", FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    static final MethodHandle JIT_STACK_FREE = function("jit_stack_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    static final MethodHandle MATCH_DATA_CREATE =
            function("match_data_create", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG));
    static final MethodHandle MATCH_DATA_FREE = function("match_data_free", FunctionDescriptor.ofVoid(JAVA_LONG));
    static final MethodHandle GET_OVECTOR_POINTER =
            function("get_ovector_pointer", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));

    /** On a subject in native memory. */
    static final MethodHandle MATCH = function(
            "match",
            FunctionDescriptor.of(
                    JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG));
    /** On a subject in a Java array, which does not move meanwhile: the collector waits for the call. */
    static final MethodHandle MATCH_ON_HEAP = function(
            "match",
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG),
            Linker.Option.critical(true));

    private Pcre2() {}

    private static SymbolLookup library() {
        try {
            return SymbolLookup.libraryLookup(NAME, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    NAME + " cannot be loaded: rules with pcre need it; install the package libpcre2-8-0", e);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor shape, Linker.Option... options) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow("pcre2_" + name + "_8"), shape, options);
    }

    /** The library's memory as a bounded segment. */
    static MemorySegment memory(long address, long lengthBytes) {
        return MemorySegment.ofAddress(address).reinterpret(lengthBytes);
    }

    static long info(long code, int what) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(JAVA_LONG);
            int result = (int) PATTERN_INFO.invokeExact(code, what, place.address());
            if (result != 0) {
                throw new IllegalStateException("pcre2_pattern_info " + what + ": " + result);
            }
            return place.get(JAVA_INT, 0) & 0xffffffffL;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static String errorMessage(int error) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment place = arena.allocate(256);
            int length = (int) GET_ERROR_MESSAGE.invokeExact(error, place.address(), place.byteSize());
            return length < 0 ? "error " + error : place.getString(0, StandardCharsets.ISO_8859_1);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** What to throw when a call fails that cannot: a wrong shape, or no memory. */
    static RuntimeException unexpected(Throwable cause) {
        if (cause instanceof RuntimeException e) {
            return e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
        return new IllegalStateException("a native call failed", cause);
    }
}
