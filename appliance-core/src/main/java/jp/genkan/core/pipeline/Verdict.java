package jp.genkan.core.pipeline;

/** What is to become of a frame. Later constants outweigh earlier ones when several stages or layers answer. */
public enum Verdict {
    /** The stage has nothing against this frame and wants to see the flow's next one. */
    FORWARD,
    /** The frame is dropped; {@link jp.genkan.core.frame.Packet#dropReason} says why. */
    DROP,
    /** The frame is dropped and both ends are told at once: RST for TCP, ICMP for the rest. */
    REJECT;

    /** The weightier of two verdicts. */
    public Verdict and(Verdict other) {
        return other.ordinal() > ordinal() ? other : this;
    }
}
