package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.dataplane.bpf.BpfMap;

/**
 * The flows that no stage needs to see any more: the gate forwards them in the kernel. Frames that begin or end a TCP connection, fragments
 * and packets with options go to the ring all the same.
 *
 * <p>A frame of the flow that waits in the ring at that moment can be overtaken by the next one, so settle after the batch was flushed.
 * When the table is full, the flow unused for longest is forgotten: its frames come to the ring again, and it can be settled again.
 *
 * <p>Thread rule: one thread; each worker takes its own from {@link Gate#settled}. Nothing allocates. A call takes about two microseconds.
 */
public final class SettledFlows {
    private static final ValueLayout.OfLong NETWORK_LONG = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort NETWORK_SHORT = JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TWO_VLANS_BITS = 24;

    private final Gate gate;
    private final BpfMap.Access map;
    private final MemorySegment toServer;
    private final MemorySegment toClient;
    private final MemorySegment value;
    private final CounterSet<SettledCounter> counters = new CounterSet<>(SettledCounter.class);

    SettledFlows(Gate gate, BpfMap map) {
        Arena arena = Arena.ofAuto();
        this.gate = gate;
        this.map = map.access(arena);
        this.toServer = arena.allocate(GateLayout.KEY_BYTES, Long.BYTES);
        this.toClient = arena.allocate(GateLayout.KEY_BYTES, Long.BYTES);
        this.value = arena.allocate(GateLayout.FLOW_VALUE_BYTES, Long.BYTES);
    }

    /**
     * Hands both directions of a flow to the kernel.
     *
     * @param nanos {@link System#nanoTime}
     * @return false when the flow stays with the inspector; the reason is counted
     */
    public boolean settle(FlowTuple flow, long nanos) {
        int clientIfindex = gate.ifindex(flow.clientIngress);
        int serverIfindex = gate.ifindex(flow.serverIngress);
        if ((flow.protocol != TCP && flow.protocol != UDP)
                || flow.vlanIds >>> TWO_VLANS_BITS != 0
                || clientIfindex <= 0
                || serverIfindex <= 0
                || clientIfindex == serverIfindex) {
            counters.increment(SettledCounter.NOT_SETTLEABLE);
            return false;
        }
        keys(flow, clientIfindex, serverIfindex);
        boolean settled = put(toServer, serverIfindex, nanos) && put(toClient, clientIfindex, nanos);
        if (!settled) {
            map.delete(toServer);
            counters.increment(SettledCounter.UPDATE_REFUSED);
            return false;
        }
        gate.noteSettled();
        counters.increment(SettledCounter.SETTLED);
        return true;
    }

    /** Writes one direction; figures of a flow that was settled before go on. */
    private boolean put(MemorySegment key, int egress, long nanos) {
        if (map.lookup(key, value) < 0) {
            value.set(JAVA_LONG, GateLayout.FLOW_FRAMES, 0);
            value.set(JAVA_LONG, GateLayout.FLOW_BYTES, 0);
        }
        value.set(JAVA_LONG, GateLayout.FLOW_GENERATION, gate.generation());
        value.set(JAVA_LONG, GateLayout.FLOW_SEEN, nanos);
        value.set(JAVA_INT, GateLayout.FLOW_EGRESS, egress);
        return map.update(key, value) >= 0;
    }

    /**
     * Reads what the kernel has forwarded of the flow since it was settled.
     *
     * @return true when the kernel still forwards both directions; false when one was forgotten or un-settled (the figures of what is
     *     there are filled in all the same)
     */
    public boolean read(FlowTuple flow, FlowTraffic traffic) {
        keys(flow, gate.ifindex(flow.clientIngress), gate.ifindex(flow.serverIngress));
        long generation = gate.generation();
        boolean settled = true;
        traffic.clear();
        if (map.lookup(toServer, value) == 0) {
            traffic.toServerFrames = value.get(JAVA_LONG, GateLayout.FLOW_FRAMES);
            traffic.toServerBytes = value.get(JAVA_LONG, GateLayout.FLOW_BYTES);
            traffic.lastNanos = value.get(JAVA_LONG, GateLayout.FLOW_SEEN);
            settled = value.get(JAVA_LONG, GateLayout.FLOW_GENERATION) == generation;
        } else {
            settled = false;
        }
        if (map.lookup(toClient, value) == 0) {
            traffic.toClientFrames = value.get(JAVA_LONG, GateLayout.FLOW_FRAMES);
            traffic.toClientBytes = value.get(JAVA_LONG, GateLayout.FLOW_BYTES);
            traffic.lastNanos = Math.max(traffic.lastNanos, value.get(JAVA_LONG, GateLayout.FLOW_SEEN));
            settled &= value.get(JAVA_LONG, GateLayout.FLOW_GENERATION) == generation;
        } else {
            settled = false;
        }
        return settled;
    }

    /** Gives the flow back to the inspector, and forgets its figures. */
    public void remove(FlowTuple flow) {
        keys(flow, gate.ifindex(flow.clientIngress), gate.ifindex(flow.serverIngress));
        map.delete(toServer);
        map.delete(toClient);
    }

    /** What was settled and what could not be; any thread may read it. */
    public CounterSet<SettledCounter> counters() {
        return counters;
    }

    private void keys(FlowTuple flow, int clientIfindex, int serverIfindex) {
        key(toServer, flow, clientIfindex, GateLayout.KEY_SOURCE, GateLayout.KEY_DESTINATION);
        toServer.set(NETWORK_SHORT, GateLayout.KEY_SOURCE_PORT, (short) flow.clientPort);
        toServer.set(NETWORK_SHORT, GateLayout.KEY_DESTINATION_PORT, (short) flow.serverPort);
        key(toClient, flow, serverIfindex, GateLayout.KEY_DESTINATION, GateLayout.KEY_SOURCE);
        toClient.set(NETWORK_SHORT, GateLayout.KEY_SOURCE_PORT, (short) flow.serverPort);
        toClient.set(NETWORK_SHORT, GateLayout.KEY_DESTINATION_PORT, (short) flow.clientPort);
    }

    private static void key(MemorySegment key, FlowTuple flow, int ifindex, long client, long server) {
        key.set(JAVA_INT, GateLayout.KEY_IFINDEX, ifindex);
        key.set(JAVA_INT, GateLayout.KEY_VLANS, (int) flow.vlanIds);
        key.set(NETWORK_LONG, client, flow.clientHigh);
        key.set(NETWORK_LONG, client + 8, flow.clientLow);
        key.set(NETWORK_LONG, server, flow.serverHigh);
        key.set(NETWORK_LONG, server + 8, flow.serverLow);
        key.set(NETWORK_SHORT, GateLayout.KEY_PPPOE, (short) Math.max(flow.pppoeSession, 0));
        key.set(JAVA_SHORT, GateLayout.KEY_PROTOCOL, (short) flow.protocol);
    }
}
