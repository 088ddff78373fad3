package jp.genkan.av.unpack;

import java.io.IOException;

/** A bound was reached, or enough has been found: the rest of the container is not looked at. Has no stack trace, since hostile files cause it. */
public final class LimitException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Members.Reason reason;

    public LimitException(Members.Reason reason) {
        super(reason.name());
        this.reason = reason;
    }

    /** Which bound. */
    public Members.Reason reason() {
        return reason;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
