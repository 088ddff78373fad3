package jp.genkan.access.path;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;

/** Calls one stage as the pipeline would, and keeps its events. */
public final class TestPath implements StageContext {
    public final List<Event> events = new ArrayList<>();
    public long epochNanos = 1_764_000_000_000_000_000L;
    public boolean queueFull;
    private final Stage stage;

    public TestPath(Stage stage) {
        this.stage = stage;
    }

    /** The next packet of the flow. */
    public Verdict next(TestFlow flow) {
        Verdict verdict = pass(flow.packet(), flow);
        flow.isNew = false;
        return verdict;
    }

    public Verdict pass(Packet packet, Flow flow) {
        return stage.onPacket(packet, flow, this);
    }

    public Verdict passFlowless(Packet packet) {
        return stage.onFlowlessPacket(packet, this);
    }

    @Override
    public long nanos() {
        return 1;
    }

    @Override
    public long epochNanos() {
        return epochNanos;
    }

    @Override
    public int stage() {
        return 3;
    }

    @Override
    public boolean emit(Event event) {
        if (queueFull) {
            return false;
        }
        events.add(event);
        return true;
    }
}
