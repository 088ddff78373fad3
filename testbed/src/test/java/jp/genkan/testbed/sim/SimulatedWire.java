package jp.genkan.testbed.sim;

import java.util.SplittableRandom;

/** One direction of a cable, with faults by plan. */
public final class SimulatedWire implements FrameSink {
    private final Simulation simulation;
    private final FaultPlan plan;
    private final FrameSink to;
    private final SplittableRandom dice;
    private int burstLeft;
    private long carried;
    private long lost;
    private long duplicated;
    private long reordered;

    /** A wire that ends at this sink. */
    public SimulatedWire(Simulation simulation, FaultPlan plan, FrameSink to) {
        this.simulation = simulation;
        this.plan = plan;
        this.to = to;
        this.dice = new SplittableRandom(plan.seed());
    }

    @Override
    public void frame(byte[] frame) {
        if (burstLeft == 0 && hits(plan.burstPerMille())) {
            burstLeft = plan.burstFrames();
        }
        if (burstLeft > 0) {
            burstLeft--;
            lost++;
            return;
        }
        if (hits(plan.lossPerMille())) {
            lost++;
            return;
        }
        carry(frame);
        if (hits(plan.duplicatePerMille())) {
            duplicated++;
            carry(frame.clone());
        }
    }

    private void carry(byte[] frame) {
        long delay = plan.latencyNanos();
        if (hits(plan.reorderPerMille())) {
            reordered++;
            delay += dice.nextLong(1, plan.reorderNanos() + 1);
        }
        carried++;
        simulation.after(delay, () -> to.frame(frame));
    }

    private boolean hits(int perMille) {
        return perMille > 0 && dice.nextInt(1000) < perMille;
    }

    /** Frames that arrived or will, repetitions included. */
    public long carried() {
        return carried;
    }

    /** Frames that vanished. */
    public long lost() {
        return lost;
    }

    /** Frames that were repeated. */
    public long duplicated() {
        return duplicated;
    }

    /** Frames that later ones may have overtaken. */
    public long reordered() {
        return reordered;
    }
}
