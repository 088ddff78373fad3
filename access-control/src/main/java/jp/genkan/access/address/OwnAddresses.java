package jp.genkan.access.address;

/** The box's own addresses, which may change while it runs. Asked on the packet path: must neither allocate nor wait. */
@FunctionalInterface
public interface OwnAddresses {
    /** A box without an address. */
    OwnAddresses NONE = (high, low) -> false;

    /** True when the address is the box's own. */
    boolean contains(long high, long low);
}
