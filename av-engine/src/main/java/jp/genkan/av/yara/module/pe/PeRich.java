package jp.genkan.av.yara.module.pe;

import java.nio.charset.StandardCharsets;
import jp.genkan.av.content.Content;
import jp.genkan.av.executable.PeFile;
import org.jspecify.annotations.Nullable;

/**
 * What Microsoft's linker notes of the tools that made a program, between the DOS stub and the headers: {@code DanS}, three words of padding and
 * pairs of words, all XORed with a key, then {@code Rich} and the key.
 *
 * @param at offset in the file
 * @param key that it was XORed with
 * @param raw octets as they stand
 * @param clear without the key
 */
record PeRich(long at, long key, String raw, String clear) {
    private static final int RICH = 0x68636952;
    private static final int DANS = 0x536e6144;
    private static final int FIRST_RECORD = 16;
    private static final int RECORD = 8;

    /** Octets before the headers that are searched: linkers write some 300. */
    private static final long SEARCHED_MAX = 1 << 20;

    static @Nullable PeRich of(PeFile file) {
        Content content = file.content();
        long end = file.at() - 4;
        long begin = Math.max(0, end - SEARCHED_MAX);
        while (end >= begin && (int) content.u32(end) != RICH) {
            end -= 4;
        }
        long key = content.u32(end + 4);
        if (end < begin || end < 0 || key <= 0) {
            return null;
        }
        long at = end;
        while (at >= begin && ((int) content.u32(at) ^ (int) key) != DANS) {
            at -= 4;
        }
        if (at < begin || at < 0) {
            return null;
        }
        byte[] octets = content.bytes(at, (int) (end - at));
        String raw = new String(octets, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < octets.length; i++) {
            octets[i] ^= (byte) (key >>> i % 4 * 8);
        }
        return new PeRich(at, key, raw, new String(octets, StandardCharsets.ISO_8859_1));
    }

    private int u16(int at) {
        return clear.charAt(at) | clear.charAt(at + 1) << 8;
    }

    /**
     * How often tools were used.
     *
     * @param version of the tool; below 0 for any
     * @param tool its number; below 0 for any
     */
    long count(long version, long tool) {
        long count = 0;
        for (int at = FIRST_RECORD; at + RECORD <= clear.length(); at += RECORD) {
            if ((version < 0 || u16(at) == version) && (tool < 0 || u16(at + 2) == tool)) {
                count += u16(at + 4) | (long) u16(at + 6) << 16;
            }
        }
        return count;
    }
}
