package jp.genkan.dataplane.bpf;

import java.io.IOException;
import java.util.Locale;
import jp.genkan.dataplane.linux.Errno;

/** A {@code bpf(2)} call that was refused. The message is one line that tells the operator what to do. */
public final class BpfException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of trouble it is. */
    public enum Reason {
        /** The process lacks a capability. */
        NOT_PERMITTED,
        /** The kernel is too old or was built without it. */
        KERNEL_LACKS_FEATURE,
        /** The interface is not there. */
        NO_INTERFACE,
        /** The kernel has no memory for it, or the limit on locked memory is too low. */
        NO_MEMORY,
        /** The verifier does not accept the program. */
        PROGRAM_REJECTED,
        /** Anything else. */
        OTHER
    }

    private final Reason reason;
    private final int errno;

    private BpfException(String message, Reason reason, int errno) {
        super(message);
        this.reason = reason;
        this.errno = errno;
    }

    /** What kind of trouble it is. */
    public Reason reason() {
        return reason;
    }

    /** The error number, 0 when no call was made. */
    public int errno() {
        return errno;
    }

    static BpfException of(String what, int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES ->
                new BpfException(
                        what + ": not permitted: run as root, or with CAP_BPF, CAP_NET_ADMIN and CAP_SYS_ADMIN ("
                                + Errno.name(errno) + ")",
                        Reason.NOT_PERMITTED,
                        errno);
            case Errno.ENOSYS ->
                new BpfException(
                        what + ": this kernel (" + kernel() + ") was built without eBPF (CONFIG_BPF_SYSCALL)",
                        Reason.KERNEL_LACKS_FEATURE,
                        errno);
            case Errno.ENODEV, Errno.ENXIO ->
                new BpfException(what + ": no such interface; `ip link` lists them", Reason.NO_INTERFACE, errno);
            case Errno.ENOMEM ->
                new BpfException(
                        what
                                + ": no memory: lower gate.settled-flows-max, or raise the limit on locked memory (LimitMEMLOCK=infinity)",
                        Reason.NO_MEMORY,
                        errno);
            default -> new BpfException(what + ": " + Errno.name(errno), Reason.OTHER, errno);
        };
    }

    /** For a call that answers EINVAL when the kernel does not know the feature. */
    static BpfException ofFeature(String what, String feature, String since, int errno) {
        if (errno != Errno.EINVAL && errno != Errno.EOPNOTSUPP) {
            return of(what, errno);
        }
        return new BpfException(
                String.format(
                        Locale.ROOT,
                        "%s: this kernel (%s) has no %s: Linux %s or later is needed (%s)",
                        what,
                        kernel(),
                        feature,
                        since,
                        Errno.name(errno)),
                Reason.KERNEL_LACKS_FEATURE,
                errno);
    }

    static BpfException rejected(String what, int errno, String verifierLog) {
        if (verifierLog.isBlank()) {
            return of(what, errno);
        }
        return new BpfException(
                what + ": the verifier of kernel " + kernel() + " rejects it (" + Errno.name(errno) + "): "
                        + verifierLog,
                Reason.PROGRAM_REJECTED,
                errno);
    }

    static BpfException malformed(String what) {
        return new BpfException(what, Reason.OTHER, 0);
    }

    private static String kernel() {
        return System.getProperty("os.version", "unknown");
    }
}
