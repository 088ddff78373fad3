package jp.genkan.literals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles literals by Hyperscan where it is installed and passes its self-test, by the automaton in Java otherwise: that one finds the same
 * and is several times slower.
 *
 * <p>Thread rule: any thread, any number of databases at a time.
 */
public final class LiteralCompiler {
    private static final Logger LOG = LoggerFactory.getLogger(LiteralCompiler.class);

    /** Changes when the same literals are compiled to something else. */
    private static final int FORMAT = 2;

    private final @Nullable String refusal;
    private final @Nullable DatabaseCache cache;
    private final byte[] platform;

    LiteralCompiler(@Nullable String refusal, @Nullable DatabaseCache cache) {
        this.refusal = refusal;
        this.cache = cache;
        platform = refusal == null ? platform() : new byte[0];
    }

    /**
     * Finds and tests the library.
     *
     * @param cacheDirectory where compiled databases are kept, made if it is not there; null to keep none
     */
    public static LiteralCompiler open(@Nullable Path cacheDirectory) {
        return new LiteralCompiler(
                HyperscanLibrary.refusal(), cacheDirectory == null ? null : new DatabaseCache(cacheDirectory));
    }

    /** One that never uses the library: to compare with. */
    public static LiteralCompiler inJava() {
        return new LiteralCompiler("asked for", null);
    }

    /** The engine in one line, and why if it is not Hyperscan. */
    public String describe() {
        return refusal == null
                ? "Hyperscan " + NativeHyperscan.version()
                : "Aho-Corasick in Java, several times slower: " + refusal;
    }

    /** Whether databases will be Hyperscan's. */
    public boolean isNative() {
        return refusal == null;
    }

    /** Compiles literals; their ids are their indexes. Some 50 µs a literal, or 1 ms for all if they were compiled before. */
    public LiteralDatabase compile(List<Literal> literals, Mode mode) {
        LiteralSet set = new LiteralSet(literals);
        if (refusal == null && set.size() > 0) {
            try {
                NativePart block = part(set, mode == Mode.ENDS ? Mode.ENDS : Mode.BLOCK);
                return new NativeDatabase(set, mode, block, mode == Mode.STREAM ? part(set, mode) : null);
            } catch (CompileException failed) {
                LOG.warn(
                        "Hyperscan cannot compile {} literals, they are looked for in Java: {}",
                        set.size(),
                        failed.getMessage());
            }
        }
        return new AutomatonDatabase(set, mode);
    }

    private NativePart part(LiteralSet set, Mode mode) throws CompileException {
        if (cache == null) {
            return NativePart.of(compiled(set, mode));
        }
        byte[] key = key(set, mode);
        byte[] kept = cache.get(key);
        if (kept != null) {
            try {
                return NativePart.of(kept);
            } catch (CompileException foreign) {
                LOG.info("a kept database is compiled again: {}", foreign.getMessage());
            }
        }
        byte[] fresh = compiled(set, mode);
        cache.put(key, fresh);
        return NativePart.of(fresh);
    }

    private static byte[] compiled(LiteralSet set, Mode mode) throws CompileException {
        NativeCompilation compilation = new NativeCompilation(set.literals().size());
        int flags = mode == Mode.BLOCK ? NativeHyperscan.FLAG_SINGLEMATCH : 0;
        for (int i = 0; i < set.literals().size(); i++) {
            compilation.add(set.literals().get(i), flags, set.id(i));
        }
        return compilation.compile(mode == Mode.STREAM ? NativeHyperscan.MODE_STREAM : NativeHyperscan.MODE_BLOCK);
    }

    /** SHA-256 of what the compiled octets depend on. */
    private byte[] key(LiteralSet set, Mode mode) {
        MessageDigest sum = DatabaseCache.sha256();
        sum.update(ByteBuffer.allocate(8).putInt(FORMAT).putInt(mode.ordinal()).flip());
        sum.update(NativeHyperscan.version().getBytes(StandardCharsets.US_ASCII));
        sum.update(platform);
        ByteBuffer head = ByteBuffer.allocate(9);
        for (int i = 0; i < set.literals().size(); i++) {
            Literal literal = set.literals().get(i);
            byte[] octets = literal.octets();
            sum.update(head.clear()
                    .putInt(set.id(i))
                    .putInt(octets.length)
                    .put((byte) (literal.caseless() ? 1 : 0))
                    .flip());
            sum.update(octets);
        }
        return sum.digest();
    }

    /** What Hyperscan says of this processor. */
    private static byte[] platform() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment platform = arena.allocate(NativeHyperscan.PLATFORM_BYTES, 8);
            NativeHyperscan.check(NativeHyperscan.populatePlatform(platform), "recognising the processor");
            return platform.toArray(ValueLayout.JAVA_BYTE);
        }
    }
}
