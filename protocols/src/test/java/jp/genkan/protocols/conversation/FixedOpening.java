package jp.genkan.protocols.conversation;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;

/** An opening in which one direction has octets, the other none. */
public final class FixedOpening implements Opening {
    private final Direction from;
    private final byte[] octets;
    private final int serverPort;

    /** These octets go this way; the client's port is 40000. */
    public FixedOpening(Direction from, byte[] octets, int serverPort) {
        this.from = from;
        this.octets = octets.clone();
        this.serverPort = serverPort;
    }

    /** The client has sent this text of Latin-1. */
    public static FixedOpening client(String text) {
        return new FixedOpening(Direction.TO_SERVER, text.getBytes(StandardCharsets.ISO_8859_1), 9);
    }

    /** The server has sent this text of Latin-1. */
    public static FixedOpening server(String text) {
        return new FixedOpening(Direction.TO_CLIENT, text.getBytes(StandardCharsets.ISO_8859_1), 9);
    }

    @Override
    public byte[] octets(Direction direction) {
        return octets;
    }

    @Override
    public int length(Direction direction) {
        return direction == from ? octets.length : 0;
    }

    @Override
    public boolean isAfterGap(Direction direction) {
        return false;
    }

    @Override
    public int serverPort() {
        return serverPort;
    }

    @Override
    public int clientPort() {
        return 40000;
    }
}
