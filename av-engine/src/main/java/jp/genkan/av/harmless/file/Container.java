package jp.genkan.av.harmless.file;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.av.unpack.LimitException;
import org.jspecify.annotations.Nullable;

/**
 * A format in which a member can be replaced without touching the others.
 *
 * <p>Thread rule: no state, any thread.
 */
public interface Container {
    /** In the words of {@code Unpacker.format}. */
    String format();

    /** True when octets begin like this format. */
    boolean recognises(byte[] file, @Nullable String name);

    /**
     * Replaces the members that are infected.
     *
     * @param file not changed
     * @param inside where it lies, and how deep
     * @param files for members
     * @return as many octets; null when they cannot be replaced one by one
     */
    byte @Nullable [] clean(byte[] file, Inside inside, FileCleaner files, Removal removal) throws LimitException;

    /**
     * Where a file lies.
     *
     * @param name of it; null when it has none
     * @param path of it, for {@code Replaced}
     * @param formats of what it came in, outermost first
     * @param depth containers of ours around it
     */
    record Inside(@Nullable String name, String path, List<String> formats, int depth) {
        public Inside {
            formats = List.copyOf(formats);
        }

        /** A member of it. */
        public Inside member(String format, @Nullable String memberName) {
            List<String> inner = new ArrayList<>(formats);
            inner.add(format);
            String step = memberName == null ? "" : memberName;
            return new Inside(memberName, path.isEmpty() ? step : path + "/" + step, inner, depth + 1);
        }
    }
}
