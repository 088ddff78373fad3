package jp.genkan.dataplane.host;

/** What the host table counts. */
public enum HostCounter {
    /** Machines that were seen for the first time. */
    HOSTS_NEW,
    /** Machines that were forgotten because the table was full. */
    HOSTS_FORGOTTEN,
    /** Addresses that were not noted because their machine has too many. */
    ADDRESSES_IGNORED,
    /** Name-bearing packets from which no name could be read. */
    NAMES_UNREADABLE,
    /** Events about new machines that were left out because there were too many in a minute. */
    EVENTS_SHED
}
