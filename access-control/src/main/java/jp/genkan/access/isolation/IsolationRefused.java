package jp.genkan.access.isolation;

/** A machine could not be isolated or released; the message is one line for the operator. */
public final class IsolationRefused extends Exception {
    private static final long serialVersionUID = 1L;

    IsolationRefused(String message) {
        super(message);
    }

    IsolationRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
