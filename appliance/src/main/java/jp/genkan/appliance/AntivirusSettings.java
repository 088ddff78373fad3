package jp.genkan.appliance;

import static jp.genkan.core.config.ConfigKey.key;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.heuristic.Heuristic;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.core.config.Config;
import jp.genkan.core.config.ConfigKey;
import jp.genkan.core.config.ConfigObject;
import jp.genkan.core.config.ConfigSchema;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the antivirus.
 *
 * @param isOn whether files are looked at
 * @param signatures files and folders of signatures besides those of the content folder
 * @param fileOctetsMax of a file that are gathered
 * @param memoryOctets for all files of a worker at a time
 * @param threads of the pool
 * @param patience how long the last octets of a file wait for the pool
 * @param holds whether transfers are held, so that infected mails are delivered with their viruses replaced
 * @param heuristics which are looked for without signatures
 */
public record AntivirusSettings(
        boolean isOn,
        List<Path> signatures,
        long fileOctetsMax,
        long memoryOctets,
        int threads,
        Duration patience,
        boolean holds,
        HeuristicPolicy heuristics) {
    private static final long MIB = 1L << 20;

    private static final ConfigKey<Boolean> ENABLED =
            key("av.enabled", "Whether files are looked at for viruses").bool().orElse(true);
    private static final ConfigKey<List<Path>> SIGNATURES = key(
                    "av.signatures", "Files or folders of signatures, in addition to the content set")
            .paths()
            .orElse(List.of());
    private static final ConfigKey<Long> FILE_MAX = key(
                    "av.file-size", "Largest file that is looked at; of a larger one this much")
            .size(MIB / 4, 256 * MIB)
            .orElse(32 * MIB);
    private static final ConfigKey<Long> MEMORY = key(
                    "av.memory", "Memory of each worker for the files that are on their way")
            .size(MIB / 4, 4096 * MIB)
            .orElse(96 * MIB);
    private static final ConfigKey<Integer> THREADS = key("av.threads", "Threads that look at large files and archives")
            .integer(1, 16)
            .orElse(1);
    private static final ConfigKey<Duration> PATIENCE = key(
                    "av.patience",
                    "How long the last octets of a file wait for its verdict; then it passes, and is told")
            .duration(Duration.ofMillis(100), Duration.ofMinutes(1))
            .orElse(Duration.ofSeconds(8));

    private static final ConfigKey<Boolean> HOLD = key(
                    "av.hold",
                    "Whether mails and downloads are held while they are looked at, and delivered with what is infected replaced")
            .bool()
            .orElse(true);

    private static final ConfigKey<Heuristic> HEURISTIC_NAME = key(
                    "name", "Which one, as events name it, in lower case with hyphens")
            .choice(Heuristic.class)
            .required();
    private static final ConfigKey<Heuristic.Grade> HEURISTIC_GRADE = key(
                    "grade", "What follows: infected, note, or off")
            .choice(Heuristic.Grade.class)
            .required();
    private static final ConfigKey<List<ConfigObject>> HEURISTICS = key(
                    "av.heuristics", "Grades of what is suspicious without a signature")
            .objects(HEURISTIC_NAME, HEURISTIC_GRADE)
            .orElse(List.of());

    /** Its keys. */
    static final ConfigSchema SCHEMA =
            ConfigSchema.of(ENABLED, SIGNATURES, FILE_MAX, MEMORY, THREADS, PATIENCE, HOLD, HEURISTICS);

    public AntivirusSettings {
        signatures = List.copyOf(signatures);
    }

    /** Where signatures lie: those that are configured, and the content folder. */
    public List<Path> places(@Nullable Path content) {
        List<Path> places = new ArrayList<>(signatures);
        if (content != null) {
            places.add(content);
        }
        return places;
    }

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException when values do not fit each other
     */
    static AntivirusSettings of(Config config) {
        long file = config.get(FILE_MAX);
        long memory = config.get(MEMORY);
        if (memory < file) {
            throw new IllegalArgumentException("av.memory is less than av.file-size: a worker could not hold one file");
        }
        return new AntivirusSettings(
                config.get(ENABLED),
                config.get(SIGNATURES),
                file,
                memory,
                config.get(THREADS),
                config.get(PATIENCE),
                config.get(HOLD),
                heuristics(config));
    }

    private static HeuristicPolicy heuristics(Config config) {
        Map<Heuristic, Heuristic.Grade> grades = new EnumMap<>(Heuristic.class);
        for (ConfigObject one : config.get(HEURISTICS)) {
            grades.put(one.get(HEURISTIC_NAME), one.get(HEURISTIC_GRADE));
        }
        return new HeuristicPolicy(grades);
    }
}
