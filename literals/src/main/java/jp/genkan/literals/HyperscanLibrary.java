package jp.genkan.literals;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the library and says whether it may be used. Vectorscan, which has the same interface and name, misses matches in several of its
 * releases, silently: whatever is found has to pass {@link SelfTest} first.
 *
 * <p>Thread rule: any thread; decided once in the life of the process.
 */
@SuppressWarnings("restricted") // loads a native library
final class HyperscanLibrary {
    /** By the system's search path; then where Debian puts it, for systems whose cache of libraries is missing. */
    static final List<String> NAMES = List.of("libhs.so.5", "/usr/lib/x86_64-linux-gnu/libhs.so.5");

    private static final @Nullable SymbolLookup FOUND = find(NAMES);

    private HyperscanLibrary() {}

    /** The first of the libraries that can be loaded. */
    static @Nullable SymbolLookup find(List<String> names) {
        for (String name : names) {
            try {
                return SymbolLookup.libraryLookup(name, Arena.global());
            } catch (IllegalArgumentException absent) {
                // The next one may be there.
            }
        }
        return null;
    }

    /** The library, which has to be there. */
    static SymbolLookup found() {
        if (FOUND == null) {
            throw new IllegalStateException(NAMES.getFirst() + " was not found");
        }
        return FOUND;
    }

    /** Why it may not be used, in one line; null when it may. */
    static @Nullable String refusal() {
        return Decision.REFUSAL;
    }

    /** Apart, so that it is made when it is asked for and not while the library is being bound. */
    private static final class Decision {
        static final @Nullable String REFUSAL = decide();

        private static @Nullable String decide() {
            String name = NAMES.getFirst();
            if (FOUND == null) {
                return name + " is not installed (Debian: libhyperscan5)";
            }
            try {
                if (!NativeHyperscan.validPlatform()) {
                    return name + " cannot run on this processor, which lacks SSSE3";
                }
                String missed = SelfTest.run(SelfTest.CASES);
                return missed == null ? null : name + " " + NativeHyperscan.version() + " is refused: " + missed;
            } catch (LinkageError | RuntimeException unusable) {
                return name + " cannot be used: " + root(unusable);
            }
        }

        private static String root(Throwable thrown) {
            Throwable root = thrown;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return String.valueOf(root.getMessage());
        }
    }
}
