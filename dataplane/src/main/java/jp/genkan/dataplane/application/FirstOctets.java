package jp.genkan.dataplane.application;

import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import org.jspecify.annotations.Nullable;

/**
 * The first octets of a flow while nobody knows yet what it speaks. Grows with them.
 *
 * <p>Thread rule: one worker.
 */
final class FirstOctets implements Opening {
    private static final byte[] EMPTY = {};
    private static final int FIRST = 512;

    private int serverPort;
    private int clientPort;
    private byte[] toServer = EMPTY;
    private byte[] toClient = EMPTY;
    private int toServerLength;
    private int toClientLength;
    private boolean toServerAfterGap;
    private boolean toClientAfterGap;
    private @Nullable Direction first;

    FirstOctets(int clientPort, int serverPort) {
        this.clientPort = clientPort;
        this.serverPort = serverPort;
    }

    /** Makes it ready for another flow; its memory stays. */
    void begin(int ofClientPort, int ofServerPort) {
        clientPort = ofClientPort;
        serverPort = ofServerPort;
        toServerLength = 0;
        toClientLength = 0;
        toServerAfterGap = false;
        toClientAfterGap = false;
        first = null;
    }

    /** Keeps octets as far as there is room; returns the index behind the last that was kept. */
    int add(Direction direction, byte[] octets, int from, int to) {
        if (first == null) {
            first = direction;
        }
        int count = Math.min(to - from, OCTETS_MAX - length(direction));
        if (direction == Direction.TO_SERVER) {
            toServer = grown(toServer, toServerLength + count);
            System.arraycopy(octets, from, toServer, toServerLength, count);
            toServerLength += count;
        } else {
            toClient = grown(toClient, toClientLength + count);
            System.arraycopy(octets, from, toClient, toClientLength, count);
            toClientLength += count;
        }
        return from + count;
    }

    private static byte[] grown(byte[] octets, int length) {
        return length <= octets.length
                ? octets
                : Arrays.copyOf(octets, Math.min(OCTETS_MAX, Math.max(length, Math.max(FIRST, 2 * octets.length))));
    }

    /** Octets are missing here. */
    void gap(Direction direction) {
        if (direction == Direction.TO_SERVER) {
            toServerAfterGap = true;
        } else {
            toClientAfterGap = true;
        }
    }

    boolean isFull(Direction direction) {
        return length(direction) == OCTETS_MAX;
    }

    /** The direction that spoke first. */
    Direction first() {
        return first == null ? Direction.TO_SERVER : first;
    }

    @Override
    public byte[] octets(Direction direction) {
        return direction == Direction.TO_SERVER ? toServer : toClient;
    }

    @Override
    public int length(Direction direction) {
        return direction == Direction.TO_SERVER ? toServerLength : toClientLength;
    }

    @Override
    public boolean isAfterGap(Direction direction) {
        return direction == Direction.TO_SERVER ? toServerAfterGap : toClientAfterGap;
    }

    @Override
    public int serverPort() {
        return serverPort;
    }

    @Override
    public int clientPort() {
        return clientPort;
    }
}
