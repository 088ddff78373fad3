package jp.genkan.protocols.http;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.http.body.BodyFraming;
import jp.genkan.protocols.http.body.ChunkedFraming;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HttpEvents;
import jp.genkan.protocols.http.head.HttpText;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of one direction: first line, fields, body, trailers, and again. The two directions differ in what they make of them.
 *
 * <p>Thread rule: the worker of its flow.
 */
abstract class MessageReader {
    /** Where the reader is in a message. */
    enum At {
        LINE,
        /** Behind a request line that names no protocol: HTTP/0.9, unless fields follow. */
        UNDECIDED,
        FIELDS,
        BODY,
        TRAILERS,
        /** The place in the stream was lost: passes over octets until a first line comes. */
        SEEKING,
        /** Passes over everything: a tunnel that is not yet granted, or the end. */
        PASSING
    }

    /** Octets of trailers that are kept; none of more than some hundred were seen. The rest is passed over. */
    static final int TRAILERS_MAX = 16_384;

    /** Longest field that is not odd: libhtp's limit, beyond which Suricata reads no further. */
    static final int FIELD_MAX = 18_000;

    /** Longest line that is looked at while seeking; servers refuse request lines beyond 8 KiB. */
    static final int SOUGHT_LINE_MAX = 8_192;

    final HttpParser flow;
    final Direction direction;
    final HeadBuffer head = new HeadBuffer();
    At at = At.LINE;

    @Nullable
    HttpTransaction transaction;

    private @Nullable ProtocolFrame frame;
    private boolean frameEnds;
    /** Places in the stream, where frames are asked for: of the octet at hand, and of the first of the head. */
    private long place;

    private long headPlace;
    private @Nullable BodyFraming framing;
    private boolean skipsLine;
    private boolean tooLong;

    MessageReader(HttpParser flow, Direction direction) {
        this.flow = flow;
        this.direction = direction;
    }

    /** The head holds the beginning of a first line: false when it can be none. */
    abstract boolean couldBeLine();

    /** {@link #couldBeLine} said no. */
    abstract void onNoLine(Conversation conversation);

    /** The head holds a first line. */
    abstract void onLine(Conversation conversation);

    /** The head holds a line; true when it is a first line beyond doubt. */
    abstract boolean isSoughtLine();

    /** The fields are there. Calls {@link #begin}, {@link #finish}, or sets where to go on. */
    abstract void onFields(HttpTransaction current, HeaderFields fields, Conversation conversation);

    /** Octets that stand where a first line should. */
    void onPassedOver(byte[] octets, int from, int to, Conversation conversation) {}

    /** The place in the stream was lost. */
    void onLost(Conversation conversation) {}

    final int read(byte[] octets, int from, int to, Conversation conversation) {
        int i = from;
        Frames frames = conversation.frames();
        place = frames == null ? 0 : frames.origin();
        while (i < to && !flow.isHandedOver()) {
            int before = i;
            i = switch (at) {
                case LINE -> readLine(octets, i, to, conversation);
                case UNDECIDED -> readUndecided(octets, i, conversation);
                case FIELDS -> readFields(octets, i, to, conversation);
                case BODY -> readBody(octets, i, to, conversation);
                case TRAILERS -> readTrailers(octets, i, to, conversation);
                case SEEKING -> seek(octets, i, to, conversation);
                case PASSING -> to;
            };
            place += i - before;
            if (frameEnds) {
                endFrame(conversation);
            }
        }
        return i;
    }

    /** A first line was read: the message is a frame from its first octet to its last. */
    final void beginFrame(HttpTransaction in, Conversation conversation) {
        Frames frames = conversation.frames();
        if (frames != null) {
            if (frame != null) {
                frames.end(frame, headPlace); // an interim response, or one whose end was not seen
            }
            String type = direction.isToServer() ? "request" : "response";
            frame = frames.tell(direction, type, headPlace, ProtocolFrame.UNKNOWN, in);
        }
    }

    private void endFrame(Conversation conversation) {
        Frames frames = conversation.frames();
        if (frame != null && frames != null) {
            frames.end(frame, place);
        }
        frame = null;
        frameEnds = false;
    }

    private int readLine(byte[] octets, int from, int to, Conversation conversation) {
        int i = from;
        if (head.isEmpty()) {
            while (i < to && (octets[i] == '\r' || octets[i] == '\n')) {
                i++;
            }
            if (i == to) {
                return to;
            }
            headPlace = place + i - from;
        }
        i = head.take(octets, i, to);
        if (!couldBeLine()) {
            onNoLine(conversation);
        } else if (head.hasLine() && hasWholeLine()) {
            onLine(conversation);
        } else {
            checkLength(conversation);
        }
        return i;
    }

    /** A line has come to its end: false when the first line may yet follow it. */
    boolean hasWholeLine() {
        return true;
    }

    /** An empty line ends a request without protocol; anything else begins its fields. */
    private int readUndecided(byte[] octets, int i, Conversation conversation) {
        if (octets[i] == '\r') {
            return i + 1;
        }
        if (octets[i] == '\n') {
            finish(conversation);
            return i + 1;
        }
        conversation.anomaly(transaction, direction, HttpEvents.REQUEST_LINE_MISSING_PROTOCOL);
        at = At.FIELDS;
        return i;
    }

    private int readFields(byte[] octets, int from, int to, Conversation conversation) {
        int i = head.take(octets, from, to);
        if (head.lineLength() > FIELD_MAX && !tooLong) {
            tooLong = true;
            conversation.anomaly(transaction, direction, HttpEvents.tooLong(direction));
        }
        if (head.hasEmptyLine() || endsBlank(octets, i, to)) {
            byte[] lines = head.copy();
            head.clear();
            HeaderFields fields = HeaderFields.parse(lines, 0, lines.length);
            HttpTransaction current = current();
            tellOddities(fields, current, conversation);
            onFields(current, fields, conversation);
        } else {
            checkLength(conversation);
        }
        return i;
    }

    /** A line of one space ends the head of a response for some receivers. Where a field follows it is part of the field before, as for the others. */
    private boolean endsBlank(byte[] octets, int from, int to) {
        if (direction == Direction.TO_SERVER || !head.hasBlankLine()) {
            return false;
        }
        int at = from;
        while (at < to && isToken(octets[at])) {
            at++;
        }
        boolean named = at > from && (at == to || octets[at] == ':' || HttpText.isBlank(octets[at]));
        boolean blank =
                at == from && at < to && (octets[at] == '\r' || octets[at] == '\n' || HttpText.isBlank(octets[at]));
        return from < to && !named && !blank;
    }

    private static boolean isToken(byte octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || octet == '-'
                || octet == '_'
                || octet == '.';
    }

    final HttpTransaction current() {
        HttpTransaction current = transaction;
        if (current == null) {
            throw new IllegalStateException("no transaction at " + at);
        }
        return current;
    }

    private void tellOddities(HeaderFields fields, HttpTransaction current, Conversation conversation) {
        if (fields.missesColon()) {
            conversation.anomaly(current, direction, HttpEvents.missingColon(direction));
        }
        if (fields.foldsFirst()) {
            conversation.anomaly(current, direction, HttpEvents.invalidFolding(direction));
        }
        if (fields.hasInvalidName()) {
            conversation.anomaly(current, direction, HttpEvents.invalidHeader(direction));
        }
        if (fields.isTooMany()) {
            conversation.anomaly(current, direction, HttpEvents.tooManyHeaders(direction));
        }
        if (fields.repeatsTooOften()) {
            conversation.anomaly(current, direction, HttpEvents.repetition(direction));
        }
    }

    private void checkLength(Conversation conversation) {
        if (head.length() > HttpParser.HEAD_MAX) {
            conversation.anomaly(transaction, direction, HttpEvents.tooLong(direction));
            head.clear();
            flow.giveUp(conversation);
        }
    }

    /** A body follows. */
    final void begin(BodyFraming body) {
        framing = body;
        at = At.BODY;
    }

    private int readBody(byte[] octets, int from, int to, Conversation conversation) {
        BodyFraming body = body();
        HttpTransaction current = current();
        int until = body.read(octets, from, to, conversation);
        current.growLength(direction, until - from);
        conversation.advance(current, direction, Progress.BODY);
        if (body.isComplete()) {
            endBody(FileState.CLOSED, conversation);
            if (body instanceof ChunkedFraming chunked && chunked.hasTrailers()) {
                at = At.TRAILERS;
            } else {
                finish(conversation);
            }
        }
        return until;
    }

    private BodyFraming body() {
        BodyFraming body = framing;
        if (body == null) {
            throw new IllegalStateException("no body at " + at);
        }
        return body;
    }

    private void endBody(FileState state, Conversation conversation) {
        if (framing != null) {
            framing.end(state, conversation);
            framing = null;
        }
    }

    private int readTrailers(byte[] octets, int from, int to, Conversation conversation) {
        int i = head.take(octets, from, to);
        if (head.hasEmptyLine()) {
            if (head.length() > 2) {
                byte[] lines = head.copy();
                current().trailers(direction, HeaderFields.parse(lines, 0, lines.length));
            }
            finish(conversation);
        } else if (head.length() > TRAILERS_MAX) {
            boolean inLine = !head.hasLine();
            head.clear();
            if (inLine) {
                head.take(new byte[] {'.'}, 0, 1);
            }
        }
        return i;
    }

    /** The message is over. */
    final void finish(Conversation conversation) {
        HttpTransaction done = current();
        frameEnds = frame != null;
        head.clear();
        transaction = null;
        at = At.LINE;
        conversation.advance(done, direction, Progress.COMPLETE);
        flow.finished(done, direction, conversation);
    }

    final void seek() {
        skipsLine = !head.isEmpty() && !head.hasLine();
        head.clear();
        at = At.SEEKING;
    }

    private int seek(byte[] octets, int from, int to, Conversation conversation) {
        if (skipsLine) {
            int feed = HttpText.indexOf(octets, from, to, '\n');
            skipsLine = feed < 0;
            int behind = feed < 0 ? to : feed + 1;
            onPassedOver(octets, from, behind, conversation);
            return behind;
        }
        if (head.isEmpty()) {
            headPlace = place;
        }
        int i = head.take(octets, from, to);
        if (head.hasLine() && isSoughtLine()) {
            at = At.LINE;
            onLine(conversation);
        } else if (head.hasLine() || head.length() > SOUGHT_LINE_MAX || !couldBeLine()) {
            skipsLine = !head.hasLine();
            onPassedOver(head.array(), 0, head.length(), conversation);
            head.clear();
        }
        return i;
    }

    final void onGap(long missing, Conversation conversation) {
        place += missing;
        gap(missing, conversation);
        if (frameEnds) {
            endFrame(conversation);
        }
    }

    private void gap(long missing, Conversation conversation) {
        if (at == At.PASSING) {
            return;
        }
        if (at == At.BODY) {
            long behind = body().gap(missing, conversation);
            if (behind == 0) {
                current().growLength(direction, missing);
                if (body().isComplete()) {
                    endBody(FileState.CLOSED, conversation);
                    finish(conversation);
                }
                return;
            }
            endBody(behind > 0 ? FileState.CLOSED : FileState.TRUNCATED, conversation);
        }
        conversation.anomaly(transaction, direction, HttpEvents.GAP_IN_HEAD);
        if (transaction != null) {
            finish(conversation);
        }
        onLost(conversation);
        flow.lost(direction, conversation);
        head.clear();
        seek();
    }

    /** The sender has ended this direction. */
    final void end(Conversation conversation) {
        onEnd(conversation);
        endFrame(conversation);
    }

    /** The sender has ended this direction: what is open is as whole as it will be. */
    void onEnd(Conversation conversation) {
        if (at == At.UNDECIDED) {
            finish(conversation);
        } else if (at == At.BODY) {
            endBody(body().endsWithConnection() ? FileState.CLOSED : FileState.TRUNCATED, conversation);
            finish(conversation);
        } else if (at == At.TRAILERS) {
            finish(conversation);
        }
    }

    /** The flow is over: what is open ends here. */
    void abandon(Conversation conversation) {
        endBody(FileState.TRUNCATED, conversation);
        head.clear();
        at = At.PASSING;
    }
}
