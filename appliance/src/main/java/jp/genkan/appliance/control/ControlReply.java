package jp.genkan.appliance.control;

import java.io.IOException;

/** The lines that go back to the one who asked. */
@FunctionalInterface
public interface ControlReply {
    /**
     * Sends one line.
     *
     * @param json one JSON value without line breaks
     * @throws IOException when the client has gone
     */
    void line(String json) throws IOException;
}
