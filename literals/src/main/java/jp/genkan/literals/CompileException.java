package jp.genkan.literals;

/** Hyperscan could not compile something, or not read back what it had compiled. */
final class CompileException extends Exception {
    private static final long serialVersionUID = 1L;

    CompileException(String message) {
        super(message);
    }
}
