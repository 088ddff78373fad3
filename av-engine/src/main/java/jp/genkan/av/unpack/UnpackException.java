package jp.genkan.av.unpack;

import java.io.IOException;

/** A container that is broken, or of a kind that is not known. Has no stack trace, since hostile files cause it. */
public final class UnpackException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Members.Reason reason;

    /**
     * Says what is wrong.
     *
     * @param reason kind
     * @param message what, in a few words
     */
    public UnpackException(Members.Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Members.Reason reason() {
        return reason;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
