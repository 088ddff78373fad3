package jp.genkan.testbed.bench;

import java.io.IOException;
import java.util.List;
import jp.genkan.core.frame.Packet;

/**
 * One connection of a {@link MixCapture}: who speaks with whom, and what is said in turn. TCP has its handshake, an acknowledgment for
 * every second segment, and its end.
 *
 * <p>Thread rule: one thread.
 */
final class MixFlow {
    /** Segments that one call of {@link #step} writes at most, so that many connections take turns as on a wire. */
    private static final int SEGMENTS_A_STEP = 8;

    private static final byte[] NOTHING = {};

    private final int client;
    private final int server;
    private final int clientPort;
    private final int serverPort;
    private final List<Turn> turns;
    private int turn = -1;
    private int said;
    private int clientSequence = 1_000;
    private int serverSequence = 500_000;

    /** Octets that one side says before the other one speaks; the array may be shared by many turns. */
    static final class Turn {
        private final boolean toServer;
        private final byte[] octets;
        private final int from;
        private final int length;

        Turn(boolean toServer, byte[] octets, int from, int length) {
            this.toServer = toServer;
            this.octets = octets;
            this.from = from;
            this.length = length;
        }

        static Turn of(boolean toServer, byte[] octets) {
            return new Turn(toServer, octets, 0, octets.length);
        }
    }

    MixFlow(int client, int server, int clientPort, int serverPort, List<Turn> turns) {
        this.client = client;
        this.server = server;
        this.clientPort = clientPort;
        this.serverPort = serverPort;
        this.turns = List.copyOf(turns);
    }

    int client() {
        return client;
    }

    int server() {
        return server;
    }

    int clientPort() {
        return clientPort;
    }

    int serverPort() {
        return serverPort;
    }

    /** Writes the next few segments; returns false when everything is said. */
    boolean step(MixFrames frames) throws IOException {
        if (turn < 0) {
            segment(frames, true, Packet.SYN, NOTHING, 0, 0);
            clientSequence++;
            segment(frames, false, Packet.SYN | Packet.ACK, NOTHING, 0, 0);
            serverSequence++;
            segment(frames, true, Packet.ACK, NOTHING, 0, 0);
            turn = 0;
            return true;
        }
        if (turn == turns.size()) {
            segment(frames, true, Packet.FIN | Packet.ACK, NOTHING, 0, 0);
            clientSequence++;
            segment(frames, false, Packet.FIN | Packet.ACK, NOTHING, 0, 0);
            serverSequence++;
            segment(frames, true, Packet.ACK, NOTHING, 0, 0);
            return false;
        }
        speak(frames, turns.get(turn));
        return true;
    }

    private void speak(MixFrames frames, Turn now) throws IOException {
        for (int i = 1; i <= SEGMENTS_A_STEP && said < now.length; i++) {
            int count = Math.min(MixFrames.SEGMENT_MAX, now.length - said);
            boolean last = said + count == now.length;
            segment(
                    frames,
                    now.toServer,
                    last ? Packet.ACK | Packet.PSH : Packet.ACK,
                    now.octets,
                    now.from + said,
                    count);
            said += count;
            if (now.toServer) {
                clientSequence += count;
            } else {
                serverSequence += count;
            }
            if (last || i % 2 == 0) {
                segment(frames, !now.toServer, Packet.ACK, NOTHING, 0, 0);
            }
        }
        if (said >= now.length) {
            said = 0;
            turn++;
        }
    }

    private void segment(MixFrames frames, boolean toServer, int flags, byte[] data, int from, int length)
            throws IOException {
        boolean first = flags == Packet.SYN;
        frames.tcp(
                this,
                toServer,
                flags,
                toServer ? clientSequence : serverSequence,
                first ? 0 : toServer ? serverSequence : clientSequence,
                data,
                from,
                length);
    }
}
