package jp.genkan.dataplane.linux;

import java.io.IOException;

/**
 * A system call that was refused. The message is one line for the operator:
 * {@code socket(AF_PACKET): not permitted: needs CAP_NET_RAW …; run as root (EPERM)}.
 */
public class LinuxException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * Describes a refused call.
     *
     * @param what call and the values that matter, for example {@code setsockopt(PACKET_RX_RING, 35 blocks)}
     * @param errno why
     */
    public LinuxException(String what, int errno) {
        super(what + ": " + Errno.advice(errno) + " (" + Errno.name(errno) + ")");
        this.errno = errno;
    }

    /** The error number. */
    public int errno() {
        return errno;
    }
}
