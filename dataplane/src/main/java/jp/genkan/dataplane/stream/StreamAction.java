package jp.genkan.dataplane.stream;

/** What is to become of a segment. */
public enum StreamAction {
    /** It goes on at once. */
    FORWARD,
    /** It is dropped; {@link jp.genkan.core.frame.Packet#dropReason} says why. */
    DROP,
    /** It is dropped, and the consumer wants both ends to be told. */
    REJECT
}
