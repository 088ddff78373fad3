package jp.genkan.dataplane.forward;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import jp.genkan.core.frame.Mac;

/**
 * Which MAC address was last seen behind which port, as a transparent bridge learns it (IEEE 802.1D-2004 §7.8), for all VLANs together.
 *
 * <p>Each entry is one {@code long}, so that several workers write without locks: a lost race costs one learning, never a wrong entry.
 *
 * <pre>
 *   63                                16 15        8 7         0
 *  +------------------------------------+-----------+-----------+
 *  |            MAC address             | port      | age clock |
 *  +------------------------------------+-----------+-----------+
 * </pre>
 *
 * <p>Thread rule: any number of workers. Nothing allocates.
 */
public final class MacTable {
    /** What {@link #portOf} says of an address that was never seen or is too old. */
    public static final int UNKNOWN = -1;

    /** Entries; a power of two. A firm of 100 people has a few hundred addresses. */
    public static final int ENTRIES = 8_192;

    /** Places an address may stand in; when all are taken by others, the oldest gives way. */
    private static final int WAYS = 4;

    /** 802.1D's default ageing time. */
    public static final long AGEING_NANOS = 300_000_000_000L;

    /** One tick of the age clock: 2^32 ns, about 4.3 s, so that 8 bits tell 1,099 s apart. */
    private static final int TICK_SHIFT = 32;

    private static final int AGEING_TICKS = (int) (AGEING_NANOS >>> TICK_SHIFT);
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] cells = new long[ENTRIES];

    /**
     * Notes that a frame from this address came in by this port.
     *
     * @param nanos monotonic time
     * @return true when the address was known behind another port until now
     */
    public boolean learn(long mac, int port, long nanos) {
        if (Mac.isGroup(mac) || mac == 0) {
            return false;
        }
        long age = tick(nanos);
        int base = slot(mac);
        int victim = base;
        int victimAge = -1;
        for (int way = 0; way < WAYS; way++) {
            int at = (base + way) & (ENTRIES - 1);
            long cell = (long) CELL.getOpaque(cells, at);
            if (cell >>> 16 == mac) {
                long fresh = mac << 16 | (long) port << 8 | age;
                if (cell != fresh) {
                    CELL.setOpaque(cells, at, fresh);
                }
                return portIn(cell) != port && ticksSince(cell, age) <= AGEING_TICKS;
            }
            int old = cell == 0 ? Integer.MAX_VALUE : ticksSince(cell, age);
            if (old > victimAge) {
                victim = at;
                victimAge = old;
            }
        }
        CELL.setOpaque(cells, victim, mac << 16 | (long) port << 8 | age);
        return false;
    }

    /** The port that the address was last seen behind, or {@link #UNKNOWN}. */
    public int portOf(long mac, long nanos) {
        int base = slot(mac);
        for (int way = 0; way < WAYS; way++) {
            long cell = (long) CELL.getOpaque(cells, (base + way) & (ENTRIES - 1));
            if (cell >>> 16 == mac && cell != 0) {
                return ticksSince(cell, tick(nanos)) <= AGEING_TICKS ? portIn(cell) : UNKNOWN;
            }
        }
        return UNKNOWN;
    }

    private static int portIn(long cell) {
        return (int) (cell >>> 8) & 0xff;
    }

    private static long tick(long nanos) {
        return (nanos >>> TICK_SHIFT) & 0xff;
    }

    private static int ticksSince(long cell, long nowTick) {
        return (int) (nowTick - cell) & 0xff;
    }

    private static int slot(long mac) {
        long mixed = mac * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 40) & (ENTRIES - 1);
    }
}
