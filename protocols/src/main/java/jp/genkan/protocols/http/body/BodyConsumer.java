package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.Conversation;

/**
 * Takes the octets of a body, in order.
 *
 * <p>Thread rule: the worker of its flow.
 */
public interface BodyConsumer {
    /** Octets that come next; only good during the call. */
    void octets(byte[] octets, int from, int to, Conversation conversation);

    /** Octets are missing here. */
    void gap(long missing, Conversation conversation);

    /** Nothing more comes. Told exactly once, last. */
    void end(FileState state, Conversation conversation);
}
