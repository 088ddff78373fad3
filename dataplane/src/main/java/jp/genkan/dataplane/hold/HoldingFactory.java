package jp.genkan.dataplane.hold;

import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.stream.StreamPlaces;

/** Makes what holds directions, for one pipeline. */
@FunctionalInterface
public interface HoldingFactory {
    /** Nothing is held. */
    HoldingFactory NONE = live(HoldSettings.NONE, GuardSlots.unread(0));

    /**
     * Makes it.
     *
     * @param places of the pipeline's streams
     * @param flows its flow table
     * @param output where frames go
     * @param ethernet true when frames begin with MAC addresses
     */
    Holding make(StreamPlaces places, FlowTable flows, SegmentOutput output, boolean ethernet);

    /**
     * For a live wire.
     *
     * @param guard notes for whoever outlives the engine
     */
    static HoldingFactory live(HoldSettings settings, GuardSlots guard) {
        return (places, flows, output, ethernet) -> new Holds(settings, places, flows, output, ethernet, guard);
    }
}
