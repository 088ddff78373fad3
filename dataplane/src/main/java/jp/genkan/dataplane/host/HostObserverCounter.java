package jp.genkan.dataplane.host;

/** What a worker's host observer counts. */
public enum HostObserverCounter {
    /** Observations handed to the host table. */
    NEWS,
    /** Observations that the full queue did not take. They are told again with a later frame of the same machine. */
    NEWS_DROPPED,
    /** Packets with a machine's name in them that were handed over. */
    NAME_PACKETS,
    /** Packets with a machine's name in them that came less than a second after the last one, or DHCP beyond 100 a second: not looked at. */
    NAME_PACKETS_THROTTLED
}
