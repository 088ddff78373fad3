package jp.genkan.appliance.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Asks a running engine. Used by one command for one request. */
public final class ControlClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path socket;

    /** For the engine whose state lies in this directory. */
    public ControlClient(Path stateDirectory) {
        this.socket = stateDirectory.resolve(ControlServer.SOCKET_NAME);
    }

    /** A request with its command; other fields may be added. */
    public static ObjectNode request(String command) {
        return JSON.createObjectNode().put("command", command);
    }

    /**
     * Sends a request and returns the one line of the answer.
     *
     * @throws NotRunningException when nobody listens
     * @throws ControlException when the engine refuses; the message says why
     * @throws IOException when the conversation breaks off
     */
    public JsonNode ask(ObjectNode request) throws NotRunningException, ControlException, IOException {
        JsonNode[] answer = new JsonNode[1];
        follow(request, line -> {
            if (answer[0] == null) {
                answer[0] = line;
            }
        });
        if (answer[0] == null) {
            throw new IOException("the engine hung up without an answer");
        }
        return answer[0];
    }

    /**
     * Sends a request and hands over every line of the answer until the engine hangs up.
     *
     * @throws NotRunningException when nobody listens
     * @throws ControlException when the engine refuses
     * @throws IOException when the conversation breaks off
     */
    public void follow(ObjectNode request, Consumer<JsonNode> lines)
            throws NotRunningException, ControlException, IOException {
        try (SocketChannel channel = connect();
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8))) {
            channel.write(ByteBuffer.wrap((request + "\n").getBytes(StandardCharsets.UTF_8)));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode node = JSON.readTree(line);
                if (node.has("error")) {
                    throw new ControlException(node.get("error").asText());
                }
                lines.accept(node);
            }
        }
    }

    private SocketChannel connect() throws NotRunningException {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(socket));
        } catch (IOException | IllegalArgumentException nobody) {
            throw new NotRunningException("no engine answers at " + socket + ": " + nobody.getMessage(), nobody);
        }
    }

    /** Nobody listens at the socket. */
    public static final class NotRunningException extends Exception {
        private static final long serialVersionUID = 1L;

        NotRunningException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
