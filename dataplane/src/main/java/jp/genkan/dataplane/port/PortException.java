package jp.genkan.dataplane.port;

/** A port that cannot be used; the message is one line for the operator: what, which values, what to do. */
public class PortException extends Exception {
    private static final long serialVersionUID = 1L;

    /** A reason in one line. */
    public PortException(String message) {
        super(message);
    }

    /** A reason in one line, with the error behind it. */
    public PortException(String message, Throwable cause) {
        super(message, cause);
    }
}
