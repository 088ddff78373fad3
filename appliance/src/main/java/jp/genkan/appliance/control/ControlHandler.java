package jp.genkan.appliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** Answers the requests of one running engine. Called by any number of threads at once. */
@FunctionalInterface
public interface ControlHandler {
    /**
     * Answers one request.
     *
     * @param request the object that the client sent
     * @param reply where the answer goes
     * @throws ControlException when the request cannot be answered; its message goes to the client
     * @throws IOException when the client has gone
     */
    void handle(JsonNode request, ControlReply reply) throws ControlException, IOException;
}
