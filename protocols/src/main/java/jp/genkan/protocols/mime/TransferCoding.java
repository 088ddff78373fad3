package jp.genkan.protocols.mime;

import java.util.Locale;

/** How a part's body is encoded (RFC 2045 §6, and what came before and after it). */
public enum TransferCoding {
    /** 7bit, 8bit, binary, or a word that nobody knows: the octets are the content. */
    IDENTITY,
    BASE64,
    QUOTED_PRINTABLE,
    UUENCODE,
    YENC,
    /** BinHex 4.0 (RFC 1741): only the data fork is decoded. */
    BINHEX,
    /** An attachment inside a TNEF stream, which itself is encoded in its container's coding. */
    TNEF,
    /** The header is ambiguous or not to be had: the body's first line decides. */
    GUESSED;

    /**
     * The coding that mail programs would take for a field, or for several. A word that says nothing is passed over; two that say different things leave
     * it to the content.
     */
    static TransferCoding of(HeaderFields fields) {
        TransferCoding found = IDENTITY;
        for (String value : fields.all("content-transfer-encoding")) {
            TransferCoding named = named(value);
            if (named != IDENTITY && found != IDENTITY && named != found) {
                return GUESSED;
            }
            found = named == IDENTITY ? found : named;
        }
        return found;
    }

    private static TransferCoding named(String value) {
        String word = value.replace("\\", "").toLowerCase(Locale.ROOT);
        boolean base64 = word.contains("64");
        boolean quoted = word.contains("quoted");
        if (base64 && quoted) {
            return GUESSED;
        }
        if (base64) {
            return BASE64;
        }
        if (quoted) {
            return QUOTED_PRINTABLE;
        }
        if (word.contains("uue") || word.contains("uuencode")) {
            return UUENCODE;
        }
        if (word.contains("yenc")) {
            return YENC;
        }
        return word.contains("binhex") ? BINHEX : IDENTITY;
    }

    /** What a line looks like: the whole of it, without its end. */
    static TransferCoding guess(byte[] octets, int from, int to) {
        int end = to;
        while (end > from && octets[end - 1] <= ' ') {
            end--;
        }
        if (end > from && octets[end - 1] == '=' && (end - from) % 4 != 0) {
            return QUOTED_PRINTABLE;
        }
        boolean base64 = end - from >= 4;
        for (int i = from; i < end; i++) {
            if (octets[i] == '=' && i + 2 < end && isHex(octets[i + 1]) && isHex(octets[i + 2])) {
                return QUOTED_PRINTABLE;
            }
            base64 &= Base64Decoder.value(octets[i]) >= 0 || octets[i] == '=' && i >= end - 2;
        }
        return base64 && (end - from) % 4 == 0 ? BASE64 : IDENTITY;
    }

    private static boolean isHex(byte octet) {
        return Character.digit(octet, 16) >= 0;
    }

    /** A fresh decoder for a body of a media type. */
    BodyDecoder decoder(String mediaType) {
        return switch (this) {
            case BASE64 -> new Base64Decoder();
            case QUOTED_PRINTABLE ->
                new QuotedPrintableDecoder(
                        mediaType.startsWith("text/")
                                ? QuotedPrintableDecoder.LineEnds.KEPT
                                : QuotedPrintableDecoder.LineEnds.LINE_FEED);
            case UUENCODE -> new UuDecoder();
            case YENC -> new YencDecoder();
            case BINHEX -> new BinHexDecoder();
            case IDENTITY, TNEF, GUESSED -> new IdentityDecoder();
        };
    }
}
