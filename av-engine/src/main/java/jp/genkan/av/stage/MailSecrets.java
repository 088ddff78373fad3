package jp.genkan.av.stage;

import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jp.genkan.av.password.Correspondence;
import jp.genkan.av.password.PasswordBook;
import jp.genkan.av.password.PasswordBook.Kept;
import jp.genkan.av.password.PasswordBook.Locked;
import jp.genkan.av.password.Passwords;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.stage.FlowFiles.OpenFile;
import jp.genkan.av.unpack.Members.Reason;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.imap.ImapTransaction;
import jp.genkan.protocols.mime.MailSummary;
import jp.genkan.protocols.pop3.Pop3Transaction;
import jp.genkan.protocols.smtp.SmtpTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Passwords for encrypted archives in mails, wherever they stand: in the archive's own mail before or behind it, or in another mail of the same sender to the
 * same receiver, before or after.
 *
 * <p>Thread rule: one worker; the book belongs to all of them.
 */
final class MailSecrets {
    private final PasswordBook<PastFile> book;

    MailSecrets(PasswordBook<PastFile> book) {
        this.book = book;
    }

    /** What is told of the mail that a transaction carries; null when it carries none. */
    static @Nullable MailSummary mail(Transaction transaction) {
        return switch (transaction) {
            case SmtpTransaction smtp -> smtp.mail();
            case Pop3Transaction pop3 -> pop3.mail();
            case ImapTransaction imap -> imap.mail();
            default -> null;
        };
    }

    /** True when something was encrypted, and no password fitted. */
    static boolean isLocked(ScanResult result) {
        if (result.infection() != null) {
            return false;
        }
        for (ScanResult.Blind blind : result.blind()) {
            if (blind.reason() == Reason.ENCRYPTED) {
                return true;
            }
        }
        return false;
    }

    /** What may open a file of a mail, best first: what its own mail has said so far, then what earlier ones did. Empty for what comes in no mail. */
    List<String> candidates(OpenFile file, FlowIdentity identity, long nanos) {
        MailSummary mail = file.mail;
        if (mail == null) {
            return List.of();
        }
        Set<String> all = new LinkedHashSet<>(said(mail));
        all.addAll(book.passwords(between(file.file.transaction(), mail, identity), nanos));
        return all.stream().limit(Passwords.CANDIDATES_MAX).toList();
    }

    private static List<String> said(MailSummary mail) {
        Set<String> all = new LinkedHashSet<>();
        for (String text : mail.texts()) {
            all.addAll(Passwords.find(text));
        }
        String subject = mail.text("subject");
        if (subject != null) {
            all.addAll(Passwords.find(subject));
        }
        return all.stream().limit(Passwords.CANDIDATES_MAX).toList();
    }

    /** By the mail's header and, where there is one, by its envelope. Parts that IMAP fetches have neither: they belong to who fetches and from where. */
    private static Correspondence between(Transaction transaction, MailSummary mail, FlowIdentity identity) {
        List<String> receivers = new ArrayList<>(mail.addresses("to"));
        receivers.addAll(mail.addresses("cc"));
        Correspondence header = Correspondence.of(mail.addresses("from"), receivers);
        if (header.pairs().isEmpty() && transaction instanceof ImapTransaction) {
            return Correspondence.of(
                    List.of(identity.source().toString()),
                    List.of(identity.destination().toString()));
        }
        if (!(transaction instanceof SmtpTransaction smtp)) {
            return header;
        }
        String sender = smtp.mailFrom();
        return header.and(Correspondence.of(sender == null ? List.of() : List.of(sender), smtp.recipients()));
    }

    /** A file passes that nothing opened: its password may come with a later mail. */
    void passes(OpenFile open, PastFile past, long nanos) {
        MailSummary mail = open.mail;
        if (mail != null && !open.cutOff && open.memory.size() <= PasswordBook.ARCHIVE_OCTETS_MAX) {
            Locked octets = new Locked(open.memory.octets().toArray(ValueLayout.JAVA_BYTE));
            book.keep(octets, between(open.file.transaction(), mail, past.identity()), past, nanos);
        }
    }

    /** A mail is over: what it said is remembered. Archives of earlier mails that it may open; mostly none. */
    List<Late> over(Transaction transaction, MailSummary mail, FlowIdentity identity, long nanos) {
        List<String> passwords = said(mail);
        if (passwords.isEmpty()) {
            return List.of();
        }
        Correspondence between = between(transaction, mail, identity);
        book.say(between, passwords, nanos);
        return book.waiting(between, nanos).stream()
                .map(kept -> new Late(kept, passwords))
                .toList();
    }

    /** It was opened, or is of no interest any more. */
    void opened(Kept<PastFile> archive) {
        book.opened(archive);
    }

    /** An archive that has passed, and what may open it. */
    record Late(Kept<PastFile> archive, List<String> passwords) {
        Late {
            passwords = List.copyOf(passwords);
        }
    }
}
