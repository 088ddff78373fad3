package jp.genkan.av.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The key of a hash in the table: its first 128 bits, into which its kind and the size that belongs to it are mixed, so that neither takes
 * room. Functions of their arguments alone.
 */
final class HashKey {
    /** Size of a signature that holds for files of any size. */
    static final long ANY_SIZE = -1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private HashKey() {}

    static long high(HashKind kind, long size, byte[] hash) {
        return (long) LONG.get(hash, 0) ^ mix(size * 8 + kind.ordinal() + 8);
    }

    static long low(byte[] hash) {
        return (long) LONG.get(hash, Long.BYTES);
    }

    /** Spreads all bits (the finaliser of SplitMix64, a bijection). */
    static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ mixed >>> 31;
    }
}
