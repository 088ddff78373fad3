package jp.genkan.dataplane.guard;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Memory;
import jp.genkan.dataplane.linux.Sockets;
import jp.genkan.dataplane.port.PortSetup;

/**
 * The engine's end of the memory that it shares with its guard: anonymous, so that nothing is left of it when both processes are gone.
 *
 * <p>Thread rule: made and closed by the thread that starts the engine; {@link #interfaces} by the thread that looks after the ports.
 */
public final class GuardMemory implements AutoCloseable {
    private final Arena arena;
    private final int descriptor;
    private final MemorySegment segment;
    private final List<GuardSlots> workers;

    private GuardMemory(Arena arena, int descriptor, MemorySegment segment, List<GuardSlots> workers) {
        this.arena = arena;
        this.descriptor = descriptor;
        this.segment = segment;
        this.workers = List.copyOf(workers);
    }

    /**
     * Makes it.
     *
     * @param workers how many there are
     * @param flowsMax directions that each of them holds at most
     */
    public static GuardMemory make(int workers, int flowsMax) throws LinuxException {
        int slots = Math.multiplyExact(workers, flowsMax);
        long length = SlotLayout.length(slots);
        int descriptor = Memory.anonymous("genkan-guard", length);
        Arena arena = Arena.ofShared();
        try {
            MemorySegment segment = Memory.map(descriptor, length, arena, "mmap(genkan-guard)");
            segment.set(JAVA_INT, SlotLayout.SLOTS, slots);
            segment.set(JAVA_INT, 0, SlotLayout.MAGIC);
            List<GuardSlots> shares = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                shares.add(new GuardSlots(segment, worker * flowsMax, flowsMax));
            }
            return new GuardMemory(arena, descriptor, segment, shares);
        } catch (LinuxException failed) {
            arena.close();
            Sockets.close(descriptor);
            throw failed;
        }
    }

    /** Where a process of the same user finds it, as long as this one lives. */
    public Path path() {
        return Path.of("/proc", Long.toString(ProcessHandle.current().pid()), "fd", Integer.toString(descriptor));
    }

    /** A worker's share. */
    public GuardSlots slots(int worker) {
        return workers.get(worker);
    }

    /** Directions that are guarded now. */
    public int flows() {
        int flows = 0;
        for (GuardSlots share : workers) {
            flows += share.used();
        }
        return flows;
    }

    /** The kernel's numbers of the ports' interfaces, in the order of the ports. */
    public void interfaces(List<Integer> indices) {
        if (indices.size() > PortSetup.PORTS_MAX) {
            throw new IllegalArgumentException(indices.size() + " ports");
        }
        for (int port = 0; port < indices.size(); port++) {
            segment.set(JAVA_INT, SlotLayout.INTERFACES + 4L * port, indices.get(port));
        }
        segment.set(JAVA_INT, SlotLayout.PORTS, indices.size());
    }

    MemorySegment segment() {
        return segment;
    }

    /** The workers have ended. */
    @Override
    public void close() {
        arena.close();
        Sockets.close(descriptor);
    }
}
