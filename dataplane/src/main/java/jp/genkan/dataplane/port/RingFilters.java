package jp.genkan.dataplane.port;

/**
 * The eBPF programs that decide which frames a ring takes. {@link #NONE}: every frame, shared among workers by the kernel's symmetric flow
 * hash.
 *
 * <p>The descriptors stay with their maker and must stay open while the ports are: a port whose interface comes back asks again.
 */
public interface RingFilters {
    /** No filters, no selector. */
    RingFilters NONE = new RingFilters() {
        @Override
        public int filter(Port port, int worker) {
            return -1;
        }

        @Override
        public int selector(Port port) {
            return -1;
        }
    };

    /** Descriptor of the socket filter for a worker's ring on a port, or -1 for none. */
    int filter(Port port, int worker);

    /**
     * Descriptor of the program that answers with the number of the worker for a frame on this port. Or -1 for none: where the port's rings
     * have filters, each ring sees every frame and its filter alone decides; where they have none, the kernel's own hash decides.
     */
    int selector(Port port);
}
