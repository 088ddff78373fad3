package jp.genkan.dataplane.linux;

/** Error numbers of Linux that are met here (asm-generic/errno-base.h and errno.h: the same on x86-64 and arm64), with their meaning. */
public final class Errno {
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int ENXIO = 6;
    public static final int E2BIG = 7;
    public static final int EBADF = 9;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EFAULT = 14;
    public static final int EBUSY = 16;
    public static final int EEXIST = 17;
    public static final int ENODEV = 19;
    public static final int EINVAL = 22;
    public static final int EMFILE = 24;
    public static final int ENOSPC = 28;
    public static final int ENOSYS = 38;
    public static final int EMSGSIZE = 90;
    public static final int ENOPROTOOPT = 92;
    public static final int EOPNOTSUPP = 95;
    public static final int EAFNOSUPPORT = 97;
    public static final int EADDRNOTAVAIL = 99;
    public static final int ENETDOWN = 100;
    public static final int ENOBUFS = 105;

    private Errno() {}

    /** The symbolic name, or {@code errno N} for one that is not in the list. */
    public static String name(int errno) {
        return switch (errno) {
            case EPERM -> "EPERM";
            case ENOENT -> "ENOENT";
            case EINTR -> "EINTR";
            case EIO -> "EIO";
            case ENXIO -> "ENXIO";
            case E2BIG -> "E2BIG";
            case EBADF -> "EBADF";
            case EAGAIN -> "EAGAIN";
            case ENOMEM -> "ENOMEM";
            case EACCES -> "EACCES";
            case EFAULT -> "EFAULT";
            case EBUSY -> "EBUSY";
            case EEXIST -> "EEXIST";
            case ENODEV -> "ENODEV";
            case EINVAL -> "EINVAL";
            case EMFILE -> "EMFILE";
            case ENOSPC -> "ENOSPC";
            case ENOSYS -> "ENOSYS";
            case EMSGSIZE -> "EMSGSIZE";
            case ENOPROTOOPT -> "ENOPROTOOPT";
            case EOPNOTSUPP -> "EOPNOTSUPP";
            case EAFNOSUPPORT -> "EAFNOSUPPORT";
            case EADDRNOTAVAIL -> "EADDRNOTAVAIL";
            case ENETDOWN -> "ENETDOWN";
            case ENOBUFS -> "ENOBUFS";
            default -> "errno " + errno;
        };
    }

    /** What it means and, where there is something to do, what the operator can do. */
    public static String advice(int errno) {
        return switch (errno) {
            case EPERM, EACCES -> "not permitted: needs CAP_NET_RAW, CAP_NET_ADMIN and CAP_BPF; run as root";
            case ENOENT -> "no such file or object";
            case EINTR -> "interrupted";
            case EIO -> "input/output error";
            case ENXIO, ENODEV -> "no such interface; `ip link` lists them";
            case E2BIG -> "too large for this kernel";
            case EBADF -> "bad file descriptor";
            case EAGAIN -> "no room or nothing there now";
            case ENOMEM -> "out of memory: use fewer ring blocks, or add memory";
            case EFAULT -> "bad address";
            case EBUSY -> "in use by another program";
            case EEXIST -> "exists already";
            case EINVAL -> "invalid argument, or a feature that this kernel lacks (Linux 6.6 or later is needed)";
            case EMFILE -> "too many open files: raise `ulimit -n`";
            case ENOSPC -> "no room left";
            case ENOSYS -> "this kernel lacks the system call (Linux 6.6 or later is needed)";
            case EMSGSIZE -> "larger than the interface's MTU allows";
            case ENOPROTOOPT, EOPNOTSUPP -> "this kernel or interface does not support it";
            case EAFNOSUPPORT -> "this kernel has no packet sockets (CONFIG_PACKET)";
            case EADDRNOTAVAIL -> "address not available";
            case ENETDOWN -> "the interface is down; `ip link set NAME up`";
            case ENOBUFS -> "no buffer space";
            default -> "see `errno " + errno + "`";
        };
    }
}
