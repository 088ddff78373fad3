package jp.genkan.protocols.enip;

import java.util.ArrayDeque;
import java.util.Deque;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;

/** Puts requests and answers together: an answer belongs to the oldest request of its command. Thread rule: the worker of its flow. */
final class EnipDialogue {
    /** Requests that may wait for their answers; clients pipeline a few. Beyond, the oldest is told without one. */
    static final int PENDING_MAX = 64;

    private final Deque<EnipTransaction> pending = new ArrayDeque<>();
    private long transactions;

    /** Takes a message; returns the transaction to which it belongs. */
    EnipTransaction message(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        EnipMessage message = EnipMessage.parse(octets, from, to, direction.isToServer());
        if (direction.isToServer()) {
            if (pending.size() == PENDING_MAX) {
                conversation.complete(pending.removeFirst());
            }
            EnipTransaction transaction = new EnipTransaction(transactions++);
            transaction.request = message;
            pending.addLast(transaction);
            conversation.advance(transaction, direction, Progress.COMPLETE);
            return transaction;
        } else {
            EnipTransaction transaction = asked(message.command());
            transaction.response = message;
            conversation.advance(transaction, direction, Progress.COMPLETE);
            conversation.complete(transaction);
            return transaction;
        }
    }

    private EnipTransaction asked(int command) {
        for (EnipTransaction each : pending) {
            if (each.request != null && each.request.command() == command) {
                pending.remove(each);
                return each;
            }
        }
        return new EnipTransaction(transactions++);
    }

    void end(Conversation conversation) {
        while (!pending.isEmpty()) {
            conversation.complete(pending.removeFirst());
        }
    }
}
