package jp.genkan.core.fragment;

/** What an {@link IpReassembler} counts; the Javadoc is the operator's manual. */
public enum FragmentCounter {
    /** Fragments that were offered. */
    FRAGMENTS,
    /** Datagrams that were put together. */
    REASSEMBLED,
    /** Datagrams that did not become whole in time. */
    TIMED_OUT,
    /** Datagrams given up because more were under way than the limit allows: a flood of fragments, or a limit that is too low. */
    EVICTED,
    /** Datagrams given up because they had more fragments than the limit allows. */
    TOO_MANY_FRAGMENTS,
    /** Fragments left out because they end beyond the largest datagram there is (the "ping of death"). */
    TOO_LARGE,
    /** Fragments left out because of their length: none at all, or no multiple of eight before the last (IPv6). */
    LENGTH_INVALID,
    /** Fragments left out because they contradict the end of the datagram that another one gave. */
    END_CONTRADICTED,
    /** Fragments left out because they are not here whole, or their header's checksum is wrong: the receiver ignores them too. */
    UNUSABLE,
    /** Fragments that overlapped others and had the same octets, or exactly repeated one. */
    OVERLAP_SAME,
    /** Fragments that overlapped others and had different octets: an attempt to evade inspection, mostly. */
    OVERLAP_DIFFERENT,
    /** Datagrams given up because of an overlap (RFC 5722, or the overlap policy {@code discard}). */
    DISCARDED;

    /** The name in counters and status. */
    public String eveName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
