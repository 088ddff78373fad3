package jp.genkan.protocols.http;

import java.util.ArrayDeque;
import java.util.Deque;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.http.head.HttpEvents;
import jp.genkan.protocols.http.head.StartLine;
import org.jspecify.annotations.Nullable;

/**
 * Reads one connection of HTTP/1: two readers, and the requests that wait for their responses between them.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class HttpParser implements StreamParser {
    /** Longest head; where Firefox, the most patient browser, gives up ({@code network.http.max_response_header_size}). */
    public static final int HEAD_MAX = 393_216;

    /** Requests that wait for their responses; browsers send six at most, curl and scanners some hundred. */
    static final int WAITING_MAX = 256;

    /** Octets of their heads; a thousand octets each are usual. */
    static final int WAITING_OCTETS_MAX = 1 << 20;

    private final RequestReader requests = new RequestReader(this);
    private final ResponseReader responses = new ResponseReader(this);
    private final Deque<HttpTransaction> waiting = new ArrayDeque<>(2);
    private long number;
    private long waitingOctets;
    private boolean handedOver;
    private boolean isGivenUp;

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        if (isGivenUp) {
            return to;
        }
        int behind = reader(direction).read(octets, from, to, conversation);
        return isGivenUp ? to : behind;
    }

    private MessageReader reader(Direction direction) {
        return direction.isToServer() ? requests : responses;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        if (!isGivenUp && !handedOver && missing > 0) {
            reader(direction).onGap(missing, conversation);
        }
    }

    @Override
    public void onEnd(Direction direction, Conversation conversation) {
        if (!isGivenUp && !handedOver) {
            reader(direction).end(conversation);
        }
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        if (!isGivenUp && !handedOver) {
            completeAll(conversation);
        }
    }

    private void completeAll(Conversation conversation) {
        requests.abandon(conversation);
        responses.abandon(conversation);
        HttpTransaction request = requests.transaction;
        HttpTransaction response = responses.transaction;
        requests.transaction = null;
        responses.transaction = null;
        if (response != null && response != waiting.peekFirst()) {
            conversation.complete(response);
        }
        boolean requestWaits = false;
        while (!waiting.isEmpty()) {
            HttpTransaction next = waiting.removeFirst();
            requestWaits |= next == request;
            conversation.complete(next);
        }
        if (request != null && !requestWaits && request != response) {
            conversation.complete(request);
        }
    }

    /** A request has begun. */
    HttpTransaction newRequest(StartLine line, Conversation conversation) {
        HttpTransaction made = new HttpTransaction(number++);
        made.requestLine(line);
        if (waiting.size() < WAITING_MAX && waitingOctets < WAITING_OCTETS_MAX) {
            waiting.addLast(made);
        } else {
            made.waitsForNothing();
            conversation.anomaly(made, Direction.TO_SERVER, HttpEvents.TOO_MANY_TRANSACTIONS);
        }
        return made;
    }

    /** The request that was read last, null when it is answered. */
    @Nullable
    HttpTransaction lastAsked() {
        return waiting.peekLast();
    }

    /** The request that was read first of those that wait, null when all are answered. */
    @Nullable
    HttpTransaction firstAsked() {
        return waiting.peekFirst();
    }

    /** The request that is to be answered next, null when there is none. It is whole then, if it can be. */
    @Nullable
    HttpTransaction awaited(Conversation conversation) {
        HttpTransaction first = waiting.peekFirst();
        if (first != null && first == requests.transaction) {
            requests.decide(conversation);
        }
        return first;
    }

    /** The request that a response answers; one that was not seen when there is none. */
    HttpTransaction answered(Conversation conversation) {
        HttpTransaction first = awaited(conversation);
        if (first != null) {
            return first;
        }
        HttpTransaction unseen = new HttpTransaction(number++);
        conversation.anomaly(unseen, Direction.TO_CLIENT, HttpEvents.UNABLE_TO_MATCH_RESPONSE_TO_REQUEST);
        return unseen;
    }

    /** One direction of a transaction is over. */
    void finished(HttpTransaction done, Direction direction, Conversation conversation) {
        boolean answered = done.progress(Direction.TO_CLIENT) == Progress.COMPLETE;
        if (direction.isToServer()) {
            waitingOctets += done.waits() ? done.requestOctets() : 0;
        } else if (waiting.peekFirst() == done) {
            waiting.removeFirst();
            if (done.progress(Direction.TO_SERVER) == Progress.COMPLETE) {
                waitingOctets -= done.requestOctets();
            }
            done.waitsForNothing();
            if (done.isConnect()) {
                requests.resume();
            }
        }
        boolean asked = done.progress(Direction.TO_SERVER) == Progress.COMPLETE || !done.hasRequest();
        if (asked && (answered || !done.waits())) {
            requests.leave(done, conversation);
            conversation.complete(done);
        }
    }

    /** The place in a direction was lost: of the requests that wait, nobody can say any more which is answered next, but for the last. */
    void lost(Direction direction, Conversation conversation) {
        if (direction.isToServer()) {
            return;
        }
        while (waiting.size() > 1) {
            HttpTransaction unanswered = waiting.removeFirst();
            waitingOctets -= unanswered.requestOctets();
            unanswered.waitsForNothing();
            requests.leave(unanswered, conversation);
            conversation.complete(unanswered);
        }
    }

    boolean isHandedOver() {
        return handedOver || isGivenUp;
    }

    /** Another protocol follows. */
    void handOver(@Nullable AppProtocol next, Conversation conversation) {
        completeAll(conversation);
        handedOver = true;
        conversation.handOver(next);
    }

    /** No more of this connection can be read. */
    void giveUp(Conversation conversation) {
        completeAll(conversation);
        isGivenUp = true;
        conversation.settle();
    }
}
