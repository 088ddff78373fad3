package jp.genkan.av.scan;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a file besides its octets.
 *
 * @param name its own name as its transfer or its container gives it, decoded; null when it has none
 * @param type media type by its octets, as {@code jp.genkan.protocols.file} finds it; null when that is unknown
 * @param containers the names of what it was found in, outermost first; empty for the file itself. Where one has no name its format stands
 * @param formats the formats of those containers ({@code zip}, {@code mail}), as many
 * @param passwords to try on what is encrypted, best first
 * @param deadline value of the clock after which looking at it has to end
 * @param clock that is asked for it, in nanoseconds
 */
public record FileFacts(
        @Nullable String name,
        @Nullable String type,
        List<String> containers,
        List<String> formats,
        List<String> passwords,
        long deadline,
        LongSupplier clock) {
    /** With a deadline by {@link System#nanoTime()}. */
    public FileFacts(
            @Nullable String name,
            @Nullable String type,
            List<String> containers,
            List<String> formats,
            List<String> passwords,
            long deadline) {
        this(name, type, containers, formats, passwords, deadline, System::nanoTime);
    }

    public FileFacts {
        containers = List.copyOf(containers);
        formats = List.copyOf(formats);
        passwords = List.copyOf(passwords);
        if (containers.size() != formats.size()) {
            throw new IllegalArgumentException("each container has a name and a format");
        }
    }

    /** Its name's ending in lower case, without the dot; empty when it has none. */
    public String extension() {
        int dot = name == null ? -1 : name.lastIndexOf('.');
        return name == null || dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** How many containers it lies in. */
    public int depth() {
        return containers.size();
    }

    /** True when its time is over. */
    public boolean isLate() {
        return clock.getAsLong() - deadline > 0;
    }
}
