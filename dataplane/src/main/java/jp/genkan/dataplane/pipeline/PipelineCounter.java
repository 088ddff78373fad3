package jp.genkan.dataplane.pipeline;

/** What the pipeline counts; the Javadoc is the operator's manual. */
public enum PipelineCounter {
    /** Frames that entered the pipeline. */
    FRAMES,
    /** Their octets. */
    BYTES,
    /** Frames that were let through. */
    FORWARDED,
    /** Frames that died; the drop reasons say why. */
    DROPPED,
    /** Frames that the box has kept, since their direction is held. */
    HELD,
    /** RST and ICMP frames that the box sent to the ends of refused conversations. */
    REJECTS_SENT,
    /** Refusals that could not be answered because a batch had too many; the ends see silence instead. */
    REJECTS_SHED,
    /** Clients that the box has answered in their server's place: block pages, alerts, answers to DNS. */
    ANSWERS,
    /** Answers that were not sent because a batch had too many, or were not played to their end because there were too many at a time; those clients get an RST. */
    ANSWERS_SHED,
    /** IP packets that no flow could be found or made for. They go on, judged packet by packet. */
    FLOWLESS,
    /** Anomaly events that were not written because there were too many in one second. */
    ANOMALY_EVENTS_SHED,
    /** Packets whose checksum was wrong. They go on, as the receiver will not take them, and no stream learns of them. */
    CHECKSUM_BAD;

    /** The name in statistics. */
    public String eveName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
