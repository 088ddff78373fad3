package jp.genkan.appliance.cli;

/** What the process ends with; scripts and the conformance tools rely on the numbers. */
public final class ExitCode {
    /** All well. */
    public static final int OK = 0;

    /** The run failed. */
    public static final int FAILED = 1;

    /** Unusable arguments. */
    public static final int USAGE = 2;

    /** The input was refused: a rule file, capture or configuration that cannot be used. */
    public static final int REFUSED = 3;

    private ExitCode() {}
}
