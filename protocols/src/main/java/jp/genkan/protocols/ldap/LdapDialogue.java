package jp.genkan.protocols.ldap;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;

/** Puts requests and responses together by their numbers. Thread rule: the worker of its flow. */
final class LdapDialogue {
    /** Requests that may wait for an answer; beyond, the oldest is told as it is. */
    static final int PENDING_MAX = 64;

    private final Map<Long, LdapTransaction> pending = new LinkedHashMap<>();
    private long transactions;

    /** Takes a message; true when TLS follows it. */
    boolean message(Direction direction, LdapMessage message, Conversation conversation) {
        if (message.isRequest()) {
            request(direction, message, conversation);
            return false;
        }
        return response(direction, message, conversation);
    }

    void end(Conversation conversation) {
        pending.values().forEach(conversation::complete);
        pending.clear();
    }

    private void request(Direction direction, LdapMessage message, Conversation conversation) {
        LdapTransaction transaction = new LdapTransaction(transactions++, message);
        conversation.advance(transaction, direction, Progress.COMPLETE);
        if (message.isAlone()) {
            conversation.complete(transaction);
            return;
        }
        LdapTransaction replaced = pending.remove(message.id());
        if (replaced != null) {
            conversation.complete(replaced);
        }
        if (pending.size() == PENDING_MAX) {
            Iterator<LdapTransaction> oldest = pending.values().iterator();
            conversation.complete(oldest.next());
            oldest.remove();
        }
        pending.put(message.id(), transaction);
    }

    private boolean response(Direction direction, LdapMessage message, Conversation conversation) {
        LdapTransaction transaction = pending.get(message.id());
        boolean asked = transaction != null;
        if (transaction == null) {
            transaction = new LdapTransaction(transactions++, null);
            conversation.anomaly(transaction, direction, "request_not_found");
        }
        transaction.add(message);
        if (asked && message.hasMore()) {
            conversation.advance(transaction, direction, Progress.BODY);
            return false;
        }
        conversation.advance(transaction, direction, Progress.COMPLETE);
        pending.remove(message.id());
        conversation.complete(transaction);
        LdapMessage request = transaction.request();
        return request != null && request.asksForTls() && message.resultCode() == 0;
    }
}
