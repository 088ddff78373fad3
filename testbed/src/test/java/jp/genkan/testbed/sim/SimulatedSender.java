package jp.genkan.testbed.sim;

import java.util.Arrays;

/** A host that connects and sends: a sliding window, and everything again from the last acknowledgement when none comes. */
final class SimulatedSender implements FrameSink {
    static final int ADDRESS = 1;
    private static final int PORT = 40_000;
    private static final int INITIAL_SEQUENCE = 0xffff_f000; // wraps soon
    private static final int SEGMENT = 1460;
    private static final int WINDOW = 40 * SEGMENT;
    private static final long TIMEOUT_NANOS = 20_000_000;

    private final Simulation simulation;
    private final byte[] data;
    private final FrameSink wire;
    private int theirSequence;
    private boolean connected;
    private int acknowledged; // octets of data
    private int next;
    private boolean done;
    private long timerNumber;
    private long retransmissions;

    SimulatedSender(Simulation simulation, byte[] data, FrameSink wire) {
        this.simulation = simulation;
        this.data = data;
        this.wire = wire;
    }

    void connect() {
        send(TcpSegment.SYN, INITIAL_SEQUENCE, new byte[0]);
        startTimer();
    }

    /** True when data and FIN are acknowledged. */
    boolean isDone() {
        return done;
    }

    long retransmissions() {
        return retransmissions;
    }

    @Override
    public void frame(byte[] frame) {
        TcpSegment segment = TcpSegment.parse(frame);
        if (segment == null || segment.destinationPort != PORT || !segment.has(TcpSegment.ACK) || done) {
            return;
        }
        if (segment.has(TcpSegment.SYN)) {
            theirSequence = segment.sequence + 1;
            connected = true;
        }
        if (!connected) {
            return;
        }
        int octets = segment.acknowledgment - INITIAL_SEQUENCE - 1;
        if (octets > data.length) {
            done = true;
        } else if (octets > acknowledged || segment.has(TcpSegment.SYN)) {
            acknowledged = Math.max(acknowledged, octets);
            next = Math.max(next, acknowledged);
            startTimer();
            fill();
        }
    }

    private void fill() {
        while (next < data.length && next - acknowledged < WINDOW) {
            int length = Math.min(SEGMENT, data.length - next);
            send(TcpSegment.ACK, INITIAL_SEQUENCE + 1 + next, Arrays.copyOfRange(data, next, next + length));
            next += length;
        }
        if (next == data.length) {
            send(TcpSegment.ACK | TcpSegment.FIN, INITIAL_SEQUENCE + 1 + next, new byte[0]);
        }
    }

    private void startTimer() {
        long number = ++timerNumber;
        simulation.after(TIMEOUT_NANOS, () -> {
            if (number == timerNumber && !done) {
                retransmissions++;
                if (connected) {
                    next = acknowledged;
                    startTimer();
                    fill();
                } else {
                    connect();
                }
            }
        });
    }

    private void send(int flags, int sequence, byte[] payload) {
        wire.frame(new TcpSegment(
                        ADDRESS,
                        SimulatedReceiver.ADDRESS,
                        PORT,
                        SimulatedReceiver.PORT,
                        sequence,
                        theirSequence,
                        flags,
                        payload)
                .toFrame());
    }
}
