package jp.genkan.ips.rule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where rules lie in a folder. */
public final class RuleFiles {
    /** How deep a folder is looked through: deeper than collections of rules are laid out, and an end to links that lead in a circle. */
    private static final int DEPTH_MAX = 16;

    private RuleFiles() {}

    /**
     * The files that end in {@code .rules}, in the order of their names.
     *
     * @throws IOException when the folder cannot be listed
     */
    public static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder, DEPTH_MAX)) {
            return all.filter(path -> path.toString().endsWith(".rules") && Files.isRegularFile(path))
                    .sorted()
                    .toList();
        }
    }
}
