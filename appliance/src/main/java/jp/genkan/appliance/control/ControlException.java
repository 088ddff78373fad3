package jp.genkan.appliance.control;

/** A request that cannot be answered; the message says why, in one line for the person who asked. */
public final class ControlException extends Exception {
    private static final long serialVersionUID = 1L;

    /** With what the person reads. */
    public ControlException(String message) {
        super(message);
    }

    /** With what the person reads, and its cause. */
    public ControlException(String message, Throwable cause) {
        super(message, cause);
    }
}
