package jp.genkan.protocols.mime;

import java.util.HashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/**
 * One mail on its way through a transaction of SMTP, POP3 or IMAP: its attachments become files of the transaction.
 *
 * <p>A file is what has a name, what the mail calls an attachment, and what is no text. What is only text belongs to the mail.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class ObservedMail {
    private final Transaction transaction;
    private final Direction direction;
    private final Content content;
    private final MailSummary summary = new MailSummary();
    private final Map<MailPart, TransferredFile> files = new HashMap<>();
    private final MailParser parser;
    private @Nullable Conversation conversation;
    private boolean root = true;
    private boolean begun;
    private boolean pauses;

    /** What is given. */
    public enum Content {
        /** A mail from its first header line on. */
        WHOLE,
        /** The body of a part whose header is not to be had. */
        PART
    }

    /**
     * A mail that begins.
     *
     * @param direction which way it goes
     */
    public ObservedMail(Transaction transaction, Direction direction, Content content) {
        this.transaction = transaction;
        this.direction = direction;
        this.content = content;
        MailListener listener = new Listener();
        parser = content == Content.WHOLE ? new MailParser(listener) : MailParser.ofBody(listener);
    }

    /** What is told of it. */
    public MailSummary summary() {
        return summary;
    }

    /** True when its header is complete. */
    public boolean isHeaderRead() {
        return !root;
    }

    /** Octets of the mail that were read so far. */
    public long position() {
        return parser.position();
    }

    /** The next octets of it. */
    public void octets(Conversation now, byte[] octets, int from, int to) {
        conversation = now;
        if (!begun || pauses) {
            begun = true;
            pauses = false;
            now.mail(transaction, direction, true);
        }
        parser.feed(octets, from, to);
        if (content == Content.WHOLE) {
            summary.bodyHash().read(octets, from, to);
        }
        conversation = null;
    }

    /** More of it comes only when the receiver has had what has come so far. */
    public void pause(Conversation now) {
        if (begun && !pauses) {
            pauses = true;
            now.mail(transaction, direction, false);
        }
    }

    /** Octets of it are missing. */
    public void gap(Conversation now, long missing) {
        conversation = now;
        summary.markIncomplete();
        parser.gap(missing);
        conversation = null;
    }

    /**
     * It is over.
     *
     * @param whole false when its end was not seen
     */
    public void end(Conversation now, boolean whole) {
        conversation = now;
        parser.end(whole);
        summary.urlFinder().wordEnds();
        summary.bodyHash().end();
        summary.markOver();
        if (!whole) {
            summary.markIncomplete();
        }
        if (begun) {
            now.mail(transaction, direction, false);
        }
        conversation = null;
    }

    private boolean isFile(MailPart part) {
        if (content == Content.PART && part.container() == null) {
            return true;
        }
        return switch (part.kind()) {
            case EMBEDDED -> true;
            case LEAF -> part.name() != null || part.isAttachment() || part.isPartial() || !isText(part.mediaType());
            case PREAMBLE -> part.name() != null || part.coding() == TransferCoding.BASE64;
            case MULTIPART, MESSAGE, EPILOGUE -> false;
        };
    }

    private static boolean isText(String mediaType) {
        return mediaType.startsWith("text/") || mediaType.startsWith("message/");
    }

    private final class Listener implements MailListener {
        @Override
        public void partBegins(MailPart part) {
            if (root) {
                root = false;
                summary.fields(part.fields());
            }
            if (part.isPartial()) {
                summary.markPartial();
            }
            if (part.kind() != MailPart.Kind.PREAMBLE) {
                part.names().forEach(summary::attachment);
            }
            if (isFile(part)) {
                TransferredFile file = now().openFile(transaction, direction, part.name());
                file.declaredType(part.mediaType());
                files.put(part, file);
            }
        }

        private Conversation now() {
            Conversation current = conversation;
            if (current == null) {
                throw new IllegalStateException("a mail is read outside a call");
            }
            return current;
        }

        @Override
        public void partOctets(MailPart part, byte[] octets, int from, int to) {
            TransferredFile file = files.get(part);
            if (part.kind() == MailPart.Kind.LEAF) {
                summary.keptTexts().read(part, octets, from, to);
            }
            if (file != null) {
                now().fileOctets(file, octets, from, to);
            } else if (part.kind() == MailPart.Kind.LEAF) {
                summary.urlFinder().read(octets, from, to);
            }
        }

        @Override
        public void partGap(MailPart part, long missing) {
            TransferredFile file = files.get(part);
            if (file != null) {
                now().fileGap(file, missing);
            }
        }

        @Override
        public void partEnds(MailPart part) {
            TransferredFile file = files.remove(part);
            if (file != null) {
                if (file.name() == null && part.name() != null) {
                    file.name(part.name());
                    part.names().forEach(summary::attachment);
                }
                now().closeFile(file, part.isWhole() ? FileState.CLOSED : FileState.TRUNCATED);
            } else if (part.kind() == MailPart.Kind.LEAF) {
                summary.urlFinder().wordEnds();
            }
        }

        @Override
        public void anomaly(MailAnomaly anomaly) {
            now().anomaly(transaction, direction, anomaly.eventName());
        }
    }
}
