package jp.genkan.testbed.sim;

import java.util.Arrays;
import java.util.BitSet;

/** A host that accepts one connection, keeps segments that come out of order, and acknowledges what it has. */
final class SimulatedReceiver implements FrameSink {
    static final int ADDRESS = 2;
    static final int PORT = 80;
    private static final int INITIAL_SEQUENCE = 77;

    private final byte[] data;
    private final BitSet present;
    private final FrameSink wire;
    private int theirInitial;
    private boolean connected;
    private boolean ended;
    private int finAt = -1;
    private long corrupt;
    private long resets;

    SimulatedReceiver(int dataMax, FrameSink wire) {
        this.data = new byte[dataMax];
        this.present = new BitSet(dataMax);
        this.wire = wire;
    }

    /** True when everything up to the FIN is here. */
    boolean isDone() {
        return ended;
    }

    /** Everything, once {@link #isDone}. */
    byte[] data() {
        return Arrays.copyOf(data, present.nextClearBit(0));
    }

    /** How often it was told that the connection is over. */
    long resets() {
        return resets;
    }

    /** Frames that are no segment with right checksums, or that contradict what came before. */
    long corrupt() {
        return corrupt;
    }

    @Override
    public void frame(byte[] frame) {
        TcpSegment segment = TcpSegment.parse(frame);
        if (segment == null || segment.destinationPort != PORT) {
            corrupt++;
            return;
        }
        if (segment.has(TcpSegment.RST)) {
            resets++;
            return;
        }
        if (segment.has(TcpSegment.SYN)) {
            theirInitial = segment.sequence;
            connected = true;
            reply(segment, TcpSegment.SYN | TcpSegment.ACK, INITIAL_SEQUENCE);
            return;
        }
        if (!connected) {
            return;
        }
        int offset = segment.sequence - theirInitial - 1;
        keep(offset, segment.payload);
        if (segment.has(TcpSegment.FIN)) {
            finAt = offset + segment.payload.length;
        }
        ended = present.nextClearBit(0) == finAt;
        reply(segment, TcpSegment.ACK, INITIAL_SEQUENCE + 1);
    }

    private void keep(int offset, byte[] payload) {
        if (offset < 0 || offset + payload.length > data.length) {
            corrupt++;
            return;
        }
        for (int i = 0; i < payload.length; i++) {
            if (present.get(offset + i) && data[offset + i] != payload[i]) {
                corrupt++;
            }
            if (!present.get(offset + i)) { // what came first stays
                data[offset + i] = payload[i];
            }
        }
        present.set(offset, offset + payload.length);
    }

    private void reply(TcpSegment to, int flags, int sequence) {
        int acknowledgment = theirInitial + 1 + present.nextClearBit(0) + (ended ? 1 : 0);
        wire.frame(new TcpSegment(ADDRESS, to.source, PORT, to.sourcePort, sequence, acknowledgment, flags, new byte[0])
                .toFrame());
    }
}
