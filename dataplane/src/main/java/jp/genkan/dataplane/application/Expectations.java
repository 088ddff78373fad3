package jp.genkan.dataplane.application;

import java.util.ArrayDeque;
import java.util.Iterator;
import jp.genkan.core.frame.Address;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.protocols.conversation.Conversation.ExpectedParser;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * Connections that other flows have announced, such as FTP's data connections. Few at a time, so they are looked through one by one.
 *
 * <p>Thread rule: one worker; both connections are between the same two addresses, and so belong to the same one.
 */
final class Expectations {
    private record Expectation(Address server, int port, long untilNanos, ExpectedParser parser) {}

    private final ArrayDeque<Expectation> waiting = new ArrayDeque<>();

    /** Adds one; returns false when the oldest had to go for it. */
    boolean add(Address server, int port, long nanos, ExpectedParser parser) {
        boolean room = waiting.size() < ApplicationLimits.EXPECTATIONS_MAX;
        if (!room) {
            waiting.removeFirst();
        }
        waiting.addLast(new Expectation(server, port, nanos + ApplicationLimits.EXPECTATION_AGE.toNanos(), parser));
        return room;
    }

    /** The parser of a new connection that was expected, which is expected no more; null when it was not. */
    @Nullable
    StreamParser take(FlowView flow, long nanos) {
        if (waiting.isEmpty()) {
            return null;
        }
        while (!waiting.isEmpty() && waiting.peekFirst().untilNanos - nanos < 0) {
            waiting.removeFirst();
        }
        for (Iterator<Expectation> each = waiting.iterator(); each.hasNext(); ) {
            Expectation expectation = each.next();
            if (expectation.port == flow.serverPort()
                    && expectation.server.low() == flow.serverLow()
                    && expectation.server.high() == flow.serverHigh()) {
                each.remove();
                return expectation.parser.make();
            }
        }
        return null;
    }
}
