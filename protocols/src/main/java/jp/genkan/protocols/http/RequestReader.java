package jp.genkan.protocols.http;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.body.BodyConsumer;
import jp.genkan.protocols.http.body.BodyFraming;
import jp.genkan.protocols.http.body.FileBody;
import jp.genkan.protocols.http.body.ToldBody;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HostPort;
import jp.genkan.protocols.http.head.HttpEvents;
import jp.genkan.protocols.http.head.HttpText;
import jp.genkan.protocols.http.head.HttpUri;
import jp.genkan.protocols.http.head.StartLine;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests.
 *
 * <p>Thread rule: the worker of its flow.
 */
final class RequestReader extends MessageReader {
    private static final int HTTP_1_1 = 11;

    private @Nullable BodyConsumer unexpected;
    private @Nullable HttpTransaction unexpectedIn;

    RequestReader(HttpParser flow) {
        super(flow, Direction.TO_SERVER);
    }

    @Override
    boolean couldBeLine() {
        return true;
    }

    @Override
    void onNoLine(Conversation conversation) {}

    @Override
    boolean isSoughtLine() {
        StartLine line = StartLine.request(head.array(), 0, head.length());
        return line.hasPlausibleMethod() && line.namesProtocol();
    }

    @Override
    void onLine(Conversation conversation) {
        endUnexpected(FileState.CLOSED, conversation);
        StartLine line = StartLine.request(head.array(), 0, head.length());
        if (!line.hasPlausibleMethod()) {
            beginUnexpected(conversation);
            seek();
            return;
        }
        boolean blankFirst = HttpText.isBlank(head.array()[0]);
        head.clear();
        HttpTransaction made = flow.newRequest(line, conversation);
        transaction = made;
        at = line.hasThird() ? At.FIELDS : At.UNDECIDED;
        beginFrame(made, conversation);
        tellOddities(line, made, blankFirst, conversation);
        conversation.advance(made, direction, Progress.LINE);
    }

    /** What follows a request and is none is its body, although it said that it has none. */
    private void beginUnexpected(Conversation conversation) {
        HttpTransaction asked = flow.lastAsked();
        if (asked == null) {
            conversation.anomaly(null, direction, HttpEvents.REQUEST_LINE_INVALID);
            return;
        }
        conversation.anomaly(asked, direction, HttpEvents.REQUEST_BODY_UNEXPECTED);
        byte[] path = asked.path();
        String name = path == null ? null : HttpText.show(path, 0, path.length);
        FileBody file = new FileBody(asked, direction, name, null, -1, null);
        unexpected = new ToldBody(asked, direction, file);
        unexpectedIn = asked;
        onPassedOver(head.array(), 0, head.length(), conversation);
    }

    @Override
    void onPassedOver(byte[] octets, int from, int to, Conversation conversation) {
        if (unexpected != null) {
            unexpected.octets(octets, from, to, conversation);
        }
    }

    @Override
    void onLost(Conversation conversation) {
        endUnexpected(FileState.TRUNCATED, conversation);
    }

    /** A transaction is about to be complete: nothing may be open in it. */
    void leave(HttpTransaction done, Conversation conversation) {
        if (unexpectedIn == done) {
            endUnexpected(FileState.CLOSED, conversation);
        }
    }

    private void endUnexpected(FileState state, Conversation conversation) {
        if (unexpected != null) {
            unexpected.end(state, conversation);
            unexpected = null;
            unexpectedIn = null;
        }
    }

    private void tellOddities(StartLine line, HttpTransaction made, boolean blankFirst, Conversation conversation) {
        if (blankFirst) {
            conversation.anomaly(made, direction, HttpEvents.REQUEST_LINE_LEADING_WHITESPACE);
        }
        if (line.isOddlySpacedAt(1)) {
            conversation.anomaly(made, direction, HttpEvents.METHOD_DELIM_NON_COMPLIANT);
        }
        if (line.hasThird() && line.isOddlySpacedAt(2)) {
            conversation.anomaly(made, direction, HttpEvents.URI_DELIM_NON_COMPLIANT);
        }
        if (line.hasThird() && line.version(false) < 0) {
            conversation.anomaly(made, direction, HttpEvents.REQUEST_LINE_INVALID);
        }
        HttpUri target = made.target();
        if (target != null && target.isDoubleEncoded()) {
            conversation.anomaly(made, direction, HttpEvents.DOUBLE_ENCODED_URI);
        }
    }

    /** The response has begun: a request without protocol had no fields. */
    void decide(Conversation conversation) {
        if (at == At.UNDECIDED) {
            finish(conversation);
        }
    }

    @Override
    void onFields(HttpTransaction current, HeaderFields fields, Conversation conversation) {
        current.fields(direction, fields);
        readHost(current, fields, conversation);
        checkAuthorization(current, fields, conversation);
        BodyFraming body = new BodyPlan(current, direction, fields, conversation).request();
        conversation.advance(current, direction, Progress.HEADERS);
        if (body == null) {
            finish(conversation);
        } else {
            begin(body);
        }
        if (current.isConnect() && !flow.isHandedOver()) {
            at = At.PASSING;
        }
    }

    /** The tunnel was refused: requests follow. */
    void resume() {
        if (at == At.PASSING) {
            at = At.LINE;
        }
    }

    private void readHost(HttpTransaction current, HeaderFields fields, Conversation conversation) {
        HttpUri target = current.target();
        byte[] authority = target == null ? null : target.authority();
        HostPort named = authority == null ? null : HostPort.parse(authority, 0, authority.length);
        byte[] field = fields.joined("host");
        if (field == null) {
            if (named == null && current.requestVersion() >= HTTP_1_1) {
                conversation.anomaly(current, direction, HttpEvents.MISSING_HOST_HEADER);
            }
        } else {
            HostPort inField = HostPort.parse(field, 0, field.length);
            if (inField.isInvalid()) {
                conversation.anomaly(current, direction, HttpEvents.REQUEST_HEADER_HOST_INVALID);
            }
            if (named != null && !named.host().equals(inField.host())) {
                conversation.anomaly(current, direction, HttpEvents.HOST_HEADER_AMBIGUOUS);
            }
            named = named == null ? inField : named;
        }
        if (named != null) {
            current.host(named);
            checkPort(current, named, conversation);
        }
    }

    private void checkPort(HttpTransaction current, HostPort named, Conversation conversation) {
        if (named.port() < -1) {
            conversation.anomaly(current, direction, HttpEvents.INVALID_SERVER_PORT_IN_REQUEST);
        } else if (named.port() > 0 && named.port() != conversation.serverPort() && !current.isConnect()) {
            conversation.anomaly(current, direction, HttpEvents.REQUEST_SERVER_PORT_TCP_PORT_MISMATCH);
        }
    }

    private void checkAuthorization(HttpTransaction current, HeaderFields fields, Conversation conversation) {
        byte[] value = fields.joined("authorization");
        if (value != null
                && !HttpText.startsIgnoringCase(value, 0, value.length, "basic")
                && !HttpText.startsIgnoringCase(value, 0, value.length, "digest")
                && !HttpText.startsIgnoringCase(value, 0, value.length, "bearer")) {
            conversation.anomaly(current, direction, HttpEvents.REQUEST_AUTH_UNRECOGNIZED);
        }
    }

    @Override
    void abandon(Conversation conversation) {
        if (at == At.LINE && !head.isEmpty()) {
            conversation.anomaly(null, direction, HttpEvents.REQUEST_LINE_INCOMPLETE);
        }
        endUnexpected(FileState.TRUNCATED, conversation);
        super.abandon(conversation);
    }
}
