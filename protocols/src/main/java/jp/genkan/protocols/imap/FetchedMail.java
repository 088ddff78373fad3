package jp.genkan.protocols.imap;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.mime.ObservedMail;

/**
 * A mail, or a part of one, that a server sends; clients fetch large ones piece by piece, which are joined here while each follows the one before.
 *
 * <p>Thread rule: its parser's.
 */
final class FetchedMail {
    private final ImapTransaction transaction;
    private final ObservedMail mail;
    private final long number;
    private final String section;
    private final boolean fromBegin;
    private long next;

    FetchedMail(ImapTransaction transaction, long number, FetchItem item, ObservedMail.Content content) {
        this.transaction = transaction;
        this.number = number;
        this.section = item.section();
        this.fromBegin = item.offset() <= 0;
        this.next = Math.max(0, item.offset());
        if (!fromBegin) {
            transaction.markPartial();
        }
        this.mail = transaction.mailBegins(Direction.TO_CLIENT, fromBegin ? content : ObservedMail.Content.PART);
    }

    ImapTransaction transaction() {
        return transaction;
    }

    /** True when an item goes on where this one stopped. */
    boolean isContinuedBy(long message, FetchItem item) {
        return message == number && item.offset() == next && item.section().equals(section);
    }

    void octets(Conversation conversation, byte[] octets, int from, int to) {
        mail.octets(conversation, octets, from, to);
        next += to - from;
    }

    /** The next piece comes when the client asks for it. */
    void pause(Conversation conversation) {
        mail.pause(conversation);
    }

    void gap(Conversation conversation, long missing) {
        mail.gap(conversation, missing);
        next += missing;
    }

    void end(Conversation conversation, boolean whole) {
        if (!whole) {
            transaction.markPartial();
        }
        mail.end(conversation, whole && fromBegin);
    }
}
