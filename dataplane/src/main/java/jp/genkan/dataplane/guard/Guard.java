package jp.genkan.dataplane.guard;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.reject.SegmentEditor;
import jp.genkan.dataplane.reject.SegmentWriter;
import org.jspecify.annotations.Nullable;

/**
 * Resets the connections that a dead engine held, at both ends.
 *
 * <pre>
 *   open ─ rehearse ─ (the engine lives) ─ reset: hear ─ a RST for every end, three times ─ answer whoever says that it waits for another number
 * </pre>
 *
 * <p>Thread rule: one thread, in a process of its own.
 */
public final class Guard implements AutoCloseable {
    /** How long it listens, and sends again: the kernel answers a RST that misses at once, but a socket at most twice a second (tcp_invalid_ratelimit). */
    private static final long LISTENING_NANOS = 600_000_000L;

    /** When the RSTs are sent again, in case one was lost; the last reaches who has answered something else half a second before. */
    private static final long[] AGAIN_NANOS = {20_000_000L, 100_000_000L, 520_000_000L};

    private static final long POLL_NANOS = 10_000_000L;

    /** Until the compiler has had enough of it; some tenths of a second. */
    private static final int REHEARSALS = 4_000;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory;
    private final GuardSocket socket;
    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.IGNORE);
    private final Packet frame = new Packet();

    private Guard(MemorySegment made) throws LinuxException {
        memory = made;
        socket = new GuardSocket();
    }

    private Guard(Path path) throws IOException, LinuxException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            memory = file.map(FileChannel.MapMode.READ_ONLY, 0, file.size(), arena);
        }
        socket = new GuardSocket();
    }

    /**
     * A guard of the process that has this memory.
     *
     * @param memory as {@link GuardMemory#path} says
     */
    public static Guard open(Path memory) throws IOException, LinuxException {
        return new Guard(memory);
    }

    /** A guard of memory at hand. */
    static Guard over(MemorySegment memory) throws LinuxException {
        return new Guard(memory);
    }

    /** From whom to whom, as a frame says. */
    private record Ends(long fromHigh, long fromLow, long toHigh, long toLow, int ports) {
        static Ends of(Packet heard) {
            return new Ends(
                    heard.sourceHigh,
                    heard.sourceLow,
                    heard.destinationHigh,
                    heard.destinationLow,
                    heard.sourcePort << 16 | heard.destinationPort);
        }

        /** Those of a frame that comes back. */
        Ends back() {
            return new Ends(
                    /* fromHigh= */ toHigh,
                    /* fromLow= */ toLow,
                    /* toHigh= */ fromHigh,
                    /* toLow= */ fromLow,
                    ports << 16 | ports >>> 16);
        }
    }

    /**
     * Sends nothing, and does everything else, so that it is quick when it is needed.
     *
     * @throws IllegalStateException when it would not have worked
     */
    public void rehearse() {
        MemorySegment made = Rehearsed.memory(decoder, new SegmentWriter(true));
        for (int i = 0; i < REHEARSALS; i++) {
            List<OrphanEnd> ends = Orphans.read(made);
            Map<Ends, OrphanEnd> known = known(ends);
            queue(ends);
            if (known.size() != 2 || !isWaitingFor(known, socket.frames(), Rehearsed.LENGTH)) {
                throw new IllegalStateException("the guard cannot read what it is to act by");
            }
            socket.forget();
            socket.flush();
        }
        socket.receive(0);
        socket.receive(1);
    }

    /** Whether somebody is told about a frame, which is the rehearsal's. */
    private boolean isWaitingFor(Map<Ends, OrphanEnd> known, MemorySegment heard, int length) {
        return heard(heard, length) && known.containsKey(Ends.of(frame).back());
    }

    /**
     * The engine has ended: resets what it held.
     *
     * @return how many directions were held and not yet delivered
     */
    public int reset() throws LinuxException {
        Map<Ends, OrphanEnd> known = new HashMap<>();
        socket.listen();
        long began = System.nanoTime();
        send(known);
        int again = 0;
        for (long passed = 0; passed < LISTENING_NANOS; passed = System.nanoTime() - began) {
            if (again < AGAIN_NANOS.length && passed >= AGAIN_NANOS[again]) {
                again++;
                send(known);
                if (known.isEmpty()) {
                    return 0;
                }
            }
            int length = socket.receive(POLL_NANOS);
            if (length > 0 && heard(socket.received(), length)) {
                answer(known.get(Ends.of(frame)));
            }
        }
        return known.size() / 2;
    }

    /** Reads anew each time: the last thread of the engine may have written a little after the first was gone. */
    private void send(Map<Ends, OrphanEnd> known) {
        List<OrphanEnd> ends = Orphans.read(memory);
        queue(ends);
        socket.flush();
        known(ends).forEach(known::putIfAbsent);
    }

    /** The ends, by what a frame from them says. */
    private Map<Ends, OrphanEnd> known(List<OrphanEnd> ends) {
        Map<Ends, OrphanEnd> known = new HashMap<>();
        for (OrphanEnd end : ends) {
            write(end, 0);
            known.put(Ends.of(frame).back(), end);
        }
        return known;
    }

    private void queue(List<OrphanEnd> ends) {
        for (OrphanEnd end : ends) {
            queue(end, end.gets);
            if (end.has != end.gets) {
                queue(end, end.has);
            }
        }
    }

    private void queue(OrphanEnd end, int sequence) {
        for (int interfaceIndex : end.interfaces()) {
            socket.add(write(end, sequence), interfaceIndex);
        }
    }

    /** Writes a RST where the socket's next frame is; the packet at hand is over it then. */
    private int write(OrphanEnd end, int sequence) {
        byte[] octets = end.frame();
        long at = socket.framesAt();
        MemorySegment.copy(octets, 0, socket.frames(), ValueLayout.JAVA_BYTE, at, octets.length);
        frame.wrap(socket.frames(), at, octets.length);
        decoder.decode(frame, LinkType.ETHERNET);
        SegmentEditor.sequence(frame, sequence);
        SegmentEditor.acknowledgment(frame, end.acknowledgment, 0);
        return octets.length;
    }

    /** Whether a frame says what its sender waits for. */
    private boolean heard(MemorySegment octets, int length) {
        frame.wrap(octets, 0, length);
        decoder.decode(frame, LinkType.ETHERNET);
        return frame.ipVersion != 0
                && frame.ipProtocol == IpProtocol.TCP
                && !frame.isFragment()
                && frame.hasFlags(Packet.ACK);
    }

    private void answer(@Nullable OrphanEnd end) {
        boolean over = frame.hasFlags(Packet.RST) || frame.hasFlags(Packet.SYN);
        int waited = frame.tcpAcknowledgment;
        if (end != null && !over && end.isAnswered(waited)) {
            queue(end, waited);
            socket.flush();
        }
    }

    @Override
    public void close() {
        socket.close();
        arena.close();
    }
}
