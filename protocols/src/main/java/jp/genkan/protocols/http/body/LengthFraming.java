package jp.genkan.protocols.http.body;

import jp.genkan.protocols.conversation.Conversation;

/**
 * A body whose length was said before it.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class LengthFraming extends BodyFraming {
    private long remaining;

    /** A body of so many octets. */
    public LengthFraming(BodyConsumer consumer, long length) {
        super(consumer);
        remaining = length;
    }

    @Override
    public int read(byte[] octets, int from, int to, Conversation conversation) {
        int until = (int) Math.min(to, from + remaining);
        consumer.octets(octets, from, until, conversation);
        remaining -= until - from;
        return until;
    }

    @Override
    public long gap(long missing, Conversation conversation) {
        long inside = Math.min(missing, remaining);
        consumer.gap(inside, conversation);
        remaining -= inside;
        return missing - inside;
    }

    @Override
    public boolean isComplete() {
        return remaining == 0;
    }
}
