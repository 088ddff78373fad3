package jp.genkan.ips.dataset;

/** A set cannot be made or filled; the message says which file, which line, and why. */
public final class DatasetException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /** What is wrong. */
    public enum Kind {
        /** A file is missing, or a line of it cannot be read. */
        FILE,
        /** There is no room for all members. */
        TOO_LARGE,
        /** It contradicts another definition. */
        CONFLICT
    }

    DatasetException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong, in words. */
    public String reason() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }
}
