package jp.genkan.access.isolation;

import jp.genkan.core.frame.Address;

/** What the isolation table asks the host table. Control plane. */
public interface HostResolver {
    /** Knows no machine. */
    HostResolver NONE = new HostResolver() {
        @Override
        public long macOf(Address address) {
            return 0;
        }

        @Override
        public String nameOf(IsolationTarget target) {
            return "";
        }
    };

    /**
     * The MAC address of the one machine that has this address now; 0 when none is known, or when a router stands before it, whose MAC
     * address would cut off others too.
     */
    long macOf(Address address);

    /** The name of the machine, empty when it has none. */
    String nameOf(IsolationTarget target);
}
