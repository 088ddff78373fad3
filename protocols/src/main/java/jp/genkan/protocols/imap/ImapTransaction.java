package jp.genkan.protocols.imap;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.mime.MailSummary;
import jp.genkan.protocols.mime.ObservedMail;
import org.jspecify.annotations.Nullable;

/**
 * A tagged command and what came of it: {@code imap}, and {@code email} for the mail that came last.
 *
 * <p>Thread rule: as {@link Transaction}.
 */
public final class ImapTransaction extends Transaction {
    /** Most characters of a tag: real ones have up to ten. */
    public static final int TAG_CHARS_MAX = 64;

    /** Most characters of an argument that are kept. */
    public static final int ARGUMENT_CHARS_MAX = 1024;

    private final String tag;
    private final String command;
    private @Nullable String mailbox;
    private @Nullable String uid;
    private @Nullable String status;
    private @Nullable ObservedMail mail;
    private boolean partial;

    ImapTransaction(long number, String tag, String command) {
        super(AppProtocol.IMAP, number);
        this.tag = cut(tag, TAG_CHARS_MAX);
        this.command = cut(command, TAG_CHARS_MAX);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** What the response will be marked with; empty for what the server sends unasked. */
    public String tag() {
        return tag;
    }

    /** In upper case, with UID before it where the client says so. */
    public String command() {
        return command;
    }

    /** The mailbox that it names, as written; null when it names none. */
    public @Nullable String mailbox() {
        return mailbox;
    }

    void mailbox(String name) {
        mailbox = cut(name, ARGUMENT_CHARS_MAX);
    }

    /** The UIDs that a UID command asks for, as written. */
    public @Nullable String uid() {
        return uid;
    }

    void uid(String set) {
        uid = cut(set, ARGUMENT_CHARS_MAX);
    }

    /** {@code OK}, {@code NO} or {@code BAD}; null when no response was seen. */
    public @Nullable String status() {
        return status;
    }

    void status(String word) {
        status = word;
    }

    /** What the mail says that came last; null when none came. */
    public @Nullable MailSummary mail() {
        ObservedMail observed = mail;
        return observed == null ? null : observed.summary();
    }

    ObservedMail mailBegins(Direction direction, ObservedMail.Content content) {
        ObservedMail observed = new ObservedMail(this, direction, content);
        mail = observed;
        return observed;
    }

    /** True when pieces of a mail were fetched that could not be joined. */
    public boolean isPartial() {
        return partial;
    }

    void markPartial() {
        partial = true;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("imap");
        out.put("command", command);
        putIfSaid(out, "mailbox", mailbox);
        putIfSaid(out, "uid", uid);
        putIfSaid(out, "status", status);
        if (partial) {
            out.put("partial", true);
        }
        out.end();
        MailSummary summary = mail();
        if (summary != null) {
            summary.writeTo(out);
        }
    }

    private static void putIfSaid(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }
}
