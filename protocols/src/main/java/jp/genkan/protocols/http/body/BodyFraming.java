package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.Conversation;

/**
 * Finds the end of a body in a stream, and gives what is inside to its consumer: whole pieces, without looking at their octets.
 *
 * <p>Thread rule: the worker of its flow.
 */
public abstract class BodyFraming {
    /** What {@link #gap} says when nobody can tell any more where the body ends. */
    public static final long LOST = -1;

    /** Takes the inside. */
    protected final BodyConsumer consumer;

    BodyFraming(BodyConsumer consumer) {
        this.consumer = consumer;
    }

    /**
     * Octets of the stream.
     *
     * @return index behind the last that belongs to the body
     */
    public abstract int read(byte[] octets, int from, int to, Conversation conversation);

    /** Octets of the stream are missing; says how many of them lie behind the body, or {@link #LOST}. */
    public abstract long gap(long missing, Conversation conversation);

    /** True when the body's last octet was read. */
    public abstract boolean isComplete();

    /** True when it lasts until the connection ends. */
    public boolean endsWithConnection() {
        return false;
    }

    /** Nothing more comes: the file in it is over. */
    public void end(FileState state, Conversation conversation) {
        consumer.end(state, conversation);
    }
}
