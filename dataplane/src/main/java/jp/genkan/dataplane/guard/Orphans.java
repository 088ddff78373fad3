package jp.genkan.dataplane.guard;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.dataplane.port.PortSetup;

/**
 * Reads what a dead engine owes.
 *
 * <p>Thread rule: stateless; the engine must have ended.
 */
final class Orphans {
    /** Slots of the largest box: thirty times as many workers as any has. */
    private static final int SLOTS_MAX = 1 << 18;

    private Orphans() {}

    /** The ends of all connections of which octets were acknowledged that have not arrived. */
    static List<OrphanEnd> read(MemorySegment memory) {
        List<OrphanEnd> ends = new ArrayList<>();
        int slots = memory.get(JAVA_INT, SlotLayout.SLOTS);
        int ports = memory.get(JAVA_INT, SlotLayout.PORTS);
        boolean whole = memory.get(JAVA_INT, 0) == SlotLayout.MAGIC
                && slots >= 0
                && slots <= SLOTS_MAX
                && SlotLayout.length(slots) <= memory.byteSize()
                && ports >= 0
                && ports <= PortSetup.PORTS_MAX;
        for (int slot = 0; whole && slot < slots; slot++) {
            read(memory, SlotLayout.slot(slot), ports, ends);
        }
        return ends;
    }

    private static void read(MemorySegment memory, long at, int ports, List<OrphanEnd> ends) {
        int receiverHas = memory.get(JAVA_INT, at + SlotLayout.RECEIVER_HAS);
        int senderTold = memory.get(JAVA_INT, at + SlotLayout.SENDER_TOLD);
        int senderHas = memory.get(JAVA_INT, at + SlotLayout.SENDER_HAS);
        int port = memory.get(JAVA_INT, at + SlotLayout.PORT);
        int toReceiver = memory.get(JAVA_INT, at + SlotLayout.LENGTHS);
        int toSender = memory.get(JAVA_INT, at + SlotLayout.LENGTHS + 4);
        boolean owed = memory.get(JAVA_INT, at + SlotLayout.STATE) == SlotLayout.USED && receiverHas != senderTold;
        if (!owed || port < 0 || port >= ports || !isLength(toReceiver) || !isLength(toSender)) {
            return;
        }
        ends.add(new OrphanEnd(
                memory,
                at + SlotLayout.TO_RECEIVER,
                toReceiver,
                others(memory, port, ports),
                senderHas,
                receiverHas,
                memory.get(JAVA_INT, at + SlotLayout.RECEIVER_GETS)));
        ends.add(new OrphanEnd(
                memory,
                at + SlotLayout.TO_SENDER,
                toSender,
                new int[] {interfaceOf(memory, port)},
                senderTold,
                senderHas,
                memory.get(JAVA_INT, at + SlotLayout.SENDER_GETS)));
    }

    private static boolean isLength(int octets) {
        return octets > 0 && octets <= SlotLayout.FRAME_MAX;
    }

    private static int interfaceOf(MemorySegment memory, int port) {
        return memory.get(JAVA_INT, SlotLayout.INTERFACES + 4L * port);
    }

    /** Of several ports, behind which one the receiver is, nobody knows here; a frame for one machine does no harm behind the others. */
    private static int[] others(MemorySegment memory, int port, int ports) {
        int[] others = new int[ports - 1];
        int count = 0;
        for (int other = 0; other < ports; other++) {
            if (other != port) {
                others[count++] = interfaceOf(memory, other);
            }
        }
        return others;
    }
}
