package jp.genkan.dataplane.application;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.flow.FlowView;

/**
 * How many octets of each machine's traffic the box could read, knew the server's name of, or could not see into. Counted when a flow ends, octets that the
 * kernel forwarded included.
 *
 * <p>Thread rule: one worker adds, any thread reads.
 */
public final class Blindness {
    /** Machines that have a row of their own; what the others add up to is told under no address. A hundred machines, each with a dozen addresses of IPv6. */
    public static final int HOSTS_MAX = 2048;

    private static final Sight[] SIGHTS = Sight.values();

    private final ConcurrentHashMap<Address, AtomicLongArray> byHost = new ConcurrentHashMap<>();
    private final AtomicLongArray others = new AtomicLongArray(SIGHTS.length);

    /** Adds a flow that has ended. */
    void add(FlowView flow, Sight sight) {
        long octets = flow.bytesToServer()
                + flow.bytesToClient()
                + flow.bypassedBytesToServer()
                + flow.bypassedBytesToClient();
        boolean byClient = flow.clientSide() == Side.INSIDE;
        Address host = byClient
                ? new Address(flow.clientHigh(), flow.clientLow())
                : new Address(flow.serverHigh(), flow.serverLow());
        AtomicLongArray row = byHost.get(host);
        if (row == null && byHost.size() < HOSTS_MAX) {
            row = new AtomicLongArray(SIGHTS.length);
            byHost.put(host, row);
        }
        (row == null ? others : row).getAndAdd(sight.ordinal(), octets);
    }

    /** Adds what was counted here to sums by address; the machines without a row of their own under {@code others}. */
    public void addTo(Map<Address, long[]> sums, long[] rest) {
        byHost.forEach((host, row) -> add(row, sums.computeIfAbsent(host, any -> new long[SIGHTS.length])));
        add(others, rest);
    }

    private static void add(AtomicLongArray row, long[] sum) {
        for (int i = 0; i < SIGHTS.length; i++) {
            sum[i] += row.get(i);
        }
    }

    /** Sums over all machines of several workers, by {@link Sight#ordinal}. */
    public static long[] total(Iterable<Blindness> workers) {
        Map<Address, long[]> sums = new TreeMap<>();
        long[] total = new long[SIGHTS.length];
        for (Blindness worker : workers) {
            worker.addTo(sums, total);
        }
        for (long[] sum : sums.values()) {
            for (int i = 0; i < SIGHTS.length; i++) {
                total[i] += sum[i];
            }
        }
        return total;
    }
}
