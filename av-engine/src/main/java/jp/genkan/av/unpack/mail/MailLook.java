package jp.genkan.av.unpack.mail;

import java.util.Locale;
import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members;

/** Tells mails from other texts by their first lines. */
final class MailLook {
    private static final int LINES_MAX = 64;
    private static final int OCTETS_MAX = 16_384;
    private static final int FIELD_NAME_MAX = 76;
    private static final int FIELDS_NEEDED = 2;
    private static final int TIME_EVERY = 0xffff;

    private static final Set<String> FIELDS = Set.of(
            "from",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "received",
            "return-path",
            "delivered-to",
            "message-id",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "reply-to",
            "sender",
            "in-reply-to",
            "references",
            "x-mailer",
            "dkim-signature",
            "authentication-results",
            "envelope-to",
            "received-spf",
            "arc-seal",
            "content-location",
            "snapshot-content-location");

    private static final Set<String> ENDINGS = Set.of("eml", "mht", "mhtml", "mbox", "mail");

    private MailLook() {}

    static boolean isMail(Content content, long begin, String extension) {
        long at = begin;
        int known = 0;
        boolean typed = false;
        for (int line = 0; line < LINES_MAX && at - begin < OCTETS_MAX; line++) {
            String name = field(content, at, begin + OCTETS_MAX);
            boolean blank = line > 0 && (content.u8(at) == ' ' || content.u8(at) == '\t');
            if (name.isEmpty() && !blank && line > 0) {
                break; // most files are known by their first octets to be no mail
            }
            if (name.isEmpty() && line == 0 && !isEnvelope(content, at)) {
                break;
            }
            long end = lineEnd(content, at, begin + OCTETS_MAX);
            boolean folded = blank && end > at + 1;
            if (!name.isEmpty()) {
                known += FIELDS.contains(name) ? 1 : 0;
                typed |= name.equals("content-type") || name.equals("mime-version");
            } else if (!folded && line > 0) {
                break;
            }
            at = end + 1;
        }
        return known >= FIELDS_NEEDED || known == 1 && (typed || ENDINGS.contains(extension));
    }

    private static long lineEnd(Content content, long from, long most) {
        return content.find('\n', from, most);
    }

    /** A field's name in lower case; empty when the line begins none. */
    private static String field(Content content, long from, long to) {
        long at = from;
        long most = Math.min(to, from + FIELD_NAME_MAX);
        while (at < most && content.u8(at) > ' ' && content.u8(at) != ':' && content.u8(at) < 0x7f) {
            at++;
        }
        long end = at;
        while (at < most && content.u8(at) == ' ') {
            at++;
        }
        return content.u8(at) == ':' && at < most
                ? content.latin(from, (int) (end - from)).toLowerCase(Locale.ROOT)
                : "";
    }

    /** True when the line that begins here separates the mails of a mailbox file. */
    static boolean isEnvelope(Content content, long at) {
        if (!content.startsWith(at, "From ")) {
            return false;
        }
        long end = lineEnd(content, at, at + 1024);
        long next = end + 1;
        boolean header =
                !field(content, next, lineEnd(content, next, next + 1024)).isEmpty()
                        || content.startsWith(next, ">From ");
        return content.u8(end) == '\n' && header;
    }

    /** Where the next mail of a mailbox file begins: behind an empty line. */
    static long nextEnvelope(Content content, long from, Members members) throws LimitException {
        int before = 0;
        int last = 0;
        for (long at = from; at < content.size(); at++) {
            int octet = content.u8(at);
            if (octet == 'F' && last == '\n' && before == '\n' && isEnvelope(content, at)) {
                return at;
            }
            if (octet != '\r') {
                before = last;
                last = octet;
            }
            if ((at & TIME_EVERY) == 0) {
                members.checkTime();
            }
        }
        return content.size();
    }
}
