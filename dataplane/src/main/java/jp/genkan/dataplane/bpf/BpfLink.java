package jp.genkan.dataplane.bpf;

/**
 * Holds a program where it is attached; when it is closed, or the process ends, the program is gone from there.
 *
 * <p>Thread rule: may be shared.
 */
public final class BpfLink implements AutoCloseable {
    private final int fd;
    private boolean open = true;

    BpfLink(int fd) {
        this.fd = fd;
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Bpf.close(fd);
        }
    }
}
