package jp.genkan.dataplane.watchdog;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/**
 * The watchdog's frame. It leaves by the box's end of the host port, is received and decoded like every other frame by the worker that it
 * names (the fanout selector in {@code fanout.c} reads magic and worker), and that worker sends it back out of the same port:
 *
 * <pre>
 *    0                   6                  12     14          18          22          30          38      39       60
 *    | destination MAC   | source MAC        | 88b5 | magic     | worker    | sequence  | nanos     | kind  | zeros |
 * </pre>
 *
 * <p>EtherType 0x88b5 is "local experimental 1" (IEEE 802-2014 §9.2.4): such a frame from the wire is forwarded like any other.
 *
 * <p>Thread rule: static; {@link #isProbe} and {@link #answer} allocate nothing.
 */
public final class Probe {
    /** IEEE 802 local experimental EtherType 1. */
    public static final int ETHERTYPE = 0x88b5;

    /** Octets of a probe: the smallest Ethernet frame. */
    static final int LENGTH = 60;

    private static final int MAGIC = 0x474b5042; // "GKPB"
    private static final int QUESTION = 1;
    private static final int ANSWER = 2;

    private static final int SOURCE_AT = 6;
    private static final int ETHERTYPE_AT = 12;
    private static final int MAGIC_AT = 14;
    private static final int WORKER_AT = 18;
    private static final int SEQUENCE_AT = 22;
    private static final int NANOS_AT = 30;
    private static final int KIND_AT = 38;

    private Probe() {}

    /**
     * True for a question of the watchdog: a decoded packet that came in by the host port. It is to be answered and never forwarded; a
     * frame of the host port with this EtherType that is no question is nobody's and is to be dropped.
     */
    public static boolean isProbe(Packet packet) {
        return packet.etherType == ETHERTYPE
                && packet.side == Side.HOST
                && packet.frameLength >= LENGTH
                && packet.u32(packet.frameOffset + MAGIC_AT) == MAGIC
                && packet.u8(packet.frameOffset + KIND_AT) == QUESTION;
    }

    /** The worker that the probe asks; it should be the one that has it. */
    public static int worker(Packet packet) {
        return packet.u32(packet.frameOffset + WORKER_AT);
    }

    /**
     * Makes the answer out of the question, in place. The caller sends the frame out of the port that it came in by, by its ordinary way:
     * {@code queue.send(packet.segment(), packet.frameOffset, packet.frameLength)}.
     */
    public static void answer(Packet packet) {
        MemorySegment bytes = packet.segment();
        long at = packet.frameOffset;
        int destinationHigh = packet.u16(at);
        int destinationLow = packet.u32(at + 2);
        bytes.set(Packet.U16, at, (short) packet.u16(at + SOURCE_AT));
        bytes.set(Packet.U32, at + 2, packet.u32(at + SOURCE_AT + 2));
        bytes.set(Packet.U16, at + SOURCE_AT, (short) destinationHigh);
        bytes.set(Packet.U32, at + SOURCE_AT + 2, destinationLow);
        bytes.set(JAVA_BYTE, at + KIND_AT, (byte) ANSWER);
    }

    /** Writes a question. */
    static void ask(MemorySegment frame, long sourceMac, int worker, long sequence, long nanos) {
        frame.asSlice(0, LENGTH).fill((byte) 0);
        frame.set(Packet.U16, 0, (short) 0x0247); // a locally administered address that is nobody's
        frame.set(Packet.U32, 2, MAGIC);
        frame.set(Packet.U16, SOURCE_AT, (short) (sourceMac >>> 32));
        frame.set(Packet.U32, SOURCE_AT + 2, (int) sourceMac);
        frame.set(Packet.U16, ETHERTYPE_AT, (short) ETHERTYPE);
        frame.set(Packet.U32, MAGIC_AT, MAGIC);
        frame.set(Packet.U32, WORKER_AT, worker);
        frame.set(Packet.U64, SEQUENCE_AT, sequence);
        frame.set(Packet.U64, NANOS_AT, nanos);
        frame.set(JAVA_BYTE, KIND_AT, (byte) QUESTION);
    }

    static boolean isAnswer(MemorySegment frame, long length) {
        return length >= LENGTH
                && frame.get(Packet.U32, MAGIC_AT) == MAGIC
                && frame.get(JAVA_BYTE, KIND_AT) == (byte) ANSWER;
    }

    static int worker(MemorySegment frame) {
        return frame.get(Packet.U32, WORKER_AT);
    }

    static long sequence(MemorySegment frame) {
        return frame.get(Packet.U64, SEQUENCE_AT);
    }

    static long nanos(MemorySegment frame) {
        return frame.get(Packet.U64, NANOS_AT);
    }
}
