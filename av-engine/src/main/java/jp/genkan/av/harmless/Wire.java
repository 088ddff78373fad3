package jp.genkan.av.harmless;

import org.jspecify.annotations.Nullable;

/**
 * Octets of one direction of a stream as they are on the wire, and what they are.
 *
 * @param octets an array that holds them; never changed
 * @param from index of the first
 * @param to index behind the last
 * @param kind how a receiver reads them
 * @param about what else is known
 */
@SuppressWarnings("ArrayRecordComponent") // octets are handed over, not compared
public record Wire(byte[] octets, int from, int to, Kind kind, About about) {
    /** How a receiver reads octets. */
    public enum Kind {
        /** A mail behind DATA, dots stuffed; the ending line, or a part of it, may be included. */
        SMTP_DATA,
        /** A mail behind BDAT, as it is. */
        SMTP_BDAT,
        /** The answer to RETR or TOP, dots stuffed; the line {@code +OK} and the ending line may be included. */
        POP3,
        /** The octets of a literal of IMAP: a mail, or the {@link About#section} of one, or a piece of it that begins at {@link About#offset}. */
        IMAP_LITERAL,
        /** An answer of HTTP: its head, if that has not gone already ({@link About#head}), and its body, chunks and content coding included. */
        HTTP_RESPONSE,
        /** A request of HTTP, in the same way. */
        HTTP_REQUEST,
        /** A file itself: FTP's data, SMB. */
        RAW
    }

    /**
     * What else is known of the octets.
     *
     * @param name of the file, decoded; null when it has none (HTTP: the last segment of the path)
     * @param mediaType that was announced for it; null when none was
     * @param head of HTTP that has gone already and cannot be changed any more; empty when it is part of the octets
     * @param section of IMAP's FETCH, what stands between the brackets of BODY; empty for a whole mail
     * @param offset of the first octet in the whole file or section
     * @param total octets of the whole file or section; -1 when that is not known
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record About(
            @Nullable String name, @Nullable String mediaType, byte[] head, String section, long offset, long total) {
        /** Nothing: the octets are all there is. */
        public static final About NOTHING = new About(null, null, new byte[0], "", 0, -1);

        public About {
            if (offset < 0 || total >= 0 && offset > total) {
                throw new IllegalArgumentException("octets begin inside the whole");
            }
        }

        /** The same with a name. */
        public About named(@Nullable String fileName) {
            return new About(fileName, mediaType, head, section, offset, total);
        }

        /** The same with a head that has gone already. */
        public About behind(byte[] sentHead) {
            return new About(name, mediaType, sentHead, section, offset, total);
        }

        /** The same for a section of a mail. */
        public About section(String fetched) {
            return new About(name, mediaType, head, fetched, offset, total);
        }

        /** The same for a piece of a whole. */
        public About piece(long at, long of) {
            return new About(name, mediaType, head, section, at, of);
        }
    }

    public Wire {
        if (from < 0 || to < from || to > octets.length) {
            throw new IllegalArgumentException("octets " + from + " to " + to + " of " + octets.length);
        }
    }

    /** All octets of an array, of which nothing else is known. */
    public static Wire of(Kind kind, byte[] octets) {
        return new Wire(octets, 0, octets.length, kind, About.NOTHING);
    }

    /** The same octets with what else is known. */
    public Wire with(About known) {
        return new Wire(octets, from, to, kind, known);
    }

    /** How many octets. */
    public int length() {
        return to - from;
    }
}
