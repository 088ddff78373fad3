package jp.genkan.ips.threshold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.RuleProblem;

/**
 * What a {@code threshold.config} says.
 *
 * @param entries in order
 * @param problems lines that cannot be used; the others count
 */
public record ThresholdConfig(List<ThresholdEntry> entries, List<RuleProblem> problems) {
    /** Most octets of a file: a line for every rule of a large set. */
    static final long FILE_BYTES_MAX = 16L << 20;

    /** No file. */
    public static final ThresholdConfig NONE = new ThresholdConfig(List.of(), List.of());

    public ThresholdConfig {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file.
     *
     * @param variables what suppressions may name
     * @throws IOException when it cannot be read
     */
    public static ThresholdConfig read(Path file, Variables variables) throws IOException {
        long size = Files.size(file);
        if (size > FILE_BYTES_MAX) {
            throw new IOException(file + ": " + size + " octets; such a file has at most " + FILE_BYTES_MAX);
        }
        return parse(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8), variables);
    }

    /** Reads the text of a file. */
    public static ThresholdConfig parse(Path file, String text, Variables variables) {
        return new ThresholdReader(file, variables).read(text);
    }
}
