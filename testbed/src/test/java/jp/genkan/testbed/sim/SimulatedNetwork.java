package jp.genkan.testbed.sim;

import java.util.SplittableRandom;
import jp.genkan.core.frame.Side;

/**
 * A sender inside and a receiver outside, with two ports between them that somebody has to forward between.
 *
 * <pre>
 *   sender ──wire──▶ port 0 │ worker │ port 1 ──wire──▶ receiver
 *          ◀──wire── (inside)          (outside) ◀──wire──
 * </pre>
 */
final class SimulatedNetwork {
    private static final int SLOTS = 256;
    private static final int FRAME_MAX = 2048;

    final Simulation simulation = new Simulation();
    final SimulatedPort inside;
    final SimulatedPort outside;
    final SimulatedSender sender;
    final SimulatedReceiver receiver;
    final SimulatedWire outward;
    private final SimulatedWire inward;
    private boolean kernelForwards;
    final byte[] data;

    /** A network whose four wires have faults by plan, each with dice of its own. */
    SimulatedNetwork(FaultPlan plan, int octets) {
        data = new byte[octets];
        new SplittableRandom(plan.seed()).nextBytes(data);
        Late toSender = new Late();
        Late toReceiver = new Late();
        outward = wire(plan, 2, toReceiver);
        outside = new SimulatedPort(simulation, 1, Side.OUTSIDE, SLOTS, FRAME_MAX, outward);
        inward = wire(plan, 1, toSender);
        inside = new SimulatedPort(simulation, 0, Side.INSIDE, SLOTS, FRAME_MAX, inward);
        sender = new SimulatedSender(simulation, data, wire(plan, 3, frame -> arrive(frame, inside, outward)));
        receiver = new SimulatedReceiver(octets, wire(plan, 4, frame -> arrive(frame, outside, inward)));
        toSender.end = sender;
        toReceiver.end = receiver;
    }

    private SimulatedWire wire(FaultPlan plan, int number, FrameSink end) {
        FaultPlan own = new FaultPlan(
                plan.seed() * 31 + number,
                plan.lossPerMille(),
                plan.duplicatePerMille(),
                plan.reorderPerMille(),
                plan.burstPerMille(),
                plan.burstFrames(),
                plan.latencyNanos(),
                plan.reorderNanos());
        return new SimulatedWire(simulation, own, end);
    }

    private void arrive(byte[] frame, SimulatedPort port, SimulatedWire across) {
        if (kernelForwards) {
            across.frame(frame);
        } else {
            port.frame(frame);
        }
    }

    /** From now on the kernel forwards past the worker, or no more. */
    void setKernelForwards(boolean past) {
        kernelForwards = past;
    }

    /** Sends everything. @return true when it arrived and was acknowledged within this much simulated time */
    boolean transfer(long limitNanos) {
        sender.connect();
        return simulation.run(limitNanos, () -> sender.isDone() && receiver.isDone());
    }

    /** The wire's end is made after the wire. */
    private static final class Late implements FrameSink {
        private FrameSink end = frame -> {};

        @Override
        public void frame(byte[] frame) {
            end.frame(frame);
        }
    }
}
