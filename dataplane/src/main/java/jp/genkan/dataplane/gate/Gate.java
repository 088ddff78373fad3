package jp.genkan.dataplane.gate;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.bpf.BpfException;
import jp.genkan.dataplane.bpf.BpfLink;
import jp.genkan.dataplane.bpf.BpfObject;
import jp.genkan.dataplane.bpf.BpfProgram;
import jp.genkan.dataplane.bpf.Tcx;
import jp.genkan.dataplane.port.Port;
import jp.genkan.dataplane.port.PortSetup;
import jp.genkan.dataplane.port.RingFilters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides in the kernel, frame by frame, who forwards: the inspector or the kernel. The kernel does so exactly when no ring took the frame:
 *
 * <pre>
 *   port ──► ring filter (a worker's socket) ──► guard (this process) ──► open (the interface) ──► other ports
 *              takes the frame, or notes why      drops what was taken,      forwards like a switch;
 *              not, for the two behind it         sends settled flows on     outlives the process
 * </pre>
 *
 * <p>Life: {@link #prepare} attaches everything but takes nothing; sockets get {@link #ringFilterFd} and {@link #fanoutSelectorFd}; workers
 * beat their {@link #heartbeat}; {@link #activate} switches inspection on and {@link #deactivate} off, both without losing or repeating
 * a frame. {@link #close} leaves the open programs in place, so that frames pass while the engine is being updated.
 *
 * <p>A program of a predecessor, dead or alive, is found at the interfaces and replaced in place; its counters go on, and activation moves
 * from one process to the other at once.
 *
 * <p>Thread rule: control plane; any thread, in the network namespace of the ports.
 */
public final class Gate implements AutoCloseable {
    /** Most ports; {@code PORTS_MAX} of gate.c. */
    public static final int PORTS_MAX = PortSetup.PORTS_MAX;

    /** Most workers; {@code WORKERS_MAX} of gate.c. */
    public static final int WORKERS_MAX = 64;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final VarHandle LONG = JAVA_LONG.varHandle();
    private static final VarHandle IFINDEX = MethodHandles.arrayElementVarHandle(int[].class);

    private final FailPolicy policy;
    private final long instance;
    private final BpfObject object;
    private final GatePort[] ports = new GatePort[PORTS_MAX];
    private final int[] ifindexes = new int[PORTS_MAX];
    private final GateHook[] hooks = new GateHook[PORTS_MAX];
    private final GateMaps maps;
    private final List<BpfProgram> ringFilters = new ArrayList<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final MemorySegment control;
    private final MemorySegment state;
    private final BpfProgram fanoutSelector;
    private @Nullable BpfLink threadsLink;
    private boolean closed;

    /**
     * Attaches the programs to all ports and loads those of the sockets. Frames keep passing by the kernel (or keep being stopped, by the
     * policy) until {@link #activate}.
     *
     * @throws BpfException in one line; nothing that this call attached is left
     */
    public static Gate prepare(List<GatePort> ports, int workers, FailPolicy policy, GateSettings settings)
            throws BpfException {
        if (workers < 1 || workers > WORKERS_MAX) {
            throw new IllegalArgumentException(workers + " workers: the gate has room for " + WORKERS_MAX);
        }
        if (ports.isEmpty()
                || ports.stream().mapToInt(GatePort::number).distinct().count() != ports.size()
                || ports.stream().filter(port -> port.side() == Side.HOST).count() > 1) {
            throw new IllegalArgumentException("ports need different numbers, and only one is the host's: " + ports);
        }
        BpfObject object = BpfObject.ofResource(Gate.class, GateLayout.OBJECT);
        GateMaps maps = new GateMaps(object, ports, settings);
        BpfProgram selector;
        try {
            selector = loadFanoutSelector();
        } catch (BpfException refused) {
            maps.close();
            throw refused;
        }
        Gate gate = new Gate(ports, policy, object, maps, selector);
        gate.attachAll(workers, settings);
        return gate;
    }

    private Gate(List<GatePort> guarded, FailPolicy policy, BpfObject object, GateMaps maps, BpfProgram selector) {
        this.policy = policy;
        this.instance = RANDOM.nextLong() | 1; // never 0
        this.object = object;
        this.maps = maps;
        this.control = maps.control();
        this.state = maps.state();
        this.fanoutSelector = selector;
        for (GatePort port : guarded) {
            ports[port.number()] = port;
            ifindexes[port.number()] = port.ifindex();
        }
    }

    private synchronized void attachAll(int workers, GateSettings settings) throws BpfException {
        boolean done = false;
        try {
            LONG.setRelease(state, GateLayout.STATE_GENERATION, 1L);
            LONG.setRelease(state, GateLayout.STATE_HOST_IFINDEX, hostIfindex());
            for (int worker = 0; worker < workers; worker++) {
                heartbeats.add(new Heartbeat(state, worker));
                ringFilters.add(loadRingFilter(worker, settings));
            }
            watchThreads();
            for (GatePort port : ports) {
                if (port != null) {
                    attach(port);
                }
            }
            detachFormerPorts();
            done = true;
        } finally {
            if (!done) {
                undo();
            }
        }
    }

    // ---- what the sockets need

    /** The program that a worker's ring takes as its filter (SO_ATTACH_BPF), before it is bound. */
    public int ringFilterFd(int worker) {
        return ringFilters.get(worker).fd();
    }

    /** The program that chooses the worker (PACKET_FANOUT_DATA of a PACKET_FANOUT_EBPF group). */
    public int fanoutSelectorFd() {
        return fanoutSelector.fd();
    }

    /** The same two for {@link jp.genkan.dataplane.port.PortSetup#open}; a single worker needs no selector. */
    public RingFilters ringFilters() {
        return new RingFilters() {
            @Override
            public int filter(Port port, int worker) {
                return ringFilterFd(worker);
            }

            @Override
            public int selector(Port port) {
                return ringFilters.size() > 1 ? fanoutSelectorFd() : -1;
            }
        };
    }

    /** The sign of life of a worker. */
    public Heartbeat heartbeat(int worker) {
        return heartbeats.get(worker);
    }

    /** A new way into the table of settled flows, for one thread. */
    public SettledFlows settled() {
        return new SettledFlows(this, maps.require(GateLayout.SETTLED, GateLayout.FLOW_VALUE_BYTES));
    }

    // ---- on and off

    /** From now on the rings take the frames. One store; no frame is lost or repeated by it. */
    public void activate() {
        LONG.setVolatile(control, GateLayout.CONTROL_ACTIVE_INSTANCE, instance);
    }

    /**
     * From now on the kernel forwards, or nobody does, by the policy. When this returns, every frame that was taken lies in its ring: the
     * workers drain them, and nothing is lost. Takes up to 50 ms.
     */
    public void deactivate() {
        boolean ignored = LONG.compareAndSet(control, GateLayout.CONTROL_ACTIVE_INSTANCE, instance, 0L);
        GracePeriod.await();
    }

    /** True while the rings of this process take the frames. */
    public boolean isActive() {
        return (long) LONG.getAcquire(control, GateLayout.CONTROL_ACTIVE_INSTANCE) == instance;
    }

    // ---- settled flows

    /** Un-settles every flow at once, because lists or policies have changed. One store. */
    public void bumpGeneration() {
        long ignored = (long) LONG.getAndAdd(state, GateLayout.STATE_GENERATION, 1L);
    }

    long generation() {
        return (long) LONG.getAcquire(state, GateLayout.STATE_GENERATION);
    }

    void noteSettled() {
        LONG.setOpaque(state, GateLayout.STATE_SETTLED_ANY, 1L);
    }

    /** The index of the interface of a port, 0 when there is no such port. */
    int ifindex(int port) {
        return port < 0 || port >= PORTS_MAX ? 0 : (int) IFINDEX.getAcquire(ifindexes, port);
    }

    // ---- ports

    /**
     * A port's interface has come back under another index: the programs are attached to it, and the others learn of it. Flows are
     * un-settled.
     */
    public synchronized void replace(GatePort port) throws BpfException {
        if (ports[port.number()] == null) {
            throw new IllegalArgumentException("not a port of this gate: " + port);
        }
        ports[port.number()] = port;
        IFINDEX.setRelease(ifindexes, port.number(), port.ifindex());
        LONG.setRelease(state, GateLayout.STATE_HOST_IFINDEX, hostIfindex());
        bumpGeneration();
        GateHook old = hooks[port.number()];
        if (old != null) {
            old.letGo();
        }
        attach(port);
        for (GatePort other : ports) {
            if (other != null && other.number() != port.number()) {
                refreshOpen(other);
            }
        }
    }

    /** Frames and octets by port and way. */
    public synchronized GateCounters snapshot() {
        return GateCounterReader.read(maps.require(GateLayout.CPU, GateLayout.CPU_BYTES), ports);
    }

    /** Time spent in each program, by name, summed over its instances; zeros unless {@code kernel.bpf_stats_enabled} is 1. */
    public synchronized Map<String, BpfProgram.Info> programs() throws BpfException {
        List<BpfProgram> all = new ArrayList<>(ringFilters);
        all.add(fanoutSelector);
        for (GateHook hook : hooks) {
            if (hook != null && hook.guard != null) {
                all.add(hook.guard);
            }
            if (hook != null && hook.open != null) {
                all.add(hook.open);
            }
        }
        Map<String, BpfProgram.Info> byName = new HashMap<>();
        for (BpfProgram program : all) {
            byName.merge(
                    program.info().name(),
                    program.info(),
                    (a, b) -> new BpfProgram.Info(
                            a.id(), a.name(), a.mapIds(), a.runNanos() + b.runNanos(), a.runs() + b.runs()));
        }
        return byName;
    }

    // ---- the end

    /**
     * Lets go of the ports: the guard goes, the open programs stay under {@link FailPolicy#OPEN}. A gate that is still active is
     * deactivated; for a stop without loss call {@link #deactivate} and drain the rings first.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (isActive()) {
            deactivate();
        }
        closed = true;
        release();
    }

    /** After a start that failed: as {@link #close}, and what this process was the first to attach is removed. */
    public synchronized void abandon() throws BpfException {
        if (closed) {
            return;
        }
        if (isActive()) {
            deactivate();
        }
        closed = true;
        undo();
    }

    /** Everything of ours at an interface, of whichever process. */
    public static List<GateAttachment> inspectInterface(String name) throws BpfException {
        int ifindex = GateAttachments.ifindex(name);
        if (ifindex == 0) {
            return List.of();
        }
        return GateAttachments.find(ifindex).stream()
                .map(found -> new GateAttachment(
                        name, found.program().name(), found.program().id(), found.linkId() != 0))
                .toList();
    }

    /** Everything of ours in this network namespace. */
    public static List<GateAttachment> inspect() throws BpfException {
        List<GateAttachment> all = new ArrayList<>();
        for (String name : GateAttachments.interfaces()) {
            all.addAll(inspectInterface(name));
        }
        return List.copyOf(all);
    }

    /**
     * Removes everything of ours from an interface, of whichever process; frames are not forwarded from there any more.
     *
     * @return how many programs were removed
     */
    public static int detach(String name) throws BpfException {
        int ifindex = GateAttachments.ifindex(name);
        if (ifindex == 0) {
            return 0;
        }
        List<GateAttachments.Found> found = GateAttachments.find(ifindex);
        for (GateAttachments.Found each : found) {
            GateAttachments.remove(each);
        }
        return found.size();
    }

    /** The same for every interface of this network namespace. */
    public static int detachAll() throws BpfException {
        int removed = 0;
        for (String name : GateAttachments.interfaces()) {
            removed += detach(name);
        }
        return removed;
    }

    // ---- inside

    private static BpfProgram loadFanoutSelector() throws BpfException {
        return BpfProgram.load(
                BpfObject.ofResource(Gate.class, GateLayout.FANOUT_OBJECT),
                GateLayout.FANOUT,
                BpfProgram.Type.SOCKET_FILTER,
                Map.of(),
                Map.of("seed", RANDOM.nextLong()));
    }

    private BpfProgram loadRingFilter(int worker, GateSettings settings) throws BpfException {
        return BpfProgram.load(
                object,
                GateLayout.RING,
                BpfProgram.Type.SOCKET_FILTER,
                maps.all(),
                Map.of(
                        "instance",
                        instance,
                        "worker",
                        (long) worker,
                        "frame_max",
                        (long) settings.frameBytesMax(),
                        "stale_nanos",
                        settings.staleNanos()));
    }

    /** Without tracepoints in the kernel, or without CAP_PERFMON, a dead worker is found by its heartbeat alone. */
    private void watchThreads() {
        try (BpfProgram program =
                BpfProgram.load(object, GateLayout.EXIT, BpfProgram.Type.RAW_TRACEPOINT, maps.all(), Map.of())) {
            threadsLink = program.attachToTracepoint(GateLayout.EXIT_TRACEPOINT);
        } catch (BpfException refused) {
            LOG.warn("a killed engine will be noticed by its heartbeat only, not at once: {}", refused.getMessage());
        }
    }

    private BpfProgram loadForPort(String name, GatePort port) throws BpfException {
        int[] others = new int[PORTS_MAX - 1];
        int count = 0;
        for (GatePort other : ports) {
            if (other != null && other.number() != port.number()) {
                others[count++] = other.ifindex();
            }
        }
        BpfProgram program = BpfProgram.load(
                object,
                name,
                BpfProgram.Type.TCX,
                maps.all(),
                Map.of(
                        "port",
                        (long) port.number(),
                        "port_is_host",
                        port.side() == Side.HOST ? 1L : 0L,
                        "fail_closed",
                        policy == FailPolicy.CLOSED ? 1L : 0L,
                        "others",
                        (long) count),
                Map.of("other", others));
        program.keep(maps.require(GateLayout.CONTROL, Long.BYTES));
        return program;
    }

    private void attach(GatePort port) throws BpfException {
        GateHook hook = new GateHook();
        hooks[port.number()] = hook;
        if (policy == FailPolicy.OPEN) {
            attachOpen(hook, port);
        }
        hook.guard = loadForPort(GateLayout.GUARD, port);
        hook.guardLink = Tcx.linkFirst(port.ifindex(), hook.guard);
        if (policy == FailPolicy.CLOSED) {
            for (GateAttachments.Found found : GateAttachments.find(port.ifindex())) {
                if (found.isOpen()) {
                    GateAttachments.remove(found);
                }
            }
        }
    }

    private void attachOpen(GateHook hook, GatePort port) throws BpfException {
        BpfProgram open = loadForPort(GateLayout.OPEN, port);
        hook.open = open;
        for (GateAttachments.Found found : GateAttachments.find(port.ifindex())) {
            if (found.isOpen()) {
                try (BpfProgram old = BpfProgram.ofId(found.program().id())) {
                    Tcx.replace(port.ifindex(), old, open);
                }
                return;
            }
        }
        Tcx.attach(port.ifindex(), open);
        hook.openIsNew = true;
    }

    private void refreshOpen(GatePort port) throws BpfException {
        GateHook hook = hooks[port.number()];
        if (hook == null || hook.open == null) {
            return;
        }
        BpfProgram old = hook.open;
        BpfProgram made = loadForPort(GateLayout.OPEN, port);
        try {
            Tcx.replace(port.ifindex(), old, made);
        } catch (BpfException gone) {
            made.close();
            if (GateAttachments.ifindex(port.name()) == port.ifindex()) {
                throw gone;
            }
            return; // that interface is away, too; it gets its own call when it is back
        }
        hook.open = made;
        old.close();
    }

    /** A port that the predecessor had and this gate has not keeps forwarding into the others: not any more. */
    private void detachFormerPorts() throws BpfException {
        int ours = idOfControl();
        for (String name : GateAttachments.interfaces()) {
            int ifindex = GateAttachments.ifindex(name);
            if (ifindex == 0 || isPort(ifindex)) {
                continue;
            }
            for (GateAttachments.Found found : GateAttachments.find(ifindex)) {
                if (found.isOpen() && found.program().mapIds().contains(ours)) {
                    GateAttachments.remove(found);
                }
            }
        }
    }

    private int idOfControl() throws BpfException {
        return maps.require(GateLayout.CONTROL, Long.BYTES).id();
    }

    private boolean isPort(int ifindex) {
        for (int each : ifindexes) {
            if (each == ifindex) {
                return true;
            }
        }
        return false;
    }

    private long hostIfindex() {
        for (GatePort port : ports) {
            if (port != null && port.side() == Side.HOST) {
                return port.ifindex();
            }
        }
        return 0;
    }

    /** Takes away what this start was the first to attach; what a predecessor had keeps forwarding. */
    private void undo() throws BpfException {
        try {
            for (GatePort port : ports) {
                GateHook hook = port == null ? null : hooks[port.number()];
                if (port != null && hook != null && hook.openIsNew && hook.open != null) {
                    Tcx.detach(port.ifindex(), hook.open);
                }
            }
        } finally {
            release();
        }
    }

    private void release() {
        for (GateHook hook : hooks) {
            if (hook != null) {
                hook.letGo();
            }
        }
        if (threadsLink != null) {
            threadsLink.close();
        }
        ringFilters.forEach(BpfProgram::close);
        fanoutSelector.close();
        maps.close();
    }
}
