package jp.genkan.protocols.mime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.event.EveFields;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a mail: EVE's {@code email} object.
 *
 * <p>Thread rule: the worker of its flow; when its transaction is complete it never changes.
 */
public final class MailSummary {
    /** Most addresses of a field that are kept: a large distribution list. */
    public static final int ADDRESSES_MAX = 256;

    /** Most names of attachments that are kept: real mails have up to about fifty. */
    public static final int ATTACHMENTS_MAX = 256;

    private static final int RECEIVED_MAX = 32;

    /** How the reading of a mail went, in EVE's words. */
    public enum Status {
        /** Nothing is missing so far. */
        DONE("PARSE_DONE"),
        /** Octets are missing, or the end. */
        ERROR("PARSE_ERROR");

        private final String eveName;

        Status(String eveName) {
            this.eveName = eveName;
        }
    }

    private final List<String> attachments = new ArrayList<>();
    private final UrlFinder urls = new UrlFinder();
    private final BodyHash bodyHash = new BodyHash();
    private final MailTexts texts = new MailTexts();
    private HeaderFields fields = new HeaderFields();
    private Status status = Status.DONE;
    private boolean partial;
    private boolean over;

    void fields(HeaderFields read) {
        fields = read;
    }

    void markIncomplete() {
        status = Status.ERROR;
    }

    void markPartial() {
        partial = true;
    }

    void attachment(String name) {
        if (attachments.size() < ATTACHMENTS_MAX && !attachments.contains(name)) {
            attachments.add(name);
        }
    }

    void markOver() {
        over = true;
    }

    /** True when no more of it comes. */
    public boolean isOver() {
        return over;
    }

    MailTexts keptTexts() {
        return texts;
    }

    /** The beginnings of its texts as far as they have come, decoded; attached ones too. */
    public List<String> texts() {
        return texts.texts();
    }

    /** Octets of {@link #texts}: grows when there is more to read. */
    public int textOctets() {
        return texts.size();
    }

    /** Addresses of a field, without names and brackets, in lower case; at most {@value #ADDRESSES_MAX}. */
    public List<String> addresses(String lowerCaseName) {
        String value = fields.first(lowerCaseName);
        return value == null
                ? List.of()
                : split(value).stream().map(MailSummary::bare).toList();
    }

    /** An address as it is compared: {@code Name <A@B>} is {@code a@b}. */
    public static String bare(String address) {
        int open = address.lastIndexOf('<');
        int close = address.indexOf('>', open + 1);
        String inside = open >= 0 && close > open ? address.substring(open + 1, close) : address;
        return inside.strip().toLowerCase(Locale.ROOT);
    }

    UrlFinder urlFinder() {
        return urls;
    }

    BodyHash bodyHash() {
        return bodyHash;
    }

    /** MD5 of the body as it came, in hexadecimal; null as long as the mail is not over, and when octets of it are missing. */
    public @Nullable String bodyMd5() {
        return status == Status.DONE ? bodyHash.hash() : null;
    }

    /** The mail's header as it came. */
    public HeaderFields fields() {
        return fields;
    }

    /** A field as readable text; null when the mail has none. */
    public @Nullable String text(String lowerCaseName) {
        String value = fields.first(lowerCaseName);
        return value == null ? null : EncodedWords.decode(value);
    }

    /** Names of the attachments, every reading of each. */
    public List<String> attachments() {
        return List.copyOf(attachments);
    }

    /** URLs in its texts, without their schemes. */
    public List<String> urls() {
        return urls.urls();
    }

    public Status status() {
        return status;
    }

    /** True for a piece of a mail that was cut into several (RFC 2046 §5.2.2): its files cannot be seen whole. */
    public boolean isPartial() {
        return partial;
    }

    /** Writes the {@code email} object. */
    public void writeTo(EveFields out) {
        out.object("email");
        out.put("status", status.eveName);
        field(out, "from", "from");
        addresses(out, "to");
        addresses(out, "cc");
        field(out, "date", "date");
        field(out, "message_id", "message-id");
        String subject = text("subject");
        if (subject != null) {
            out.put("subject", subject);
        }
        field(out, "x_mailer", "x-mailer");
        list(
                out,
                "received",
                fields.all("received").stream().limit(RECEIVED_MAX).toList());
        list(out, "attachment", attachments);
        list(out, "url", urls.urls());
        if (partial) {
            out.put("partial", true);
        }
        out.end();
    }

    private void field(EveFields out, String name, String lowerCaseName) {
        String value = fields.first(lowerCaseName);
        if (value != null) {
            out.put(name, Charsets.decodeRaw(value));
        }
    }

    private void addresses(EveFields out, String name) {
        String value = fields.first(name);
        if (value != null) {
            list(out, name, split(value));
        }
    }

    private static void list(EveFields out, String name, List<String> values) {
        if (!values.isEmpty()) {
            out.array(name);
            values.forEach(out::add);
            out.end();
        }
    }

    /** Addresses of a field, cut at the commas outside quotes. */
    private static List<String> split(String value) {
        List<String> found = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i <= value.length() && found.size() < ADDRESSES_MAX; i++) {
            boolean end = i == value.length();
            if (!end && value.charAt(i) == '"') {
                quoted = !quoted;
            }
            if (end || value.charAt(i) == ',' && !quoted) {
                String address = value.substring(begin, i).strip();
                if (!address.isEmpty()) {
                    found.add(Charsets.decodeRaw(address));
                }
                begin = i + 1;
            }
        }
        return found;
    }
}
