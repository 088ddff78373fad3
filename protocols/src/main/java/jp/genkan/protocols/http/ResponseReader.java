package jp.genkan.protocols.http;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.body.BodyFraming;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HttpEvents;
import jp.genkan.protocols.http.head.HttpText;
import jp.genkan.protocols.http.head.StartLine;
import org.jspecify.annotations.Nullable;

/**
 * Reads responses, and says which request each answers.
 *
 * <p>Thread rule: the worker of its flow.
 */
final class ResponseReader extends MessageReader {
    /** Octets before the status line that browsers pass over: the slop of Chromium. */
    private static final int JUNK_MAX = 4;

    /** Lines before the status line that are passed over, and how long: more is a body without a head, which has to be told at once. */
    private static final int JUNK_LINES_MAX = 2;

    private static final int JUNK_LINE_MAX = 32;
    private static final int NONE = -1;
    private static final int PENDING = -2;
    private static final String PROTOCOL = "http";
    private static final String SOUGHT = "http/1.";
    private static final int CONTINUE = 100;
    private static final int SWITCHING = 101;
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int REDIRECTION = 300;
    private static final int NOT_MODIFIED = 304;

    private @Nullable StartLine line;

    ResponseReader(HttpParser flow) {
        super(flow, Direction.TO_CLIENT);
    }

    @Override
    boolean couldBeLine() {
        return !head.hasLine() && head.length() < JUNK_MAX + PROTOCOL.length()
                || lineStart() >= 0
                || startBehindJunk() != NONE;
    }

    @Override
    boolean hasWholeLine() {
        return lineStart() >= 0;
    }

    /** Where "HTTP" stands in the first octets or behind lines of junk, -1 when it does not. */
    private int lineStart() {
        for (int i = 0; i <= JUNK_MAX && i < head.length(); i++) {
            if (HttpText.startsIgnoringCase(head.array(), i, head.length(), PROTOCOL)) {
                return i;
            }
        }
        return Math.max(-1, startBehindJunk());
    }

    /** Where a status line begins behind lines that are none: libhtp passes over them, and so do some peers. */
    private int startBehindJunk() {
        HttpTransaction asked = flow.firstAsked();
        if (asked == null || asked.requestVersion() <= 0) {
            return NONE; // HTTP/0.9 answers without a head
        }
        int at = 0;
        for (int i = 0; i < JUNK_LINES_MAX; i++) {
            int feed = HttpText.indexOf(head.array(), at, head.length(), '\n');
            if (feed < 0 || feed - at > JUNK_LINE_MAX) {
                return feed < 0 && head.length() - at <= JUNK_LINE_MAX ? PENDING : NONE;
            }
            at = feed + 1;
            int known = Math.min(SOUGHT.length(), head.length() - at);
            if (HttpText.startsIgnoringCase(head.array(), at, at + known, SOUGHT.substring(0, known))) {
                return known == SOUGHT.length() ? at : PENDING;
            }
        }
        return NONE;
    }

    @Override
    boolean isSoughtLine() {
        return HttpText.startsIgnoringCase(head.array(), 0, head.length(), SOUGHT);
    }

    /** A body without head, as HTTP/0.9 sends it; or octets that nobody asked for. */
    @Override
    void onNoLine(Conversation conversation) {
        HttpTransaction answered = flow.awaited(conversation);
        if (answered == null) {
            conversation.anomaly(null, direction, HttpEvents.RESPONSE_BODY_UNEXPECTED);
            seek();
            return;
        }
        if (answered.requestVersion() > 0) {
            conversation.anomaly(answered, direction, HttpEvents.RESPONSE_INVALID_PROTOCOL);
        }
        byte[] begun = head.copy();
        head.clear();
        transaction = answered;
        begin(new BodyPlan(answered, direction, HeaderFields.NONE, conversation).untilClose());
        read(begun, 0, begun.length, conversation);
    }

    @Override
    void onLine(Conversation conversation) {
        int from = Math.max(0, lineStart());
        int to = lineEnd(from);
        StartLine read = StartLine.response(head.array(), from, to);
        if (to < head.length()) {
            head.cut(to);
        } else {
            head.clear();
        }
        HttpTransaction answered = flow.answered(conversation);
        transaction = answered;
        beginFrame(answered, conversation);
        line = read;
        at = At.FIELDS;
        if (from > 0 || !head.isEmpty() || read.version(true) < 0) {
            conversation.anomaly(answered, direction, HttpEvents.RESPONSE_INVALID_PROTOCOL);
        }
        if (!read.hasPlainStatus()) {
            conversation.anomaly(answered, direction, HttpEvents.RESPONSE_INVALID_STATUS);
        }
        if (!isInterim(read)) {
            answered.statusLine(read);
            conversation.advance(answered, direction, Progress.LINE);
        }
    }

    /** A carriage return alone ends the line, as it ends one of a field. */
    private int lineEnd(int from) {
        for (int i = from; i < head.length() - 1; i++) {
            int next = head.array()[i + 1];
            if (head.array()[i] == '\r' && next != '\n' && next != '\r') {
                return i + 1;
            }
        }
        return head.length();
    }

    private static boolean isInterim(StartLine line) {
        int status = line.hasPlainStatus() ? line.status() : -1;

        return status >= CONTINUE && status < OK && status != SWITCHING;
    }

    @Override
    void onFields(HttpTransaction current, HeaderFields fields, Conversation conversation) {
        StartLine first = line;
        int status = first == null || !first.hasPlainStatus() ? -1 : first.status();
        if (first != null && isInterim(first)) {
            if (status == CONTINUE && !current.isFirstContinue()) {
                conversation.anomaly(current, direction, HttpEvents.CONTINUE_ALREADY_SEEN);
            }
            transaction = null;
            at = At.LINE;
            return;
        }
        current.fields(direction, fields);
        BodyPlan plan = new BodyPlan(current, direction, fields, conversation);
        boolean empty = current.isHead() || status == NO_CONTENT || status == NOT_MODIFIED;
        boolean tunnel = current.isConnect() && status >= OK && status < REDIRECTION;
        boolean upgrade = status == SWITCHING && upgradesTo(current, fields) != null;
        BodyFraming body = empty || tunnel || upgrade ? null : plan.response(first == null ? -1 : first.version(true));
        conversation.advance(current, direction, Progress.HEADERS);
        if (tunnel || upgrade) {
            handOver(current, fields, tunnel, conversation);
        } else if (body == null) {
            finish(conversation);
        } else {
            begin(body);
        }
    }

    private void handOver(HttpTransaction current, HeaderFields fields, boolean tunnel, Conversation conversation) {
        AppProtocol next = tunnel ? null : protocol(upgradesTo(current, fields));
        finish(conversation);
        flow.handOver(next, conversation);
    }

    private static @Nullable String upgradesTo(HttpTransaction current, HeaderFields fields) {
        String asked = current.fields(Direction.TO_SERVER).joinedText("upgrade");
        String granted = fields.joinedText("upgrade");
        return asked == null && current.hasRequest() ? null : granted == null ? asked : granted;
    }

    private static @Nullable AppProtocol protocol(@Nullable String upgrade) {
        if (upgrade == null) {
            return null;
        }
        if (upgrade.regionMatches(true, 0, "h2c", 0, 3)) {
            return AppProtocol.HTTP2;
        }
        if (upgrade.equalsIgnoreCase("websocket")) {
            return AppProtocol.WEBSOCKET;
        }
        return upgrade.regionMatches(true, 0, "tls/", 0, 4) ? AppProtocol.TLS : null;
    }

    @Override
    void abandon(Conversation conversation) {
        endDoubt(conversation);
        super.abandon(conversation);
    }

    /** What could have been the beginning of a line is a body. */
    private void endDoubt(Conversation conversation) {
        if (at == At.LINE && !head.isEmpty() && flow.awaited(conversation) != null) {
            onNoLine(conversation);
        }
    }

    @Override
    void onEnd(Conversation conversation) {
        endDoubt(conversation);
        if (at == At.FIELDS && !head.isEmpty()) {
            conversation.anomaly(transaction, direction, HttpEvents.invalidHeader(direction));
        }
        super.onEnd(conversation);
    }
}
