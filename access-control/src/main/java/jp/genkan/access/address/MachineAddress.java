package jp.genkan.access.address;

import jp.genkan.core.frame.Address;

/** Tells addresses of one machine from those of many or of none. */
public final class MachineAddress {
    private MachineAddress() {}

    /**
     * False for groups (RFC 1112, RFC 4291 §2.7), broadcast, and the unspecified address that a machine uses before it has its own: cutting
     * them off would hit everybody.
     */
    public static boolean isOneMachine(long high, long low) {
        if (Address.isV4(high, low)) {
            int bits = (int) low;
            return bits >>> 28 != 0xe && bits != -1 && bits != 0;
        }
        return high >>> 56 != 0xff && (high != 0 || low != 0);
    }
}
