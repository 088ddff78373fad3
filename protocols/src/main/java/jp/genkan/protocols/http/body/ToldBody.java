package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Conversation;

/**
 * Tells the octets of a body as they are, before they are taken apart into files: what rules about bodies look at.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class ToldBody implements BodyConsumer {
    private final Transaction transaction;
    private final Direction direction;
    private final BodyConsumer inside;

    /**
     * A body.
     *
     * @param inside takes its files
     */
    public ToldBody(Transaction transaction, Direction direction, BodyConsumer inside) {
        this.transaction = transaction;
        this.direction = direction;
        this.inside = inside;
    }

    @Override
    public void octets(byte[] octets, int from, int to, Conversation conversation) {
        if (from < to) {
            conversation.body(transaction, direction, octets, from, to);
        }
        inside.octets(octets, from, to, conversation);
    }

    @Override
    public void gap(long missing, Conversation conversation) {
        inside.gap(missing, conversation);
    }

    @Override
    public void end(FileState state, Conversation conversation) {
        inside.end(state, conversation);
    }
}
