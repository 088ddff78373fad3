package jp.genkan.dataplane.host;

/**
 * How much the host table holds.
 *
 * @param hostsMax machines; beyond it the unnamed one that was seen longest ago is forgotten, then the named one
 * @param addressesMax addresses of one machine; more of them within an hour mark it as a router
 * @param newHostEventsPerMinute events about new machines; beyond it they are only counted
 */
public record HostLimits(int hostsMax, int addressesMax, int newHostEventsPerMinute) {
    /** 4,096 machines, 32 addresses each, 60 events a minute: a small office has some dozens of machines. */
    public static final HostLimits DEFAULT = new HostLimits(4096, 32, 60);
}
