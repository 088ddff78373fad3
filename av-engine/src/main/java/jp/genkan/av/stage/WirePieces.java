package jp.genkan.av.stage;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import jp.genkan.av.harmless.Wire;
import jp.genkan.av.harmless.Wire.About;
import jp.genkan.av.harmless.Wire.Kind;
import jp.genkan.av.harmless.http.HttpAnswers;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.http.HttpTransaction;
import jp.genkan.protocols.http.head.HeaderFields;
import org.jspecify.annotations.Nullable;

/**
 * Finds what can be made harmless among the octets of a stream: the mails of SMTP, POP3 and IMAP, an answer of HTTP, a file.
 *
 * <p>Thread rule: no state, any thread.
 */
final class WirePieces {
    /** Literals of one hold that are looked into: a client fetches a mail in a few pieces at a time. */
    static final int LITERALS_MAX = 1_000;

    /** Answers of one hold that are looked into: more than a client has mails at a time. */
    static final int ANSWERS_MAX = 10_000;

    private static final byte[] END_OF_MAIL = {'\r', '\n', '.', '\r', '\n'};
    private static final int LINE_MAX = 16_384;

    private static final Pattern CHUNK_SIZE = Pattern.compile("[0-9A-Fa-f]{1,8}[ \\t]*(;.*)?\\r?\\n");

    private WirePieces() {}

    /** The pieces of a transfer, in order; nothing for what is not understood. */
    static List<Piece> of(HeldTransfer transfer, byte[] octets) {
        TransferredFile file = transfer.file;
        return switch (transfer.kind) {
            case MAIL -> mail(transfer, octets);
            case ANSWER ->
                file == null
                        ? List.of()
                        : pieces(transfer.messages > 1 ? pipelined(file, octets) : answer(file, octets));
            case FILE -> pieces(List.of(Wire.of(Kind.RAW, octets).with(aboutFile(file))));
        };
    }

    private static List<Piece> mail(HeldTransfer transfer, byte[] octets) {
        return switch (transfer.protocol()) {
            case SMTP -> SmtpPieces.of(octets);
            case POP3 -> pieces(answers(octets));
            default -> pieces(literals(octets));
        };
    }

    private static List<Piece> pieces(List<Wire> wires) {
        return wires.stream().map(Piece::of).toList();
    }

    static boolean endsWithDot(byte[] octets) {
        int from = octets.length - END_OF_MAIL.length;
        return from >= 0 && Arrays.equals(octets, from, octets.length, END_OF_MAIL, 0, END_OF_MAIL.length);
    }

    /**
     * The answers of POP3 that have more than one line (RFC 1939 §3), as a client has pipelined its commands (RFC 2449 §6.6): the rest of the first one, then those whose first
     * line says that all is well and is followed by something else than the next answer.
     */
    private static List<Wire> answers(byte[] octets) {
        List<Wire> found = new ArrayList<>();
        int end = endOfMail(octets, 0);
        found.add(new Wire(octets, 0, end, Kind.POP3, About.NOTHING));
        while (end < octets.length && found.size() < ANSWERS_MAX) {
            int line = endOfLine(octets, end);
            if (line < 0) {
                break;
            }
            boolean more = startsWith(octets, end, "+OK") && line < octets.length && !isAnswer(octets, line);
            int next = more ? endOfMail(octets, line - 2) : line;
            if (more) {
                found.add(new Wire(octets, end, next, Kind.POP3, About.NOTHING));
            }
            end = next;
        }
        return found;
    }

    private static boolean isAnswer(byte[] octets, int at) {
        return startsWith(octets, at, "+OK") || startsWith(octets, at, "-ERR");
    }

    /** Behind the line with a dot alone, or the end where none is. */
    static int endOfMail(byte[] octets, int from) {
        for (int i = Math.max(0, from); i + END_OF_MAIL.length <= octets.length; i++) {
            if (octets[i] == '\r'
                    && Arrays.equals(octets, i, i + END_OF_MAIL.length, END_OF_MAIL, 0, END_OF_MAIL.length)) {
                return i + END_OF_MAIL.length;
            }
        }
        return octets.length;
    }

    /** The literals of answers to FETCH, or of APPEND. */
    private static List<Wire> literals(byte[] octets) {
        List<Wire> found = new ArrayList<>();
        int at = 0;
        while (at < octets.length && found.size() < LITERALS_MAX) {
            int line = endOfLine(octets, at);
            if (line < 0) {
                break;
            }
            String text = line(octets, at, line).strip();
            int open = text.lastIndexOf('{');
            long size = open < 0 || !text.endsWith("}") ? -1 : number(text, open + 1);
            at = line;
            if (size > 0) {
                int end = (int) Math.min(octets.length, at + size);
                found.add(new Wire(octets, at, end, Kind.IMAP_LITERAL, section(text.substring(0, open))));
                at = end;
            }
        }
        return found;
    }

    /** A line, or as much of it as a line may have. */
    static String line(byte[] octets, int from, int to) {
        return new String(octets, from, Math.min(to - from, LINE_MAX), StandardCharsets.ISO_8859_1);
    }

    /** What stands before the literal: {@code BODY[2]<4096>}. */
    private static About section(String before) {
        int open = before.lastIndexOf('[');
        int close = before.indexOf(']', Math.max(open, 0));
        if (open < 0 || close < 0) {
            return About.NOTHING;
        }
        About about = About.NOTHING.section(before.substring(open + 1, close));
        int offset = before.indexOf('<', close);
        long from = offset < 0 ? 0 : Math.max(0, number(before, offset + 1));
        return from > 0 ? about.piece(from, -1) : about;
    }

    static long number(String text, int from) {
        long value = -1;
        for (int i = from; i < text.length() && Character.isDigit(text.charAt(i)) && value < Integer.MAX_VALUE; i++) {
            value = Math.max(value, 0) * 10 + text.charAt(i) - '0';
        }
        return value;
    }

    // ---- HTTP and files

    /** Answers one after the other; nothing where the place of one cannot be said. */
    private static List<Wire> pipelined(TransferredFile first, byte[] octets) {
        List<Wire> found = new ArrayList<>();
        About about = aboutFile(first);
        for (int at = 0; at < octets.length; ) {
            int end = startsWith(octets, at, "HTTP/") && found.size() < ANSWERS_MAX ? HttpAnswers.end(octets, at) : -1;
            if (end < 0) {
                return List.of();
            }
            found.add(new Wire(octets, at, end, Kind.HTTP_RESPONSE, about));
            about = About.NOTHING;
            at = end;
        }
        return found;
    }

    private static List<Wire> answer(TransferredFile file, byte[] octets) {
        About about = aboutFile(file);
        if (startsWith(octets, 0, "HTTP/")) {
            return List.of(Wire.of(Kind.HTTP_RESPONSE, octets).with(about));
        }
        if (!(file.transaction() instanceof HttpTransaction http)) {
            return List.of();
        }
        HeaderFields fields = http.fields(file.direction());
        int body = bodyBegin(fields, octets);
        Wire piece =
                body < 0 ? null : new Wire(octets, body, octets.length, Kind.HTTP_RESPONSE, about.behind(head(fields)));
        return piece == null ? List.of() : List.of(piece);
    }

    /**
     * Where the body begins, when the head, or the first part of it, has gone on already: what is put at a wrong place would be no file any more, and the virus would be left.
     *
     * @return -1 when that cannot be said
     */
    static int bodyBegin(HeaderFields fields, byte[] octets) {
        int blank = behindBlankLine(octets);
        String coding = fields.joinedText("transfer-encoding");
        if (coding != null && !coding.isBlank()) {
            int line = endOfLine(octets, 0);
            String first = new String(octets, 0, Math.clamp(line, 0, LINE_MAX), StandardCharsets.ISO_8859_1);
            return CHUNK_SIZE.matcher(first).matches() ? 0 : blank;
        }
        String length = fields.first("content-length");
        if (length != null) {
            long begin = octets.length - number(length.strip(), 0);
            boolean fits = begin == 0 || begin > 0 && begin <= octets.length && isBehindBlankLine(octets, (int) begin);
            return fits ? (int) begin : -1;
        }
        int last = fields.count() - 1;
        String value = last < 0 ? "" : fields.value(last).strip();
        boolean isOfHead = blank > 0
                && new String(octets, 0, blank, StandardCharsets.ISO_8859_1)
                        .stripTrailing()
                        .endsWith(value);
        return isOfHead ? blank : 0;
    }

    /** Behind the first line that is empty; -1 when none is. */
    private static int behindBlankLine(byte[] octets) {
        for (int at = 1; at <= Math.min(octets.length, LINE_MAX); at++) {
            if (isBehindBlankLine(octets, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isBehindBlankLine(byte[] octets, int at) {
        if (octets[at - 1] != '\n') {
            return false;
        }
        int before = at > 1 && octets[at - 2] == '\r' ? at - 3 : at - 2;
        return before < 0 || octets[before] == '\n';
    }

    /** A head that has gone on already, as far as it says how the body is to be read. */
    private static byte[] head(HeaderFields fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (int i = 0; i < fields.count(); i++) {
            head.append(fields.name(i)).append(": ").append(fields.value(i)).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static About aboutFile(@Nullable TransferredFile file) {
        if (file == null) {
            return About.NOTHING;
        }
        About about = new About(file.name(), file.declaredType(), new byte[0], "", 0, -1);
        return file.isRange() && file.wholeSize() >= file.rangeStart()
                ? about.piece(file.rangeStart(), file.wholeSize())
                : about;
    }

    static boolean startsWith(byte[] octets, int at, String word) {
        if (octets.length - at < word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if (Character.toUpperCase((char) (octets[at + i] & 0xff)) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Behind the line feed that ends the line; -1 when none does. */
    static int endOfLine(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }
}
