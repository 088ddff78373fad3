package jp.genkan.ips.signature;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What all rules of a set share while they are compiled: the tables of names, the folder from which relative file names start, and whatever a family of keywords
 * keeps for the whole set (datasets, reputation lists), under the class of the thing.
 *
 * <p>Thread rule: the thread that loads rules; what it hands out for matching is immutable or safe by its own rule.
 */
public final class RuleEnvironment {
    private final Path folder;
    private final Names flowbits = new Names();
    private final Names flowints = new Names();
    private final Map<Class<?>, Object> shared = new HashMap<>();

    /**
     * An environment.
     *
     * @param folder from which relative file names in rules start
     */
    public RuleEnvironment(Path folder) {
        this.folder = folder;
    }

    /** From which relative file names in rules start. */
    public Path folder() {
        return folder;
    }

    public Names flowbits() {
        return flowbits;
    }

    public Names flowints() {
        return flowints;
    }

    /** The thing of this class that the set shares; made when it is asked for first. */
    public <T> T shared(Class<T> type, Supplier<T> maker) {
        return type.cast(shared.computeIfAbsent(type, ignored -> maker.get()));
    }
}
