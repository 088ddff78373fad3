package jp.genkan.dataplane.port;

/**
 * Is told when a port's interface goes and comes back, once for each change, after the change has taken effect.
 *
 * <p>Thread rule: called on the thread that looks after the ports, never on a worker; it may block for a moment and may allocate.
 */
public interface PortListener {
    /** Nobody who wants to know. */
    PortListener NONE = new PortListener() {
        @Override
        public void portLost(Port port, PortState state) {
            // nobody wants to know
        }

        @Override
        public void portBack(Port port, boolean reopened) {
            // nobody wants to know
        }
    };

    /** The port cannot be used any more; the state says why. */
    void portLost(Port port, PortState state);

    /**
     * The port can be used again.
     *
     * @param reopened true when it is a new interface (with another {@link Port#index()}), so that what was attached to the old one is gone
     */
    void portBack(Port port, boolean reopened);
}
