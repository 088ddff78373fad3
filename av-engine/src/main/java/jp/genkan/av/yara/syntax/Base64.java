package jp.genkan.av.yara.syntax;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Text as it looks inside of Base64, wherever it begins there.
 *
 * <p>Thread rule: no state.
 */
final class Base64 {
    static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private Base64() {}

    /** The three ways to write it, each without the characters that depend on what stands around the text. */
    static Set<String> ways(String latin, String alphabet) {
        Set<String> ways = new LinkedHashSet<>();
        for (int before = 0; before < 3; before++) {
            int bits = 8 * (before + latin.length());
            StringBuilder way = new StringBuilder();
            for (int bit = (8 * before + 5) / 6 * 6; bit + 6 <= bits; bit += 6) {
                int value = 0;
                for (int i = bit; i < bit + 6; i++) {
                    int octet = latin.charAt(i / 8 - before);
                    value = value << 1 | octet >> 7 - i % 8 & 1;
                }
                way.append(alphabet.charAt(value));
            }
            ways.add(way.toString());
        }
        return ways;
    }
}
