package jp.genkan.ips.signature;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all rules of a set share while they are compiled: the tables of names, the folder from which relative file names start, and whatever a family of keywords
 * keeps for the whole set (datasets, reputation lists), under the class of the thing.
 *
 * <p>Thread rule: the thread that loads rules; what it hands out for matching is immutable or safe by its own rule.
 */
public final class RuleEnvironment {
    private final Path folder;
    private final Path dataFolder;
    private final Names flowbits;
    private final Names flowints;
    private final Map<Class<?>, Object> shared = new HashMap<>();

    /**
     * An environment.
     *
     * @param folder from which relative file names in rules start
     */
    public RuleEnvironment(Path folder) {
        this(folder, folder);
    }

    /**
     * An environment with a place for what rules write.
     *
     * @param folder from which relative file names in rules start
     * @param dataFolder into which files go that rules write, and where files are looked for that {@code folder} lacks
     */
    public RuleEnvironment(Path folder, Path dataFolder) {
        this(folder, dataFolder, null);
    }

    /**
     * An environment that takes the place of another one: what flows have noted under its numbers stays true.
     *
     * @param before the environment of the set before this one; null for the first
     */
    public RuleEnvironment(Path folder, Path dataFolder, @Nullable RuleEnvironment before) {
        this.folder = folder;
        this.dataFolder = dataFolder;
        this.flowbits = before == null ? new Names() : before.flowbits;
        this.flowints = before == null ? new Names() : before.flowints;
    }

    /** From which relative file names in rules start. */
    public Path folder() {
        return folder;
    }

    /** Into which files go that rules write. */
    public Path dataFolder() {
        return dataFolder;
    }

    public Names flowbits() {
        return flowbits;
    }

    public Names flowints() {
        return flowints;
    }

    /** Puts in a thing that the set is to share: read from settings, or left by the set before this one. */
    public <T> void share(Class<T> type, T thing) {
        shared.put(type, thing);
    }

    /** The thing of this class that the set shares; made when it is asked for first. */
    public <T> T shared(Class<T> type, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(type, ignored -> maker.get()));
    }
}
