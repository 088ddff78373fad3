package jp.genkan.protocols.http2;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.body.BodyConsumer;
import jp.genkan.protocols.http.body.BodyContents;
import jp.genkan.protocols.http.head.HttpText;
import org.jspecify.annotations.Nullable;

/**
 * A stream that is open: its transaction and the bodies in it.
 *
 * <p>Thread rule: the worker of its flow.
 */
final class Http2Stream {
    final Http2Transaction transaction;
    private @Nullable BodyConsumer requestBody;
    private @Nullable BodyConsumer responseBody;

    Http2Stream(Http2Transaction transaction) {
        this.transaction = transaction;
    }

    void data(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        body(direction, conversation).octets(octets, from, to, conversation);
        conversation.advance(transaction, direction, Progress.BODY);
    }

    void gap(Direction direction, long missing, Conversation conversation) {
        body(direction, conversation).gap(missing, conversation);
    }

    private BodyConsumer body(Direction direction, Conversation conversation) {
        BodyConsumer body = direction.isToServer() ? requestBody : responseBody;
        if (body == null) {
            byte[] path = transaction.path();
            String name = path == null ? null : HttpText.show(path, 0, path.length);
            BodyContents contents =
                    new BodyContents(transaction, direction, transaction.fields(direction), name, conversation);
            long length = transaction.announcedLength(direction);
            if (direction.isToServer()) {
                body = contents.ofRequest(length);
                requestBody = body;
            } else {
                body = contents.ofResponse(length, transaction.status());
                responseBody = body;
            }
        }
        return body;
    }

    /** A direction is over; true when both are. */
    boolean end(Direction direction, FileState state, Conversation conversation) {
        if (transaction.progress(direction) != Progress.COMPLETE) {
            endBody(direction, state, conversation);
            conversation.advance(transaction, direction, Progress.COMPLETE);
        }
        return transaction.progress(direction.opposite()) == Progress.COMPLETE;
    }

    private void endBody(Direction direction, FileState state, Conversation conversation) {
        BodyConsumer body = direction.isToServer() ? requestBody : responseBody;
        if (body != null) {
            body.end(state, conversation);
        }
        if (direction.isToServer()) {
            requestBody = null;
        } else {
            responseBody = null;
        }
    }

    /** The stream ends before its time. */
    void abandon(Conversation conversation) {
        endBody(Direction.TO_SERVER, FileState.TRUNCATED, conversation);
        endBody(Direction.TO_CLIENT, FileState.TRUNCATED, conversation);
        conversation.complete(transaction);
    }

    boolean isOver(Direction direction) {
        return transaction.progress(direction) == Progress.COMPLETE;
    }
}
