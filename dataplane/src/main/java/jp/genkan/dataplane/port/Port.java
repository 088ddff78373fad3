package jp.genkan.dataplane.port;

import java.util.List;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Side;

/**
 * One port of the box: an interface and the side that it is on.
 *
 * <p>Thread rule: read by everybody; written by the thread that looks after the ports.
 */
public final class Port {
    private final int number;
    private final String name;
    private final Side side;
    private final int mtu;
    private volatile int index;
    private volatile long mac;
    private volatile PortState state = PortState.UP;
    private volatile List<CounterSet<PortCounter>> counters = List.of();

    Port(int number, String name, Side side, int index, int mtu, long mac) {
        this.number = number;
        this.name = name;
        this.side = side;
        this.index = index;
        this.mtu = mtu;
        this.mac = mac;
    }

    /** Number of the port, from 0: inside ports, outside ports, host port, in the order of the configuration. */
    public int number() {
        return number;
    }

    /** Name of the interface. */
    public String name() {
        return name;
    }

    /** The side that the port is on. */
    public Side side() {
        return side;
    }

    /** The kernel's number of the interface; changes when the interface is removed and made anew. */
    public int index() {
        return index;
    }

    /** Octets of the largest packet when the ports were opened. */
    public int mtu() {
        return mtu;
    }

    /** Hardware address in the low 48 bits. */
    public long mac() {
        return mac;
    }

    /** How the interface is. */
    public PortState state() {
        return state;
    }

    /** True while frames can be sent and received. */
    public boolean isUp() {
        return state == PortState.UP;
    }

    /** The counters, one set for each worker; empty before the ports are opened. */
    public List<CounterSet<PortCounter>> counters() {
        return counters;
    }

    /** A counter's sum over all workers. */
    public long total(PortCounter counter) {
        long sum = 0;
        for (CounterSet<PortCounter> set : counters) {
            sum += set.get(counter);
        }
        return sum;
    }

    void count(List<CounterSet<PortCounter>> sets) {
        counters = List.copyOf(sets);
    }

    void become(PortState newState) {
        state = newState;
    }

    void moveTo(int newIndex, long newMac) {
        index = newIndex;
        mac = newMac;
    }

    @Override
    public String toString() {
        return name + " (" + side.name().toLowerCase(java.util.Locale.ROOT) + ", port " + number + ")";
    }
}
