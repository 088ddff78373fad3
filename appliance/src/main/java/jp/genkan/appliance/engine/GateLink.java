package jp.genkan.appliance.engine;

import java.util.concurrent.atomic.AtomicInteger;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.flow.FlowEndListener;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.dataplane.flow.TcpState;
import jp.genkan.dataplane.gate.FlowTraffic;
import jp.genkan.dataplane.gate.FlowTuple;
import jp.genkan.dataplane.gate.Gate;
import jp.genkan.dataplane.gate.Heartbeat;
import jp.genkan.dataplane.gate.SettledFlows;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;
import jp.genkan.dataplane.watchdog.Probe;
import jp.genkan.dataplane.worker.WorkerGate;
import org.jspecify.annotations.Nullable;

/**
 * One worker's end of the gate. A flow that all stages have settled is handed to the kernel; where it entered is kept in the flow's slot
 * of the gate, which is the last one, so that its traffic can be asked for later.
 *
 * <pre>
 *   slot   63        32 31        16 15       8 7        0
 *         +------------+------------+----------+----------+
 *         |     0      | PPPoE + 1  | server   | client   |   numbers of the ports, each + 1
 *         +------------+------------+----------+----------+
 * </pre>
 *
 * <p>Thread rule: one worker; {@link #takeStall}, {@link #expectPause} and {@link #endPause} the housekeeping thread.
 */
final class GateLink implements WorkerGate, FlowEndListener {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final Gate gate;
    private final Heartbeat heartbeat;
    private final SettledFlows settled;
    private final AtomicInteger policy;
    private final long staleNanos;
    private final boolean bypasses;
    private final int afterPackets;
    private final int gateStage;
    private final FlowTuple tuple = new FlowTuple();
    private final FlowTraffic traffic = new FlowTraffic();
    private long lastSignNanos = Long.MIN_VALUE;
    private volatile long expectedNanos;
    private volatile @Nullable Stall stall;

    /**
     * A time in which the worker gave no sign of life.
     *
     * @param fromNanos monotonic time of the last sign before
     * @param toNanos monotonic time of the first sign after
     */
    record Stall(long fromNanos, long toNanos) {}

    /**
     * The end of one worker.
     *
     * @param policy number of the lists and policies in force, raised before the gate's generation is
     * @param gateStage number of the gate's slot and of its bit among the settled
     */
    GateLink(
            Gate gate,
            int worker,
            AtomicInteger policy,
            long staleNanos,
            boolean bypasses,
            int afterPackets,
            int gateStage) {
        this.gate = gate;
        this.heartbeat = gate.heartbeat(worker);
        this.settled = gate.settled();
        this.policy = policy;
        this.staleNanos = staleNanos;
        this.bypasses = bypasses;
        this.afterPackets = afterPackets;
        this.gateStage = gateStage;
    }

    @Override
    public boolean signOfLife(long nanos) {
        boolean stalled = lastSignNanos != Long.MIN_VALUE
                && nanos - lastSignNanos > staleNanos
                && nanos - expectedNanos > staleNanos;
        if (stalled) {
            stall = new Stall(lastSignNanos, nanos);
        }
        lastSignNanos = nanos;
        heartbeat.beat(nanos);
        return stalled;
    }

    @Override
    public boolean wasAnnounced(long nanos) {
        return nanos - expectedNanos < 0;
    }

    /** Announces that the process will stand still for up to so long: neither the kernel nor anybody else is to take that for a stall. */
    void expectPause(long nanos) {
        expectedNanos = System.nanoTime() + nanos;
        heartbeat.expectPause(expectedNanos);
    }

    /** What was announced is over. */
    void endPause() {
        heartbeat.expectPause(System.nanoTime());
    }

    /** The last stall that was not yet taken; null when there was none. One thread takes. */
    @Nullable
    Stall takeStall() {
        Stall taken = stall;
        if (taken != null) {
            stall = null;
        }
        return taken;
    }

    int worker() {
        return heartbeat.worker();
    }

    @Override
    public boolean answersProbe(PortQueue queue, Packet frame) {
        if (!Probe.isProbe(frame)) {
            return false;
        }
        Probe.answer(frame);
        queue.send(frame.segment(), frame.frameOffset, frame.frameLength);
        return true;
    }

    @Override
    public void machineMoved() {
        gate.bumpGeneration();
    }

    @Override
    public int policy() {
        return policy.getAcquire();
    }

    @Override
    public boolean settles(PipelineRunner runner, Packet frame, int egress, int judgedUnder) {
        FlowView flow = runner.lastFlow();
        if (!bypasses || flow == null || !isReady(flow, frame)) {
            return false;
        }
        int client = flow.toServer() ? frame.ingressPort : egress;
        int server = flow.toServer() ? egress : frame.ingressPort;
        long where = client + 1L | server + 1L << 8 | frame.pppoeSession + 1L << 16;
        fill(flow, where);
        if (policy.getAcquire() != judgedUnder || !settled.settle(tuple, System.nanoTime())) {
            return false;
        }
        if (policy.getAcquire() != judgedUnder) {
            settled.remove(tuple); // judged by lists that were exchanged meanwhile
            return false;
        }
        flow.slot(gateStage, where);
        flow.settle(gateStage);
        flow.beginBypass();
        return true;
    }

    private boolean isReady(FlowView flow, Packet frame) {
        long others = ~(1L << gateStage) & (1L << gateStage + 1) - 1;
        return !flow.isBypassed()
                && (flow.settledMask() & others) == others
                && flow.wantedStreamMask() == 0
                && flow.packetsToServer() + flow.packetsToClient() >= afterPackets
                && flow.packetsToServer() > 0
                && flow.packetsToClient() > 0
                && frame.inner() == null
                && (flow.protocol() == UDP || flow.protocol() == TCP && flow.tcpState() == TcpState.ESTABLISHED);
    }

    /** Adds what the kernel forwarded of a flow since it was last asked, which keeps it from timing out. */
    @Override
    public void beforeTimeout(FlowView flow) {
        long where = flow.slot(gateStage);
        if (where == 0) {
            return;
        }
        fill(flow, where);
        settled.read(tuple, traffic);
        long now = System.nanoTime();
        long seenEpoch = System.currentTimeMillis() * 1_000_000L - Math.max(0, now - traffic.lastNanos);
        flow.markBypassed(
                Math.max(0, traffic.toServerFrames - flow.bypassedPacketsToServer()),
                Math.max(0, traffic.toServerBytes - flow.bypassedBytesToServer()),
                Math.max(0, traffic.toClientFrames - flow.bypassedPacketsToClient()),
                Math.max(0, traffic.toClientBytes - flow.bypassedBytesToClient()),
                traffic.lastNanos,
                seenEpoch);
    }

    /** Takes a flow back from the kernel when it has ended. */
    @Override
    public void onFlowEnd(FlowView flow) {
        long where = flow.slot(gateStage);
        if (where != 0) {
            beforeTimeout(flow);
            fill(flow, where);
            settled.remove(tuple);
        }
    }

    private void fill(FlowView flow, long where) {
        tuple.protocol = flow.protocol();
        tuple.clientHigh = flow.clientHigh();
        tuple.clientLow = flow.clientLow();
        tuple.serverHigh = flow.serverHigh();
        tuple.serverLow = flow.serverLow();
        tuple.clientPort = flow.clientPort();
        tuple.serverPort = flow.serverPort();
        tuple.vlanIds = flow.vlanIds();
        tuple.pppoeSession = (int) (where >>> 16) - 1;
        tuple.clientIngress = (int) (where & 0xff) - 1;
        tuple.serverIngress = (int) (where >>> 8 & 0xff) - 1;
    }
}
