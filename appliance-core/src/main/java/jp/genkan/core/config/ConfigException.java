package jp.genkan.core.config;

import java.util.List;

/** A configuration that cannot be used. Every problem is a line of its own, with its place in front. */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial") // always an immutable list of strings
    private final List<String> problems;

    ConfigException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /** The lines, in the order of the file: {@code genkan.yaml:3:5: what is wrong}. */
    public List<String> problems() {
        return problems;
    }
}
