package jp.genkan.av.yara.module.pe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names of functions that programs import by number from libraries whose numbers never change. Functions of their arguments alone. */
final class Ordinals {
    private static final String RESOURCE = "ordinals.txt";
    private static final Map<String, Map<Integer, String>> LIBRARIES = read();

    private Ordinals() {}

    private static Map<String, Map<Integer, String>> read() {
        Map<String, Map<Integer, String>> libraries = new HashMap<>();
        try (InputStream octets = Ordinals.class.getResourceAsStream(RESOURCE)) {
            if (octets == null) {
                throw new AssertionError(RESOURCE + " is missing");
            }
            Map<Integer, String> names = new HashMap<>();
            for (String line : new String(octets.readAllBytes(), StandardCharsets.US_ASCII).split("\n", -1)) {
                if (line.startsWith("[")) {
                    names = libraries.computeIfAbsent(line.substring(1, line.length() - 1), library -> new HashMap<>());
                } else if (!line.isEmpty() && line.charAt(0) != '#') {
                    int blank = line.indexOf(' ');
                    names.put(Integer.valueOf(line.substring(0, blank)), line.substring(blank + 1));
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        libraries.put("wsock32.dll", libraries.getOrDefault("ws2_32.dll", Map.of()));
        return libraries;
    }

    /** A function's name; {@code ord} and its number where nobody knows it. */
    static String name(String library, int ordinal) {
        Map<Integer, String> names = LIBRARIES.get(library.toLowerCase(Locale.ROOT));
        String name = names == null ? null : names.get(ordinal);
        return name == null ? "ord" + ordinal : name;
    }
}
