package jp.genkan.urlfilter.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.url.HostText;

/**
 * Keys of hosts, addresses and URLs: 64 bits under a seed, so that nobody outside can choose two names of one key.
 *
 * <p>A name is read from its end, so that one pass gives the keys of the name and of every domain above it. A URL's key continues its host's.
 * Two different names of one key are as likely as one in 2^64 for each pair.
 */
public final class SiteKeys {
    private static final long NAME_FACTOR = 0x9e37_79b9_7f4a_7c15L; // odd, bits of the golden ratio
    private static final long BLOCK_FACTOR = 0xff51_afd7_ed55_8ccdL; // MurmurHash3's finaliser
    private static final long END_FACTOR = 0xc4ce_b9fe_1a85_ec53L;
    private static final long ADDRESS_SALT = 0x6164_6472_6573_7300L;
    private static final long PAGE_SALT = 0x7061_6765_0000_0000L;
    private static final long PATHS_SALT = 0x7061_7468_7300_0000L;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SiteKeys() {}

    /**
     * The keys of a name and of the domains above it: first that of the top-level domain, last that of the name. Of a name with more labels than
     * there is room, those in between are left out.
     *
     * @return how many there are
     */
    public static int names(long seed, byte[] name, int length, long[] keys) {
        long state = seed;
        int levels = 0;
        for (int i = length - 1; i >= 0; i--) {
            int octet = name[i];
            if (octet == '.') {
                levels = Math.min(levels, keys.length - 1);
                keys[levels++] = finish(state);
            }
            state = (state ^ octet) * NAME_FACTOR;
            state ^= state >>> 32;
        }
        levels = Math.min(levels, keys.length - 1);
        keys[levels++] = finish(state);
        return levels;
    }

    /** The key of a network: of a single address with the prefix length 128. */
    public static long network(long seed, long high, long low, int prefixLength) {
        return finish(block(block(seed ^ ADDRESS_SALT ^ prefixLength, high), low));
    }

    /** The keys of what a query asks for: of a name as {@link #names} has them, of an address one. */
    public static int of(long seed, SiteQuery query, long[] keys) {
        HostText host = query.host();
        if (host.isAddress()) {
            keys[0] = network(seed, host.high(), host.low(), 128);
            return 1;
        }
        return host.length() == 0 ? 0 : names(seed, host.octets(), host.length(), keys);
    }

    /** The key of a page: port, path and query under a host. */
    public static long page(long hostKey, int port, byte[] target, int length) {
        return octets(hostKey ^ PAGE_SALT ^ port, target, length);
    }

    /** The key of all paths that begin with these octets, under a host. */
    public static long paths(long hostKey, int port, byte[] target, int length) {
        return octets(hostKey ^ PATHS_SALT ^ port, target, length);
    }

    private static long octets(long begin, byte[] octets, int length) {
        long state = begin;
        int at = 0;
        for (; at + Long.BYTES <= length; at += Long.BYTES) {
            state = block(state, (long) LONGS.get(octets, at));
        }
        long rest = 0;
        for (int i = at; i < length; i++) {
            rest = rest << 8 | octets[i] & 0xff;
        }
        return finish(block(block(state, rest), length));
    }

    private static long block(long state, long value) {
        long mixed = (state ^ value) * BLOCK_FACTOR;
        mixed ^= mixed >>> 32;
        mixed *= NAME_FACTOR;
        return mixed ^ mixed >>> 29;
    }

    /** Spreads what is known over all bits; never 0, which marks an empty place in tables. */
    private static long finish(long state) {
        long key = state ^ state >>> 33;
        key *= BLOCK_FACTOR;
        key ^= key >>> 33;
        key *= END_FACTOR;
        key ^= key >>> 33;
        return key == 0 ? 1 : key;
    }
}
