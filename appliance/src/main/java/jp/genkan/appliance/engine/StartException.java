package jp.genkan.appliance.engine;

import java.util.List;

/** The appliance cannot start. Each line says what, where and which value, for the person who started it. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines;
    private final int exitCode;

    /**
     * With its reasons.
     *
     * @param exitCode 1 when the machine does not allow it, 3 when the configuration is refused
     */
    public StartException(int exitCode, List<String> lines) {
        super(String.join("; ", lines));
        this.lines = List.copyOf(lines);
        this.exitCode = exitCode;
    }

    /** With one reason and what it came from. */
    public StartException(int exitCode, String line, Throwable cause) {
        super(line, cause);
        this.lines = List.of(line);
        this.exitCode = exitCode;
    }

    /** The reasons. */
    public List<String> lines() {
        return lines;
    }

    /** What the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}
