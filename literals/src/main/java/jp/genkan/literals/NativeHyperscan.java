package jp.genkan.literals;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The functions of {@code hs.h} that we use, under their names without the prefix. Pointers are {@code long}s, as the callers keep what they
 * point to alive by themselves. Touch it only when {@link HyperscanLibrary} has found the library.
 *
 * <p>Nobody may throw out of the match handler, as the JVM would end; and nobody may call Hyperscan with the scratch in use from it.
 */
@SuppressWarnings("restricted") // native calls
final class NativeHyperscan {
    // Specification constants: hs_compile.h, hs_common.h
    static final int FLAG_CASELESS = 1;
    static final int FLAG_DOTALL = 2;
    static final int FLAG_SINGLEMATCH = 8;
    static final int MODE_BLOCK = 1;
    static final int MODE_STREAM = 2;
    static final int SUCCESS = 0;
    static final int SCAN_TERMINATED = -3;
    static final int COMPILER_ERROR = -4;

    /** {@code hs_platform_info_t}: tune, CPU features, two reserved numbers. */
    static final int PLATFORM_BYTES = 32;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBRARY = HyperscanLibrary.found();

    private static final MethodHandle VERSION = function("hs_version", JAVA_LONG);
    private static final MethodHandle VALID_PLATFORM = function("hs_valid_platform", JAVA_INT);
    private static final MethodHandle POPULATE_PLATFORM = function("hs_populate_platform", JAVA_INT, JAVA_LONG);
    private static final MethodHandle COMPILE_MULTI = function(
            "hs_compile_multi",
            JAVA_INT,
            JAVA_LONG, // expressions
            JAVA_LONG, // flags
            JAVA_LONG, // ids
            JAVA_INT, // how many
            JAVA_INT, // mode
            JAVA_LONG, // platform
            JAVA_LONG, // gets the database
            JAVA_LONG); // gets the error
    private static final MethodHandle FREE_COMPILE_ERROR = function("hs_free_compile_error", JAVA_INT, JAVA_LONG);
    private static final MethodHandle FREE_DATABASE = function("hs_free_database", JAVA_INT, JAVA_LONG);
    private static final MethodHandle STREAM_SIZE = function("hs_stream_size", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SERIALIZE_DATABASE =
            function("hs_serialize_database", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle SERIALIZED_DATABASE_SIZE =
            function("hs_serialized_database_size", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle DESERIALIZE_DATABASE_AT =
            function("hs_deserialize_database_at", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle ALLOC_SCRATCH = function("hs_alloc_scratch", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CLONE_SCRATCH = function("hs_clone_scratch", JAVA_INT, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FREE_SCRATCH = function("hs_free_scratch", JAVA_INT, JAVA_LONG);
    private static final MethodHandle SCAN =
            function("hs_scan", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle OPEN_STREAM =
            function("hs_open_stream", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG);
    private static final MethodHandle SCAN_STREAM = function(
            "hs_scan_stream", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle RESET_STREAM =
            function("hs_reset_stream", JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle CLOSE_STREAM =
            function("hs_close_stream", JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
    private static final MethodHandle FREE =
            LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("free"), FunctionDescriptor.ofVoid(JAVA_LONG));

    /** The one match handler, for ever: {@link NativeScan#onMatch}. */
    private static final long ON_MATCH = onMatch();

    private NativeHyperscan() {}

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(LIBRARY.findOrThrow(name), FunctionDescriptor.of(result, arguments));
    }

    private static long onMatch() {
        try {
            MethodHandle handler = MethodHandles.lookup()
                    .findStatic(
                            NativeScan.class,
                            "onMatch",
                            MethodType.methodType(int.class, int.class, long.class, long.class, int.class, long.class));
            return LINKER.upcallStub(
                            handler,
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG),
                            Arena.global())
                    .address();
        } catch (ReflectiveOperationException missing) {
            throw unexpected(missing);
        }
    }

    static String version() {
        try {
            return text((long) VERSION.invokeExact());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static boolean validPlatform() {
        try {
            return (int) VALID_PLATFORM.invokeExact() == SUCCESS;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int populatePlatform(MemorySegment platform) {
        try {
            return (int) POPULATE_PLATFORM.invokeExact(platform.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** For this machine's processor. */
    static int compileMulti(
            MemorySegment expressions,
            MemorySegment flags,
            MemorySegment ids,
            int count,
            int mode,
            MemorySegment database,
            MemorySegment error) {
        try {
            return (int) COMPILE_MULTI.invokeExact(
                    expressions.address(),
                    flags.address(),
                    ids.address(),
                    count,
                    mode,
                    0L,
                    database.address(),
                    error.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** What the compiler says, and frees it. */
    static String takeCompileError(long error) {
        if (error == 0) {
            return "no reason given";
        }
        MemorySegment structure = MemorySegment.ofAddress(error).reinterpret(16);
        String reason = text(structure.get(JAVA_LONG, 0)) + " (expression " + structure.get(JAVA_INT, 8) + ")";
        try {
            int _ = (int) FREE_COMPILE_ERROR.invokeExact(error);
        } catch (Throwable e) {
            throw unexpected(e);
        }
        return reason;
    }

    static void freeDatabase(long database) {
        try {
            int _ = (int) FREE_DATABASE.invokeExact(database);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int streamSize(long database, MemorySegment size) {
        try {
            return (int) STREAM_SIZE.invokeExact(database, size.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** The octets have to be freed by {@link #free}. */
    static int serializeDatabase(long database, MemorySegment octets, MemorySegment length) {
        try {
            return (int) SERIALIZE_DATABASE.invokeExact(database, octets.address(), length.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int serializedDatabaseSize(MemorySegment octets, MemorySegment size) {
        try {
            return (int) SERIALIZED_DATABASE_SIZE.invokeExact(octets.address(), octets.byteSize(), size.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int deserializeDatabaseAt(MemorySegment octets, MemorySegment database) {
        try {
            return (int) DESERIALIZE_DATABASE_AT.invokeExact(octets.address(), octets.byteSize(), database.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int allocScratch(long database, MemorySegment scratch) {
        try {
            return (int) ALLOC_SCRATCH.invokeExact(database, scratch.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int cloneScratch(long scratch, MemorySegment copy) {
        try {
            return (int) CLONE_SCRATCH.invokeExact(scratch, copy.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void freeScratch(long scratch) {
        try {
            int _ = (int) FREE_SCRATCH.invokeExact(scratch);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** @param context goes to {@link NativeScan#onMatch} */
    static int scan(long database, long octets, int length, long scratch, long context) {
        try {
            return (int) SCAN.invokeExact(database, octets, length, 0, scratch, ON_MATCH, context);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int openStream(long database, MemorySegment stream) {
        try {
            return (int) OPEN_STREAM.invokeExact(database, 0, stream.address());
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int scanStream(long stream, long octets, int length, long scratch, long context) {
        try {
            return (int) SCAN_STREAM.invokeExact(stream, octets, length, 0, scratch, ON_MATCH, context);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Lets a stream read octets without telling what is in them. */
    static int skipStream(long stream, long octets, int length, long scratch) {
        try {
            return (int) SCAN_STREAM.invokeExact(stream, octets, length, 0, scratch, 0L, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static int resetStream(long stream) {
        try {
            return (int) RESET_STREAM.invokeExact(stream, 0, 0L, 0L, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void closeStream(long stream) {
        try {
            int _ = (int) CLOSE_STREAM.invokeExact(stream, 0L, 0L, 0L);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    static void free(long memory) {
        try {
            FREE.invokeExact(memory);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private static String text(long address) {
        return address == 0
                ? ""
                : MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** What to do with a result that only a fault of ours, or no memory at all, can bring. */
    static void check(int result, String what) {
        if (result != SUCCESS) {
            throw new IllegalStateException("Hyperscan: " + what + " failed with " + result);
        }
    }

    private static AssertionError unexpected(Throwable cause) {
        return new AssertionError("a native call is declared with the wrong shape", cause);
    }
}
