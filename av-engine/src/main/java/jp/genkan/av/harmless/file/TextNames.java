package jp.genkan.av.harmless.file;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Names that say that a file is a text. Stateless. */
public final class TextNames {
    private static final String ENDING = ".txt";

    /** Longest extension that is taken for one. */
    private static final int EXTENSION_MAX = 10;

    private TextNames() {}

    /** The name with another ending. */
    public static String of(String name) {
        int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
        String base = name.substring(slash + 1);
        int dot = base.lastIndexOf('.');
        boolean hasExtension = dot > 0 && base.length() - dot - 1 <= EXTENSION_MAX;
        return (hasExtension ? base.substring(0, dot) : base) + ENDING;
    }

    /** A name of as many octets that ends as a text's does; null when it is too short, or characters would be cut. */
    public static byte @Nullable [] ofSameLength(byte[] name) {
        int base = name.length;
        while (base > 0 && name[base - 1] != '/' && name[base - 1] != '\\') {
            base--;
        }
        int dot = -1;
        for (int i = base; i < name.length; i++) {
            dot = name[i] == '.' ? i : dot;
        }
        int begin = name.length - ENDING.length();
        if (begin <= base || name.length - dot > EXTENSION_MAX + 1 && dot >= 0) {
            return null;
        }
        int end = dot < 0 ? name.length : dot;
        byte[] text = Arrays.copyOf(name, name.length);
        for (int i = Math.min(end, begin); i < name.length; i++) {
            if (name[i] < 0) {
                return null;
            }
            text[i] = '_';
        }
        if (begin > 0 && end > begin && name[begin - 1] < 0) {
            return null;
        }
        for (int i = 0; i < ENDING.length(); i++) {
            text[begin + i] = (byte) ENDING.charAt(i);
        }
        return text;
    }
}
