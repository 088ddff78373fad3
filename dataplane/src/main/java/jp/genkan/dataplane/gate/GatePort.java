package jp.genkan.dataplane.gate;

import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.port.Port;

/**
 * An interface that the gate guards.
 *
 * @param number of the port, 0 to {@link Gate#PORTS_MAX} - 1, as everywhere in the engine
 * @param name of the interface
 * @param ifindex of the interface, in the network namespace of the thread that prepares the gate
 * @param side that it is on; at most one port is the host's
 */
public record GatePort(int number, String name, int ifindex, Side side) {
    /** Refuses numbers that the programs have no room for. */
    public GatePort {
        if (number < 0 || number >= Gate.PORTS_MAX) {
            throw new IllegalArgumentException("port number " + number + ": the gate has room for " + Gate.PORTS_MAX);
        }
        if (ifindex <= 0) {
            throw new IllegalArgumentException(name + ": interface index " + ifindex);
        }
    }

    /** A port of the engine with the index that its interface has now. */
    public static GatePort of(Port port) {
        return new GatePort(port.number(), port.name(), port.index(), port.side());
    }
}
