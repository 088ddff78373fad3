package jp.genkan.protocols.mime;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jp.genkan.protocols.conversation.OctetBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one mail from its octets, given in pieces of any size, and tells a listener what it holds. Line ends may be CRLF or LF.
 *
 * <p>Lines go one way: {@link #feed} cuts them, a header line goes into {@link HeaderFields}, a body line is compared with the delimiters of all open
 * multiparts and then goes through the {@link LeafBody} of its part. A line that might be a delimiter that nobody declared is held until the next line
 * shows whether a part's header begins.
 *
 * <p>Thread rule: the worker of the flow that carries the mail.
 */
public final class MailParser {
    /** Most multiparts and mails inside each other: real ones have up to eight, Postfix stops at 100. What is deeper is read as a leaf. */
    public static final int DEPTH_MAX = 32;

    /** Most parts of a mail: digests have hundreds. What follows belongs to the last part. */
    public static final int PARTS_MAX = 1000;

    /** Most octets of a line that are looked at in one piece: eight times what RFC 5322 allows. */
    public static final int LINE_OCTETS_MAX = 8192;

    private static final int LONG_LINE = 998;
    private static final int LONG_ENCODED_LINE = 76;

    private final MailListener listener;
    private final @Nullable MailPart container;
    private final int outerDepth;
    private final List<OpenPart> open = new ArrayList<>();
    private final OctetBuffer buffer = new OctetBuffer(LINE_OCTETS_MAX);
    private final Set<MailAnomaly> noted;
    private HeaderFields header = new HeaderFields();
    private boolean inHeader = true;
    private boolean skipLine;
    private boolean lineOpen;
    private boolean ended;
    private boolean bodyOnly;
    private boolean strayHeader;
    private @Nullable LeafBody body;
    private @Nullable HeldLine held;
    private long position;
    private long lineBegin;
    private long headerBegin;
    private int parts;
    private int embeddedParts;

    /** A parser for one mail. */
    public MailParser(MailListener listener) {
        this(listener, null, 0, EnumSet.noneOf(MailAnomaly.class));
    }

    private MailParser(MailListener listener, @Nullable MailPart container, int outerDepth, Set<MailAnomaly> noted) {
        this.listener = listener;
        this.container = container;
        this.outerDepth = outerDepth;
        this.noted = noted;
    }

    /** A parser for a body whose header is not to be had: one leaf, whose coding its first line decides. */
    public static MailParser ofBody(MailListener listener) {
        MailParser parser = new MailParser(listener);
        parser.bodyOnly = true;
        return parser;
    }

    MailListener listener() {
        return listener;
    }

    /** Octets of the mail that were read so far. */
    public long position() {
        return position;
    }

    void note(MailAnomaly anomaly) {
        if (noted.add(anomaly)) {
            listener.anomaly(anomaly);
        }
    }

    private void beginBodyOnly() {
        if (bodyOnly) {
            bodyOnly = false;
            inHeader = false;
            beginLeaf(MailPart.Kind.LEAF, "1", null, header, TransferCoding.GUESSED, List.of(), 0);
        }
    }

    /** The next octets of the mail. */
    public void feed(byte[] octets, int from, int to) {
        beginBodyOnly();
        int at = from;
        while (at < to) {
            int end = at;
            while (end < to && octets[end] != '\n') {
                end++;
            }
            boolean complete = end < to;
            end = complete ? end + 1 : to;
            if (complete && buffer.isEmpty()) {
                line(octets, at, end);
            } else {
                buffered(octets, at, end, complete);
            }
            at = end;
        }
        flush();
    }

    private void buffered(byte[] octets, int from, int to, boolean complete) {
        int at = from;
        while (at < to) {
            int taken = Math.min(buffer.room(), to - at);
            buffer.append(octets, at, at + taken);
            at += taken;
            if (buffer.room() == 0 || at == to && complete) {
                line(buffer.array(), buffer.begin(), buffer.end());
                flush();
                buffer.clear();
            }
        }
    }

    private void flush() {
        LeafBody leaf = body;
        if (leaf != null) {
            leaf.flush();
        }
    }

    /** A line with its end, or a piece of a long one. */
    private void line(byte[] octets, int from, int end) {
        lineBegin = position;
        position += end - from;
        boolean start = !lineOpen;
        lineOpen = octets[end - 1] != '\n';
        if (skipLine) {
            skipLine = lineOpen;
            return;
        }
        int contentEnd = lineOpen ? end : end - 1;
        if (contentEnd > from && octets[contentEnd - 1] == '\r') {
            contentEnd--;
        }
        if (contentEnd - from > LONG_ENCODED_LINE) {
            noteLength(contentEnd - from);
        }
        dispatch(octets, from, contentEnd, end, start);
    }

    private void noteLength(int length) {
        LeafBody leaf = body;
        if (length > LONG_LINE) {
            note(MailAnomaly.LONG_LINE);
        }
        if (leaf != null
                && (leaf.part().coding() == TransferCoding.BASE64
                        || leaf.part().coding() == TransferCoding.QUOTED_PRINTABLE)) {
            note(MailAnomaly.LONG_ENCODED_LINE);
        }
    }

    private void dispatch(byte[] octets, int from, int contentEnd, int end, boolean start) {
        if (inHeader) {
            headerLine(octets, from, contentEnd, end, start);
        } else {
            bodyLine(octets, from, contentEnd, end, start);
        }
    }

    private void headerLine(byte[] octets, int from, int contentEnd, int end, boolean start) {
        if (!start) {
            header.append(octets, from, contentEnd);
            return;
        }
        int first = from;
        while (first < contentEnd && octets[first] == '\r') {
            first++;
        }
        HeldLine junk = held;
        int colon = HeaderFields.colon(octets, first, contentEnd);
        if (junk != null) {
            held = null;
            note(MailAnomaly.MALFORMED_MESSAGE);
            if (colon < 0) {
                long now = lineBegin;
                lineBegin = junk.begin();
                bodyBegins(lineBegin);
                strayHeader = true;
                dispatch(junk.octets(), 0, junk.contentEnd(), junk.octets().length, true);
                flush();
                lineBegin = now;
                dispatch(octets, from, contentEnd, end, true);
                return;
            }
        }
        if (isDelimiter(octets, first, contentEnd) && delimiter(octets, first, contentEnd)) {
            return;
        }
        boolean white = first < contentEnd && (octets[first] == ' ' || octets[first] == '\t');
        if (first == contentEnd || white && header.isEmpty() && isWhite(octets, first, contentEnd)) {
            bodyBegins(position);
        } else if (white && !header.isEmpty()) {
            header.fold(octets, first, contentEnd);
        } else if (white) {
            hold(octets, from, contentEnd, end, HeldLine.IN_HEADER);
        } else if (colon > first) {
            header.begin(octets, first, colon, contentEnd);
        } else if (colon < 0 && !isEnvelope(octets, first, contentEnd)) {
            hold(octets, from, contentEnd, end, HeldLine.IN_HEADER);
        }
    }

    private static boolean isWhite(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] > ' ' || octets[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** The line that mailbox files put before a mail. */
    private boolean isEnvelope(byte[] octets, int from, int to) {
        int first = from < to && octets[from] == '>' ? from + 1 : from;
        return header.isEmpty()
                && to - first > 5
                && octets[first] == 'F'
                && octets[first + 1] == 'r'
                && octets[first + 2] == 'o'
                && octets[first + 3] == 'm'
                && octets[first + 4] == ' ';
    }

    private void hold(byte[] octets, int from, int contentEnd, int end, int index) {
        held = new HeldLine(octets, from, contentEnd, end, lineBegin, index);
    }

    private static boolean isDelimiter(byte[] octets, int from, int to) {
        return to - from > 2 && octets[from] == '-' && octets[from + 1] == '-';
    }

    private void bodyLine(byte[] octets, int from, int contentEnd, int end, boolean start) {
        int first = from;
        while (start && first < contentEnd && octets[first] == '\r') {
            first++;
        }
        HeldLine before = held;
        if (before != null) {
            held = null;
            if (start
                    && HeaderFields.isContent(octets, first, contentEnd)
                    && HeaderFields.colon(octets, first, contentEnd) > 0) {
                adopt(before);
                dispatch(octets, from, contentEnd, end, true);
                return;
            }
            ordinary(before);
        }
        if (start && isDelimiter(octets, first, contentEnd)) {
            if (delimiter(octets, first, contentEnd)) {
                return;
            }
            int index = weakDelimiter(octets, first, contentEnd);
            if (index >= 0) {
                hold(octets, from, contentEnd, end, index);
                return;
            }
        }
        bodyOctets(octets, from, contentEnd, end, start);
    }

    /** A held line is none of a delimiter. */
    private void ordinary(HeldLine line) {
        long now = lineBegin;
        lineBegin = line.begin();
        bodyOctets(line.octets(), 0, line.contentEnd(), line.octets().length, true);
        flush();
        lineBegin = now;
    }

    private void bodyOctets(byte[] octets, int from, int contentEnd, int end, boolean start) {
        LeafBody leaf = body;
        if (leaf == null) {
            if (open.isEmpty() || isWhite(octets, from, contentEnd)) {
                return;
            }
            OpenPart around = open.getLast();
            MailPart.Kind kind = around.closed ? MailPart.Kind.EPILOGUE : MailPart.Kind.PREAMBLE;
            String path = around.part.path() + (around.closed ? ".epilogue" : ".preamble");
            leaf = beginLeaf(
                    kind,
                    path,
                    around.part,
                    new HeaderFields(),
                    TransferCoding.of(around.part.fields()),
                    around.part.names(),
                    lineBegin);
        }
        leaf.line(octets, from, contentEnd, end, start);
    }

    /** Ends and begins parts when a line is a delimiter of an open multipart; false when it is none. */
    private boolean delimiter(byte[] octets, int from, int to) {
        for (int i = open.size() - 1; i >= 0; i--) {
            OpenPart around = open.get(i);
            Boundaries boundaries = around.boundaries;
            Boundaries.Match match = boundaries == null ? Boundaries.Match.NONE : boundaries.match(octets, from, to);
            if (match == Boundaries.Match.OPEN && parts < PARTS_MAX) {
                partOver(i, lineBegin);
                around.closed = false;
                nextPart(around, position);
                return true;
            }
            if (match == Boundaries.Match.CLOSE && !around.closed) {
                partOver(i, lineBegin);
                around.closed = true;
                around.seen = true;
                return true;
            }
        }
        return false;
    }

    /** The open part in which a part may begin here although no declared delimiter says so, -1 for none. */
    private int weakDelimiter(byte[] octets, int from, int to) {
        if (parts >= PARTS_MAX) {
            return -1;
        }
        for (int i = open.size() - 1; i >= 0; i--) {
            Boundaries boundaries = open.get(i).boundaries;
            if (boundaries != null && boundaries.match(octets, from, to) == Boundaries.Match.WEAK) {
                return i;
            }
        }
        int last = open.size() - 1;
        if (last >= 0 && open.get(last).boundaries != null && !open.get(last).seen) {
            return last;
        }
        LeafBody leaf = body;
        boolean mayBegin = leaf != null
                && (leaf.isBlankSoFar() || strayHeader)
                && leaf.part().kind() == MailPart.Kind.LEAF
                && leaf.part().mediaType().startsWith("text/");
        return mayBegin && depth() < DEPTH_MAX ? open.size() : -1;
    }

    /** Takes a held line for a delimiter. */
    private void adopt(HeldLine line) {
        note(MailAnomaly.MALFORMED_MESSAGE);
        if (line.index() == open.size()) {
            LeafBody leaf = body;
            if (leaf == null) {
                return;
            }
            leaf.becomesMultipart();
            open.add(new OpenPart(leaf.part(), new Boundaries()));
            body = null;
        }
        partOver(line.index(), line.begin());
        OpenPart around = open.get(line.index());
        if (around.boundaries != null) {
            around.boundaries.add(line.boundary());
        }
        nextPart(around, line.begin() + line.octets().length);
    }

    private void nextPart(OpenPart around, long at) {
        around.seen = true;
        around.children++;
        strayHeader = false;
        header = new HeaderFields();
        headerBegin = at;
        inHeader = true;
    }

    /** What is open inside an open part ends at a position. */
    private void partOver(int index, long at) {
        if (inHeader) {
            bodyBegins(at);
        }
        LeafBody leaf = body;
        body = null;
        long end = at;
        if (leaf != null) {
            end -= leaf.heldBack();
            leaf.end(end, false, true);
        }
        while (open.size() > index + 1) {
            MailPart part = open.removeLast().part;
            part.end(end, true);
            listener.partEnds(part);
        }
        inHeader = false;
    }

    private int depth() {
        return open.size() + outerDepth;
    }

    /** The header at hand is complete: its part begins. */
    private void bodyBegins(long at) {
        header.finish();
        inHeader = false;
        noteHeader();
        OpenPart around = open.isEmpty() ? null : open.getLast();
        MailPart outer = around == null ? container : around.part;
        boolean first = around == null || around.boundaries == null;
        String path = outer == null ? "1" : outer.path() + "." + (around == null || first ? 1 : around.children);
        MailPart.Kind kind = kind(around);
        TransferCoding coding = TransferCoding.of(header);
        List<String> names = PartNames.of(header);
        if (kind != MailPart.Kind.LEAF && depth() >= DEPTH_MAX) {
            note(MailAnomaly.PARSE_FAILED);
            kind = MailPart.Kind.LEAF;
        }
        boolean encoded = coding != TransferCoding.IDENTITY;
        if (kind == MailPart.Kind.LEAF || kind == MailPart.Kind.MESSAGE && encoded) {
            LeafBody leaf = beginLeaf(kind, path, outer, header, coding, names, at);
            if (kind == MailPart.Kind.MESSAGE) {
                leaf.holds(new MailParser(listener, leaf.part(), depth() + 1, noted));
            }
            return;
        }
        MailPart part = new MailPart(kind, path, outer, header, coding, names, container != null, headerBegin, at);
        countPart();
        Boundaries boundaries = kind == MailPart.Kind.MULTIPART ? Boundaries.of(header) : null;
        if (boundaries != null && boundaries.hasLong()) {
            note(MailAnomaly.LONG_BOUNDARY);
        }
        open.add(new OpenPart(part, boundaries));
        listener.partBegins(part);
        if (kind == MailPart.Kind.MESSAGE) {
            header = new HeaderFields();
            headerBegin = at;
            inHeader = true;
        }
    }

    private void noteHeader() {
        if (header.isOverlong()) {
            note(MailAnomaly.LONG_HEADER_VALUE);
        }
        if (header.hasOverlongName()) {
            note(MailAnomaly.LONG_HEADER_NAME);
        }
    }

    private MailPart.Kind kind(@Nullable OpenPart around) {
        List<String> types = header.all("content-type");
        for (String type : types) {
            if (new Parameters(type).value().contains("multipart")) {
                return MailPart.Kind.MULTIPART;
            }
        }
        for (String type : types) {
            String value = new Parameters(type).value();
            if (value.equals("message/rfc822") || value.equals("message/global") || value.equals("message/news")) {
                return MailPart.Kind.MESSAGE;
            }
        }
        boolean digest = around != null && around.part.mediaType().equals("multipart/digest");
        return digest && types.isEmpty() ? MailPart.Kind.MESSAGE : MailPart.Kind.LEAF;
    }

    private LeafBody beginLeaf(
            MailPart.Kind kind,
            String path,
            @Nullable MailPart outer,
            HeaderFields fields,
            TransferCoding coding,
            List<String> names,
            long at) {
        long begin = fields == header ? headerBegin : at;
        MailPart part = new MailPart(kind, path, outer, fields, coding, names, container != null, begin, at);
        countPart();
        listener.partBegins(part);
        LeafBody leaf = new LeafBody(this, part);
        body = leaf;
        return leaf;
    }

    private void countPart() {
        if (++parts == PARTS_MAX) {
            note(MailAnomaly.PARSE_FAILED);
        }
    }

    /** True when a further file may be taken out of a part. */
    boolean mayHoldMore() {
        return parts < PARTS_MAX;
    }

    /** A file inside a leaf. */
    MailPart embedded(MailPart outer, String name, TransferCoding coding) {
        countPart();
        long at = coding == TransferCoding.TNEF
                ? outer.bodyBegin()
                : lineBegin; // inside a coding there is no better place
        embeddedParts++;
        String path = outer.path() + ".embedded" + embeddedParts;
        List<String> names = EmbeddedFile.names(name);
        return new MailPart(MailPart.Kind.EMBEDDED, path, outer, new HeaderFields(), coding, names, true, at, at);
    }

    /** Octets of the mail are missing here. */
    public void gap(long missing) {
        beginBodyOnly();
        if (!buffer.isEmpty()) {
            line(buffer.array(), buffer.begin(), buffer.end());
            buffer.clear();
        }
        releaseHeld();
        LeafBody leaf = body;
        if (leaf != null) {
            leaf.gap(missing);
        }
        position += missing;
        lineOpen = true;
        skipLine = inHeader;
    }

    private void releaseHeld() {
        HeldLine line = held;
        held = null;
        if (line != null) {
            if (inHeader) {
                bodyBegins(line.begin());
            }
            if (inHeader) {
                bodyBegins(line.begin()); // a mail began whose header is empty
            }
            ordinary(line);
        }
        flush();
    }

    /**
     * The mail is over.
     *
     * @param whole false when its end was not seen
     */
    public void end(boolean whole) {
        if (ended) {
            return;
        }
        ended = true;
        beginBodyOnly();
        if (!buffer.isEmpty()) {
            line(buffer.array(), buffer.begin(), buffer.end());
        }
        releaseHeld();
        if (inHeader) {
            bodyBegins(position);
        }
        LeafBody leaf = body;
        body = null;
        if (leaf != null) {
            leaf.end(position, true, whole);
        }
        while (!open.isEmpty()) {
            OpenPart last = open.removeLast();
            last.part.end(position, whole);
            listener.partEnds(last.part);
        }
    }
}
