package jp.genkan.protocols.mime;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;

/**
 * The first octets of a flow, for tests of recognisers: an octet a character.
 *
 * <p>Thread rule: immutable.
 */
public record TextOpening(String server, String client) implements Opening {
    @Override
    public byte[] octets(Direction direction) {
        return (direction == Direction.TO_CLIENT ? server : client).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public int length(Direction direction) {
        return octets(direction).length;
    }

    @Override
    public boolean isAfterGap(Direction direction) {
        return false;
    }

    @Override
    public int serverPort() {
        return 2525;
    }

    @Override
    public int clientPort() {
        return 40000;
    }
}
