package jp.genkan.appliance.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on the control socket, a UNIX socket that only the engine's own user may open.
 *
 * <p>Thread rule: {@link #start} and {@link #close} by the engine's main thread; a virtual thread serves each client.
 */
public final class ControlServer implements AutoCloseable {
    /** Name of the socket in the state directory. */
    public static final String SOCKET_NAME = "control.sock";

    /** Clients served at a time; a further one waits. */
    static final int CLIENTS_MAX = 16;

    /** Longest request, in characters; a request is a command with a few words. */
    static final int REQUEST_CHARS_MAX = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(ControlServer.class);

    private final Path path;
    private final ServerSocketChannel channel;
    private final ControlHandler handler;
    private final ObjectMapper json = new ObjectMapper();
    private final Semaphore places = new Semaphore(CLIENTS_MAX);

    private ControlServer(Path path, ServerSocketChannel channel, ControlHandler handler) {
        this.path = path;
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Opens the socket in a state directory, in place of one that a dead predecessor left, and begins to answer.
     *
     * @throws IOException when the socket cannot be made
     */
    public static ControlServer start(Path stateDirectory, ControlHandler handler) throws IOException {
        Path path = stateDirectory.resolve(SOCKET_NAME);
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(path));
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException | RuntimeException bad) {
            channel.close();
            throw new IOException("control socket " + path + ": " + bad.getMessage(), bad);
        }
        ControlServer server = new ControlServer(path, channel, handler);
        Thread.ofPlatform().name("control").daemon().start(server::accept);
        return server;
    }

    private void accept() {
        while (channel.isOpen()) {
            try {
                places.acquire();
                SocketChannel client = channel.accept();
                Thread.ofVirtual().name("control-client").start(() -> serve(client));
            } catch (IOException closed) {
                places.release();
                if (channel.isOpen()) {
                    LOG.warn("control socket: {}", closed.getMessage());
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(SocketChannel client) {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8))) {
            String request = readRequest(in);
            if (request != null) {
                answer(request, line -> send(client, line));
            }
        } catch (IOException gone) {
            LOG.debug("control client: {}", gone.getMessage());
        } finally {
            places.release();
        }
    }

    private static @Nullable String readRequest(BufferedReader in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            if (text.length() == REQUEST_CHARS_MAX) {
                return null;
            }
            text.append((char) c);
        }
        return text.toString();
    }

    private void answer(String request, ControlReply reply) throws IOException {
        String problem;
        try {
            JsonNode node = json.readTree(request);
            if (node != null && node.path("command").isTextual()) {
                handler.handle(node, reply);
                return;
            }
            problem = "a request is an object with a \"command\"";
        } catch (JsonProcessingException bad) {
            problem = "not JSON: " + bad.getOriginalMessage();
        } catch (ControlException bad) {
            problem = String.valueOf(bad.getMessage());
        } catch (RuntimeException fault) {
            LOG.error("control request failed: {}", request, fault);
            problem = "internal fault: " + fault;
        }
        reply.line(json.createObjectNode().put("error", problem).toString());
    }

    private static void send(SocketChannel client, String line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(line + "\n");
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }

    /** Stops listening and takes the socket away. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }
}
