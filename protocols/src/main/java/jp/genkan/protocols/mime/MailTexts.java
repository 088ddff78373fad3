package jp.genkan.protocols.mime;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The beginnings of a mail's texts, for those who look for something that a person wrote: a password.
 *
 * <p>Thread rule: one owner.
 */
final class MailTexts {
    /** Octets of all texts that are kept: a page or two of HTML; what follows quotes older mails. */
    static final int OCTETS_MAX = 48 << 10;

    /** Most texts of a mail that are kept: plain, HTML, and what gateways add. */
    static final int TEXTS_MAX = 8;

    private final List<Kept> kept = new ArrayList<>(0);
    private int octets;

    private record Kept(MailPart part, String charset, ByteArrayOutputStream octets) {}

    /** Octets of a part; of one that is no text nothing is kept. */
    void read(MailPart part, byte[] from, int begin, int end) {
        int length = Math.min(end - begin, OCTETS_MAX - octets);
        if (length <= 0 || !part.mediaType().startsWith("text/")) {
            return;
        }
        Kept text = kept.isEmpty() ? null : kept.getLast();
        if (text == null || text.part != part) {
            text = begin(part);
        }
        if (text != null) {
            text.octets.write(from, begin, length);
            octets += length;
        }
    }

    private @Nullable Kept begin(MailPart part) {
        if (kept.size() >= TEXTS_MAX) {
            return null;
        }
        String type = part.fields().first("content-type");
        List<Parameters.Reading> charsets = type == null ? List.of() : new Parameters(type).readings("charset");
        String charset = charsets.isEmpty() ? "" : charsets.getFirst().text();
        Kept begun = new Kept(part, charset, new ByteArrayOutputStream());
        kept.add(begun);
        return begun;
    }

    /** How many octets have come: grows when there is more to read. */
    int size() {
        return octets;
    }

    /** What has come so far; a part of a mail that was fetched without its header is called a text, and may be none. */
    List<String> texts() {
        return kept.stream()
                .filter(text -> !isBinary(text.octets.toByteArray()))
                .map(text -> Charsets.decode(text.octets.toByteArray(), text.charset))
                .toList();
    }

    private static boolean isBinary(byte[] octets) {
        for (byte octet : octets) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }
}
