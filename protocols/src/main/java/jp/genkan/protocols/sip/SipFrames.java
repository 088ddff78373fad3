package jp.genkan.protocols.sip;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Frames;
import org.jspecify.annotations.Nullable;

/** The pieces of a message of SIP that rules may look at by name. Thread rule: stateless. */
final class SipFrames {
    private SipFrames() {}

    /**
     * Tells the frames of a message whose head is there.
     *
     * @param frames null where nobody asks for them
     * @param place of the head in the stream or datagram
     * @param octets where the head is
     * @param from index of its first octet
     * @param to index behind its empty line
     * @param body how long the body is
     * @param request true for a request
     */
    static void tell(
            @Nullable Frames frames,
            Direction direction,
            long place,
            byte[] octets,
            int from,
            int to,
            int body,
            boolean request,
            @Nullable Transaction transaction) {
        if (frames == null) {
            return;
        }
        int line = from;
        while (line < to && octets[line] != '\n') {
            line++;
        }
        int fields = Math.min(line + 1, to);
        int end = to - emptyLine(octets, fields, to);
        frames.tell(direction, "pdu", place, (long) to - from + body, transaction);
        if (request != direction.isToServer()) {
            return; // rules mean the requests of the client and the responses of the server
        }
        frames.tell(direction, request ? "request.line" : "response.line", place, fields - from, transaction);
        if (end > fields) {
            String type = request ? "request.headers" : "response.headers";
            frames.tell(direction, type, place + fields - from, end - fields, transaction);
        }
        if (body > 0) {
            frames.tell(direction, request ? "request.body" : "response.body", place + to - from, body, transaction);
        }
    }

    /** How long the empty line is that ends the head. */
    private static int emptyLine(byte[] octets, int from, int to) {
        if (to - from < 1 || octets[to - 1] != '\n') {
            return 0;
        }
        return to - from >= 2 && octets[to - 2] == '\r' ? 2 : 1;
    }
}
