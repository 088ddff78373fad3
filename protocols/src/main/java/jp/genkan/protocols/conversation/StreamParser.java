package jp.genkan.protocols.conversation;

import jp.genkan.core.observation.Direction;

/**
 * Reads one TCP connection. Tolerant as real peers are: what is odd becomes an anomaly by {@link Conversation#anomaly}, never an exception; what it
 * keeps is bounded by named limits.
 *
 * <p>Thread rule: the worker of its flow.
 */
public interface StreamParser {
    /**
     * Octets of one direction, in order, each once, in pieces of any size.
     *
     * @param octets where they are; only good during the call
     * @param from index of the first
     * @param to index behind the last
     * @return index behind the last that belonged to this protocol: {@code to}, but when the parser has called {@link Conversation#handOver}
     */
    int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation);

    /** Octets are missing here: they were never seen, and will not come. The parser goes on as well as it can, or settles. */
    void onGap(Direction direction, long missing, Conversation conversation);

    /** The sender of this direction has ended it. Told once for each direction at most. */
    default void onEnd(Direction direction, Conversation conversation) {}

    /** The flow is over, however it ended: what is open is to be completed, files closed as truncated. Told exactly once, last. */
    void onFlowEnd(Conversation conversation);
}
