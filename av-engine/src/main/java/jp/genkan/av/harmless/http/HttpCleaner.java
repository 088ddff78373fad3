package jp.genkan.av.harmless.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import jp.genkan.av.harmless.Replaced.Form;
import jp.genkan.av.harmless.Wire;
import jp.genkan.av.harmless.explain.Explanation;
import jp.genkan.av.harmless.file.Container.Inside;
import jp.genkan.av.harmless.file.FileCleaner;
import jp.genkan.av.harmless.file.Pieces;
import jp.genkan.av.harmless.file.Removal;
import jp.genkan.av.harmless.form.Forms;
import jp.genkan.av.harmless.mail.MailCleaner;
import jp.genkan.av.scan.Detection;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.http.LooseResponse;
import jp.genkan.protocols.http.head.ContentRange;
import org.jspecify.annotations.Nullable;

/**
 * Makes answers and requests of HTTP harmless. An answer whose head is there becomes a page; one whose head has gone becomes a file of the kind that was announced; a piece of a
 * file becomes the same piece of that.
 *
 * <p>Thread rule: no state, any thread.
 */
public final class HttpCleaner {
    private static final List<String> HTTP = List.of("http");
    private static final List<String> RESPONSE = List.of(LooseResponse.FORMAT);

    private final MailCleaner mails;
    private final FileCleaner files;

    /** Uses other cleaners for what is inside. */
    public HttpCleaner(MailCleaner mails, FileCleaner files) {
        this.mails = mails;
        this.files = files;
    }

    /** A message that is taken apart. */
    @SuppressWarnings("ArrayRecordComponent") // made once, never compared
    private record Message(
            byte[] wire,
            HttpHead head,
            boolean isAnswer,
            boolean isHeadThere,
            HttpBody body,
            HttpCoding coding,
            Wire.About about) {
        @Nullable
        String name() {
            String named = head.fileName();
            return named != null ? named : about.name();
        }
    }

    /**
     * Replaces what is infected.
     *
     * @param whole what the octets are
     * @param wire all of them
     * @param known for what the file is infected, when that is known already; null when it is to be found out
     * @return as many octets, or the same array when nothing is infected; null when they cannot be made harmless
     */
    public byte @Nullable [] clean(Wire whole, byte[] wire, @Nullable Detection known, Removal removal)
            throws LimitException {
        Wire.About about = whole.about();
        boolean isAnswer = whole.kind() == Wire.Kind.HTTP_RESPONSE;
        boolean isHeadThere = about.head().length == 0;
        HttpHead head = HttpHead.read(isHeadThere ? wire : about.head());
        HttpBody body = head == null ? null : HttpBody.of(head, isAnswer, wire, isHeadThere ? head.end() : 0);
        HttpCoding coding = head == null ? null : HttpCoding.of(head);
        if (head == null || body == null || coding == null) {
            boolean isClean =
                    known == null && removal.infection(wire, about.name(), isHeadThere ? RESPONSE : HTTP) == null;
            return isClean ? wire : null;
        }
        Message message = new Message(wire, head, isAnswer, isHeadThere, body, coding, about);
        Detection detection = known != null ? known : infection(message, removal);
        if (detection == null) {
            return wire;
        }
        int mark = removal.mark();
        byte[] cleaned = replaced(message, detection, removal);
        if (cleaned != null && infection(again(message, cleaned), removal) == null) {
            return cleaned;
        }
        removal.backTo(mark);
        removal.beTerse();
        cleaned = replaced(message, detection, removal);
        return cleaned == null || infection(again(message, cleaned), removal) != null ? null : cleaned;
    }

    private static Message again(Message message, byte[] cleaned) {
        HttpHead head = message.isHeadThere ? HttpHead.read(cleaned) : message.head;
        if (head == null) {
            return message;
        }
        HttpBody body = HttpBody.of(head, message.isAnswer, cleaned, message.isHeadThere ? head.end() : 0);
        return body == null
                ? message
                : new Message(
                        cleaned, head, message.isAnswer, message.isHeadThere, body, message.coding, message.about);
    }

    /** For what a message is infected, however a receiver reads it. */
    private static @Nullable Detection infection(Message message, Removal removal) throws LimitException {
        byte[] body = message.body.octets();
        byte[] decoded = message.coding.decoded(body);
        Detection found = decoded == null ? null : removal.infection(decoded, message.name(), HTTP);
        if (found == null) {
            found = removal.infection(body, message.name(), HTTP);
        }
        if (found == null && message.isAnswer) {
            found = message.isHeadThere
                    ? removal.infection(message.wire, null, RESPONSE)
                    : removal.infection(message.wire, message.name(), HTTP);
        }
        String type = message.head.first("content-type");
        if (found == null && decoded != null && type != null && type.contains("multipart/")) {
            found = removal.infection(parts(type, decoded), null, HTTP);
        }
        return found;
    }

    /** A body of parts as the mail that it would be. */
    private static byte[] parts(String type, byte[] body) {
        byte[] head = header(type);
        byte[] mail = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, mail, head.length, body.length);
        return mail;
    }

    private static byte[] header(String type) {
        return ("MIME-Version: 1.0\r\nContent-Type: " + type + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte @Nullable [] replaced(Message message, Detection detection, Removal removal) throws LimitException {
        String range = message.head.status() == 206 ? message.head.first("content-range") : null;
        if (range != null || message.about.offset() > 0) {
            return piece(message, range, detection, removal);
        }
        if (message.isAnswer) {
            byte[] page = page(message, detection, removal);
            return page != null ? page : file(message, detection, removal);
        }
        String type = message.head.first("content-type");
        return type != null && type.contains("multipart/")
                ? form(message, type, removal)
                : file(message, detection, removal);
    }

    /** A page of ours, with a head that says so. */
    private static byte @Nullable [] page(Message message, Detection detection, Removal removal) {
        byte[] head = message.isHeadThere ? message.head.ofPage() : null;
        if (head == null) {
            return null;
        }
        Explanation explanation = removal.explanation(detection, message.name());
        byte[] out =
                coded(message, room -> Forms.of(Form.HTML, explanation, room).octets());
        if (out != null) {
            System.arraycopy(head, 0, out, 0, head.length);
            removal.replaced("", message.name(), detection, Form.HTML);
        }
        return out;
    }

    private static byte @Nullable [] coded(Message message, IntFunction<byte[]> content) {
        byte[] coded = message.coding.encoded(message.body.octets().length, content);
        return coded == null ? null : message.body.with(coded);
    }

    /** A file of the kind that was announced, in which only the infected members are replaced if that can be. */
    private byte @Nullable [] file(Message message, Detection detection, Removal removal) throws LimitException {
        Inside inside = new Inside(message.name(), "", HTTP, 0);
        byte[] body = message.body.octets();
        if (message.coding == HttpCoding.IDENTITY) {
            byte[] cleaned = files.clean(body, inside, message.head.mediaType(), detection, removal);
            return cleaned == null ? null : message.body.with(cleaned);
        }
        byte[] decoded = message.coding.decoded(body);
        Form wanted = Forms.wanted(message.name(), message.head.mediaType(), decoded == null ? body : decoded);
        Explanation explanation = removal.explanation(detection, message.name());
        byte[] out = coded(message, room -> Forms.of(wanted, explanation, room).octets());
        if (out != null) {
            removal.replaced("", message.name(), detection, wanted);
        }
        return out;
    }

    private static byte @Nullable [] piece(
            Message message, @Nullable String range, Detection detection, Removal removal) {
        if (message.coding != HttpCoding.IDENTITY) {
            return null;
        }
        ContentRange told = range == null ? null : ContentRange.parse(range);
        if (told != null && !told.isKnown()) {
            return null;
        }
        // where octets of the piece itself have gone already, the rest of it begins so much later
        long offset = (told == null ? 0 : told.start()) + message.about.offset();
        long total = told == null ? message.about.total() : told.size();
        byte[] body = message.body.octets();
        Form wanted = Forms.wanted(message.name(), message.head.mediaType(), new byte[0]);
        Forms.Made made = Pieces.of(wanted, removal.lastingExplanation(), offset, body.length, total);
        removal.replaced("", message.name(), detection, made.form());
        return message.body.with(made.octets());
    }

    /** Parts of a form, of which the infected files are replaced. */
    private byte @Nullable [] form(Message message, String type, Removal removal) throws LimitException {
        if (message.coding != HttpCoding.IDENTITY) {
            return null;
        }
        byte[] mail = parts(type, message.body.octets());
        Inside inside = new Inside(null, "", HTTP, 0);
        byte[] cleaned = mails.clean(mail, inside, MailCleaner.Extent.PARTS, files, removal);
        int head = header(type).length;
        return cleaned == null || cleaned == mail
                ? null
                : message.body.with(Arrays.copyOfRange(cleaned, head, cleaned.length));
    }
}
