package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.head.HttpEvents;
import org.jspecify.annotations.Nullable;

/**
 * Takes one layer of coding off a body, and gives what is inside to the next consumer. A coded body that has a gap, or breaks, ends there.
 *
 * <p>Thread rule: the worker of its flow.
 */
final class CodedBody implements BodyConsumer, ContentDecoder.Output {
    private final ContentDecoder decoder;
    private final BodyConsumer next;
    private final OutputGuard guard;
    private final boolean isOutermost;
    private final Transaction transaction;
    private final Direction direction;
    private @Nullable Conversation conversation;
    private boolean hasEnded;
    private boolean isTold;

    CodedBody(
            ContentDecoder decoder,
            BodyConsumer next,
            OutputGuard guard,
            boolean isOutermost,
            Transaction transaction,
            Direction direction) {
        this.decoder = decoder;
        this.next = next;
        this.guard = guard;
        this.isOutermost = isOutermost;
        this.transaction = transaction;
        this.direction = direction;
    }

    @Override
    public void octets(byte[] octets, int from, int to, Conversation current) {
        if (hasEnded) {
            return;
        }
        if (isOutermost) {
            guard.read(to - from);
        }
        conversation = current;
        decoder.decode(octets, from, to, this);
        conversation = null;
        tellFailure(current);
        if (decoder.condition() == ContentDecoder.Condition.BROKEN) {
            stop(FileState.ERROR, current);
        }
    }

    @Override
    public boolean take(byte[] octets, int from, int to) {
        Conversation current = conversation;
        if (hasEnded || current == null) {
            return false;
        }
        if (!guard.made(to - from)) {
            current.anomaly(transaction, direction, HttpEvents.COMPRESSION_BOMB);
            stop(FileState.TRUNCATED, current);
            return false;
        }
        next.octets(octets, from, to, current);
        return true;
    }

    private void tellFailure(Conversation current) {
        boolean failed = decoder.condition() == ContentDecoder.Condition.PLAIN
                || decoder.condition() == ContentDecoder.Condition.BROKEN;
        if (failed && !isTold) {
            isTold = true;
            current.anomaly(transaction, direction, HttpEvents.decompressionFailed(transaction));
        }
    }

    private void stop(FileState state, Conversation current) {
        if (!hasEnded) {
            hasEnded = true;
            decoder.close();
            next.end(state, current);
        }
    }

    @Override
    public void gap(long missing, Conversation current) {
        if (hasEnded) {
            return;
        }
        if (decoder.condition() == ContentDecoder.Condition.PLAIN) {
            next.gap(missing, current);
            return;
        }
        conversation = current;
        decoder.finish(this);
        conversation = null;
        if (!hasEnded) {
            next.gap(0, current);
        }
        stop(FileState.TRUNCATED, current);
    }

    @Override
    public void end(FileState state, Conversation current) {
        if (hasEnded) {
            return;
        }
        conversation = current;
        decoder.finish(this);
        conversation = null;
        boolean broken = decoder.condition() == ContentDecoder.Condition.BROKEN;
        if (state == FileState.CLOSED) {
            tellFailure(current);
        }
        stop(broken && state == FileState.CLOSED ? FileState.TRUNCATED : state, current);
    }
}
