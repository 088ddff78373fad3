package jp.genkan.protocols.mime;

import org.jspecify.annotations.Nullable;

/**
 * The body of one part on its way through its decoder: holds each line's end back until it is known that it does not belong to a delimiter, and finds what
 * is embedded.
 *
 * <p>Thread rule: its parser's.
 */
final class LeafBody {
    private static final int LINE_END_MAX = 2;

    private static final byte[] NONE = {};

    private final MailParser parser;
    private final MailPart part;
    private final BodyDecoder.Sink sink;
    private final boolean searched;
    private final byte[] lineEnd = new byte[LINE_END_MAX];
    private int lineEndLength;
    private byte[] run = NONE;
    private int runFrom;
    private int runTo;
    private int runEnd;
    private BodyDecoder decoder;
    private boolean guessing;
    private boolean blankSoFar = true;
    private @Nullable EmbeddedFile embedded;
    private @Nullable MailParser message;
    private @Nullable TnefReader tnef;

    LeafBody(MailParser parser, MailPart part) {
        this.parser = parser;
        this.part = part;
        this.guessing = part.coding() == TransferCoding.GUESSED;
        this.decoder = part.coding().decoder(part.mediaType());
        this.searched = part.coding() == TransferCoding.IDENTITY || guessing;
        this.sink = this::decoded;
        String name = part.name();
        if (part.mediaType().endsWith("ms-tnef") || name != null && name.equalsIgnoreCase("winmail.dat")) {
            tnef = new TnefReader(parser, part);
        }
    }

    /** The body holds a mail, encoded. */
    void holds(MailParser nested) {
        message = nested;
    }

    MailPart part() {
        return part;
    }

    /** True until a line came that is not empty. */
    boolean isBlankSoFar() {
        return blankSoFar;
    }

    /** Octets that are held back as they may belong to a delimiter. */
    int heldBack() {
        return run.length > 0 ? runEnd - runTo : lineEndLength;
    }

    /**
     * A line, or a piece of one.
     *
     * @param contentEnd index behind what is no line end
     * @param end index behind the line end
     * @param start true when the piece begins its line
     */
    void line(byte[] octets, int from, int contentEnd, int end, boolean start) {
        if (guessing && contentEnd > from) {
            guess(octets, from, contentEnd);
        }
        if (start && contentEnd > from) {
            blankSoFar = false;
            if (searched && embedded == null && EmbeddedFile.mayBegin(octets[from])) {
                embedded = EmbeddedFile.begin(parser, part, octets, from, contentEnd);
            }
        }
        EmbeddedFile inside = embedded;
        if (inside != null && inside.line(octets, from, end)) {
            inside.end();
            embedded = null;
        }
        if (run != octets || runEnd != from) {
            flush();
            run = octets;
            runFrom = from;
            if (lineEndLength > 0) {
                decoder.decode(lineEnd, 0, lineEndLength, sink);
                lineEndLength = 0;
            }
        }
        runTo = contentEnd;
        runEnd = end;
    }

    private void guess(byte[] octets, int from, int to) {
        guessing = false;
        TransferCoding found = TransferCoding.guess(octets, from, to);
        part.coding(found);
        decoder = found.decoder(part.mediaType());
    }

    /** Nothing refers to the octets that were given any more. */
    void flush() {
        if (run.length == 0) {
            return;
        }
        if (runTo > runFrom) {
            decoder.decode(run, runFrom, runTo, sink);
        }
        lineEndLength = Math.min(runEnd - runTo, LINE_END_MAX);
        System.arraycopy(run, runTo, lineEnd, 0, lineEndLength);
        run = NONE;
    }

    private void decoded(byte[] octets, int from, int to) {
        parser.listener().partOctets(part, octets, from, to);
        MailParser nested = message;
        if (nested != null) {
            nested.feed(octets, from, to);
        }
        TnefReader reader = tnef;
        if (reader != null) {
            reader.read(octets, from, to);
        }
    }

    void gap(long missing) {
        flush();
        lineEndLength = 0;
        decoder.gap(sink);
        long estimate = part.coding() == TransferCoding.BASE64 ? Math.max(1, missing / 4 * 3) : missing;
        parser.listener().partGap(part, estimate);
        MailParser nested = message;
        if (nested != null) {
            nested.gap(estimate);
        }
        endTnef();
    }

    /**
     * The body is over.
     *
     * @param last true when it ends with the mail, so that its last line end belongs to it
     */
    void end(long position, boolean last, boolean whole) {
        flush();
        if (last && lineEndLength > 0) {
            decoder.decode(lineEnd, 0, lineEndLength, sink);
        }
        decoder.end(sink);
        if (decoder.isBroken()) {
            parser.note(
                    part.coding() == TransferCoding.BASE64
                            ? MailAnomaly.INVALID_BASE64
                            : MailAnomaly.INVALID_QUOTED_PRINTABLE);
        }
        endInside(whole);
        part.end(position, whole);
        parser.listener().partEnds(part);
    }

    /** The part turns out to be a multipart: what was found inside it ends, the part itself stays open. */
    void becomesMultipart() {
        flush();
        endInside(false);
    }

    private void endInside(boolean whole) {
        EmbeddedFile inside = embedded;
        embedded = null;
        if (inside != null) {
            inside.end();
        }
        endTnef();
        MailParser nested = message;
        message = null;
        if (nested != null) {
            nested.end(whole);
        }
    }

    private void endTnef() {
        TnefReader reader = tnef;
        tnef = null;
        if (reader != null) {
            reader.end();
        }
    }
}
