package jp.genkan.protocols.smtp;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.mime.MailSummary;
import jp.genkan.protocols.mime.ObservedMail;
import org.jspecify.annotations.Nullable;

/**
 * One mail of an SMTP connection, or a connection without one: EVE's {@code smtp} and {@code email}.
 *
 * <p>Thread rule: as {@link Transaction}.
 */
public final class SmtpTransaction extends Transaction {
    /** Most recipients that are kept: RFC 5321 §4.5.3.1.8 wants servers to take a hundred. */
    public static final int RECIPIENTS_MAX = 256;

    private final List<String> recipients = new ArrayList<>();
    private @Nullable String helo;
    private @Nullable String mailFrom;
    private @Nullable String mechanism;
    private @Nullable ObservedMail mail;
    private int replyCode;

    SmtpTransaction(long number, @Nullable String helo) {
        super(AppProtocol.SMTP, number);
        this.helo = helo;
    }

    /** What the client calls itself; null when it did not say. */
    public @Nullable String helo() {
        return helo;
    }

    void helo(String name) {
        helo = name;
    }

    /** The envelope's sender as written, brackets included; null before MAIL. */
    public @Nullable String mailFrom() {
        return mailFrom;
    }

    void mailFrom(String sender) {
        mailFrom = sender;
    }

    /** The envelope's recipients as written, brackets included. */
    public List<String> recipients() {
        return List.copyOf(recipients);
    }

    boolean addRecipient(String recipient) {
        return recipients.size() < RECIPIENTS_MAX && recipients.add(recipient);
    }

    /** How the client logged in, in upper case; null when it did not. What it said for it is never kept. */
    public @Nullable String mechanism() {
        return mechanism;
    }

    void mechanism(String name) {
        mechanism = name;
    }

    /** What the mail says; null when none was sent. */
    public @Nullable MailSummary mail() {
        ObservedMail observed = mail;
        return observed == null ? null : observed.summary();
    }

    @Nullable
    ObservedMail observed() {
        return mail;
    }

    /** The transaction's mail, which begins with the first octets of its content. */
    ObservedMail mailBegins() {
        ObservedMail observed = mail;
        if (observed == null) {
            observed = new ObservedMail(this, Direction.TO_SERVER, ObservedMail.Content.WHOLE);
            mail = observed;
        }
        return observed;
    }

    /** The server's answer to the mail, 0 when none was seen. */
    public int replyCode() {
        return replyCode;
    }

    void replyCode(int code) {
        replyCode = code;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("smtp");
        putIfSaid(out, "helo", helo);
        putIfSaid(out, "mail_from", mailFrom);
        if (!recipients.isEmpty()) {
            out.array("rcpt_to");
            recipients.forEach(out::add);
            out.end();
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
