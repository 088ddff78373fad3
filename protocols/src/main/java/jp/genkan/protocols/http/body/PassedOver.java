package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.Conversation;

/**
 * Takes no notice.
 *
 * <p>Thread rule: stateless.
 */
public enum PassedOver implements BodyConsumer {
    /** The only one. */
    INSTANCE;

    @Override
    public void octets(byte[] octets, int from, int to, Conversation conversation) {}

    @Override
    public void gap(long missing, Conversation conversation) {}

    @Override
    public void end(FileState state, Conversation conversation) {}
}
