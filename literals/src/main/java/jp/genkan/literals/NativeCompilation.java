package jp.genkan.literals;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Expressions on their way to a serialised database. Literals go as expressions of {@code \xNN}, which are safe for octets of any value in
 * every release; the compiler recognises them as literals again.
 *
 * <p>Thread rule: one thread.
 */
final class NativeCompilation {
    private static final String HEX = "0123456789abcdef";

    private final byte[][] expressions;
    private final int[] flags;
    private final int[] ids;
    private int count;

    NativeCompilation(int expressionsMax) {
        expressions = new byte[expressionsMax][];
        flags = new int[expressionsMax];
        ids = new int[expressionsMax];
    }

    void add(String expression, int flagsOfIt, int id) {
        add(expression.getBytes(StandardCharsets.US_ASCII), flagsOfIt, id);
    }

    void add(Literal literal, int flagsOfIt, int id) {
        byte[] escaped = new byte[literal.length() * 4];
        for (int i = 0; i < literal.length(); i++) {
            escaped[4 * i] = '\\';
            escaped[4 * i + 1] = 'x';
            escaped[4 * i + 2] = (byte) HEX.charAt(literal.octet(i) >> 4);
            escaped[4 * i + 3] = (byte) HEX.charAt(literal.octet(i) & 0xf);
        }
        add(escaped, flagsOfIt | (literal.caseless() ? NativeHyperscan.FLAG_CASELESS : 0), id);
    }

    private void add(byte[] expression, int flagsOfIt, int id) {
        expressions[count] = expression;
        flags[count] = flagsOfIt;
        ids[count] = id;
        count++;
    }

    /** A database as octets, bound to this release of the library and this processor. */
    byte[] compile(int mode) throws CompileException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pointers = arena.allocate(JAVA_LONG, count);
            for (int i = 0; i < count; i++) {
                MemorySegment expression = arena.allocate(expressions[i].length + 1L);
                MemorySegment.copy(expressions[i], 0, expression, JAVA_BYTE, 0, expressions[i].length);
                pointers.setAtIndex(JAVA_LONG, i, expression.address());
            }
            MemorySegment database = arena.allocate(JAVA_LONG);
            MemorySegment error = arena.allocate(JAVA_LONG);
            int result = NativeHyperscan.compileMulti(
                    pointers,
                    arena.allocateFrom(JAVA_INT, flags),
                    arena.allocateFrom(JAVA_INT, ids),
                    count,
                    mode,
                    database,
                    error);
            if (result == NativeHyperscan.COMPILER_ERROR) {
                throw new CompileException(NativeHyperscan.takeCompileError(error.get(JAVA_LONG, 0)));
            }
            if (result != NativeHyperscan.SUCCESS) {
                throw new CompileException("hs_compile_multi returned " + result);
            }
            return serialise(database.get(JAVA_LONG, 0), arena);
        }
    }

    @SuppressWarnings("restricted") // octets of a length that the library tells
    private static byte[] serialise(long database, Arena arena) throws CompileException {
        try {
            MemorySegment octets = arena.allocate(JAVA_LONG);
            MemorySegment length = arena.allocate(JAVA_LONG);
            int result = NativeHyperscan.serializeDatabase(database, octets, length);
            if (result != NativeHyperscan.SUCCESS) {
                throw new CompileException("hs_serialize_database returned " + result);
            }
            long address = octets.get(JAVA_LONG, 0);
            byte[] copy = MemorySegment.ofAddress(address)
                    .reinterpret(length.get(JAVA_LONG, 0))
                    .toArray(JAVA_BYTE);
            NativeHyperscan.free(address);
            return copy;
        } finally {
            NativeHyperscan.freeDatabase(database);
        }
    }
}
