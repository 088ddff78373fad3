package jp.genkan.dataplane.gate;

/** What {@code gate.c} and this package agree on: names, numbers, and where the fields of its structures lie. */
final class GateLayout {
    static final String OBJECT = "/jp/genkan/dataplane/gate/gate.o";
    static final String FANOUT_OBJECT = "/jp/genkan/dataplane/gate/fanout.o";

    static final String RING = "genkan_ring";
    static final String GUARD = "genkan_guard";
    static final String OPEN = "genkan_open";
    static final String FANOUT = "genkan_fanout";
    static final String EXIT = "genkan_exit";
    static final String EXIT_TRACEPOINT = "sched_process_exit";

    static final String CPU = "genkan_cpu";
    static final String CONTROL = "genkan_control";
    static final String MACS = "genkan_macs";
    static final String STATE = "genkan_state";
    static final String SETTLED = "genkan_settled";

    // struct control
    static final long CONTROL_ACTIVE_INSTANCE = 0;

    // struct state
    static final long STATE_GENERATION = 0;
    static final long STATE_HOST_IFINDEX = 8;
    static final long STATE_SETTLED_ANY = 16;
    static final long STATE_HEARTBEATS = 24;
    static final long STATE_THREADS = STATE_HEARTBEATS + 8L * Gate.WORKERS_MAX;
    static final int STATE_BYTES = (int) STATE_THREADS + 4 * Gate.WORKERS_MAX;

    /** A heartbeat of nobody who lives. */
    static final long LONG_DEAD = -(1L << 62);

    // struct cpu
    static final int CPU_COUNTS = 8;
    static final int COUNT_BYTES = 16;
    static final int CPU_BYTES = CPU_COUNTS + COUNT_BYTES * Gate.PORTS_MAX * GateWay.values().length;

    // struct flow_key
    static final long KEY_IFINDEX = 0;
    static final long KEY_VLANS = 4;
    static final long KEY_SOURCE = 8;
    static final long KEY_DESTINATION = 24;
    static final long KEY_SOURCE_PORT = 40;
    static final long KEY_DESTINATION_PORT = 42;
    static final long KEY_PPPOE = 44;
    static final long KEY_PROTOCOL = 46;
    static final int KEY_BYTES = 48;

    // struct flow
    static final long FLOW_GENERATION = 0;
    static final long FLOW_FRAMES = 8;
    static final long FLOW_BYTES = 16;
    static final long FLOW_SEEN = 24;
    static final long FLOW_EGRESS = 32;
    static final int FLOW_VALUE_BYTES = 40;

    private GateLayout() {}
}
