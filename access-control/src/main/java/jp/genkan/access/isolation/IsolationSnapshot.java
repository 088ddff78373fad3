package jp.genkan.access.isolation;

import java.util.List;
import jp.genkan.core.frame.Address;

/**
 * Who is isolated at one moment, as the workers ask: two open-addressed tables of primitives. Immutable.
 */
final class IsolationSnapshot {
    static final IsolationSnapshot EMPTY = new IsolationSnapshot(0, List.of());

    private static final int NOT_FOUND = -1;

    private final int generation;
    private final List<Isolation> isolations;
    private final int mask;
    private final long[] macs;
    private final int[] macIsolation;
    private final long[] addresses; // high, low
    private final int[] addressIsolation; // NOT_FOUND: the place is free

    IsolationSnapshot(int generation, List<Isolation> isolations) {
        this.generation = generation;
        this.isolations = List.copyOf(isolations);
        int capacity = Math.max(16, Integer.highestOneBit(isolations.size() * 4 + 1) * 2); // at most a quarter full
        mask = capacity - 1;
        macs = new long[capacity];
        macIsolation = new int[capacity];
        addresses = new long[2 * capacity];
        addressIsolation = new int[capacity];
        java.util.Arrays.fill(addressIsolation, NOT_FOUND);
        for (int i = 0; i < isolations.size(); i++) {
            Isolation isolation = isolations.get(i);
            if (isolation.mac() != 0) {
                putMac(isolation.mac(), i);
            }
            if (isolation.target() instanceof IsolationTarget.OfAddress(Address address)) {
                putAddress(address, i);
            }
        }
    }

    private void putMac(long mac, int isolation) {
        int at = place(mac);
        while (macs[at] != 0 && macs[at] != mac) {
            at = at + 1 & mask;
        }
        macs[at] = mac;
        macIsolation[at] = isolation;
    }

    private void putAddress(Address address, int isolation) {
        int at = place(address.high() * 31 + address.low());
        while (addressIsolation[at] != NOT_FOUND) {
            at = at + 1 & mask;
        }
        addresses[2 * at] = address.high();
        addresses[2 * at + 1] = address.low();
        addressIsolation[at] = isolation;
    }

    private int place(long key) {
        long mixed = key * 0x9e37_79b9_7f4a_7c15L;
        return (int) (mixed >>> 40) & mask;
    }

    int generation() {
        return generation;
    }

    boolean isEmpty() {
        return isolations.isEmpty();
    }

    List<Isolation> isolations() {
        return isolations;
    }

    Isolation get(int number) {
        return isolations.get(number);
    }

    /** The number of the isolation that cuts off this MAC address, or -1. */
    int ofMac(long mac) {
        if (mac == 0) {
            return NOT_FOUND;
        }
        for (int at = place(mac); macs[at] != 0; at = at + 1 & mask) {
            if (macs[at] == mac) {
                return macIsolation[at];
            }
        }
        return NOT_FOUND;
    }

    /** The number of the isolation that cuts off this address, or -1. */
    int ofAddress(long high, long low) {
        for (int at = place(high * 31 + low); addressIsolation[at] != NOT_FOUND; at = at + 1 & mask) {
            if (addresses[2 * at + 1] == low && addresses[2 * at] == high) {
                return addressIsolation[at];
            }
        }
        return NOT_FOUND;
    }
}
