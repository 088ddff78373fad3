package jp.genkan.ips.keyword.mail;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.mime.MailSummary;
import jp.genkan.protocols.smtp.SmtpTransaction;
import org.jspecify.annotations.Nullable;

/** Keywords of mail. Fields of the header are as they came, unfolded and not decoded. Stateless. */
public final class MailKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<SmtpTransaction> smtp =
                new TransactionFields<>(SmtpTransaction.class, Set.of(AppProtocol.SMTP), keywords, buffers);
        smtp.text(Ways.TO_SERVER, Progress.LINE, SmtpTransaction::helo, "smtp.helo");
        smtp.text(Ways.TO_SERVER, Progress.HEADERS, SmtpTransaction::mailFrom, "smtp.mail_from");
        smtp.many(Ways.TO_SERVER, Progress.BODY, MailKeywords::recipients, "smtp.rcpt_to");
        header(smtp, "email.from", "from");
        header(smtp, "email.to", "to");
        header(smtp, "email.cc", "cc");
        header(smtp, "email.subject", "subject");
        header(smtp, "email.date", "date");
        header(smtp, "email.message_id", "message-id");
        header(smtp, "email.x_mailer", "x-mailer");
        smtp.many(Ways.TO_SERVER, Progress.BODY, MailKeywords::received, "email.received");
        smtp.many(Ways.TO_SERVER, Progress.COMPLETE, MailKeywords::urls, "email.url");
        smtp.text(Ways.TO_SERVER, Progress.COMPLETE, MailKeywords::bodyHash, "email.body_md5");
    }

    private static void header(TransactionFields<SmtpTransaction> smtp, String keyword, String field) {
        smtp.octets(
                Ways.TO_SERVER,
                Progress.BODY,
                transaction -> {
                    MailSummary mail = transaction.mail();
                    return mail == null ? null : octets(mail.fields().first(field));
                },
                keyword);
    }

    private static byte @Nullable [] octets(@Nullable String value) {
        return value == null ? null : value.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void recipients(SmtpTransaction transaction, boolean toServer, BufferSink out) {
        transaction.recipients().forEach(out::add);
    }

    private static void received(SmtpTransaction transaction, boolean toServer, BufferSink out) {
        MailSummary mail = transaction.mail();
        if (mail != null) {
            mail.fields().all("received").forEach(value -> out.add(octets(value)));
        }
    }

    private static void urls(SmtpTransaction transaction, boolean toServer, BufferSink out) {
        MailSummary mail = transaction.mail();
        if (mail != null) {
            mail.urls().forEach(out::add);
        }
    }

    private static @Nullable String bodyHash(SmtpTransaction transaction) {
        MailSummary mail = transaction.mail();
        return mail == null ? null : mail.bodyMd5();
    }
}
