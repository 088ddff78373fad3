package jp.genkan.protocols.http.body;

import jp.genkan.protocols.conversation.Conversation;

/**
 * A body that lasts until the connection ends.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class CloseFraming extends BodyFraming {
    /** A body without an end of its own. */
    public CloseFraming(BodyConsumer consumer) {
        super(consumer);
    }

    @Override
    public int read(byte[] octets, int from, int to, Conversation conversation) {
        consumer.octets(octets, from, to, conversation);
        return to;
    }

    @Override
    public long gap(long missing, Conversation conversation) {
        consumer.gap(missing, conversation);
        return 0;
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public boolean endsWithConnection() {
        return true;
    }
}
