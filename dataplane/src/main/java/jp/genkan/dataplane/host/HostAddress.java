package jp.genkan.dataplane.host;

import java.time.Instant;
import jp.genkan.core.frame.Address;

/**
 * An address that a machine has used.
 *
 * @param address IPv4 or IPv6
 * @param firstSeen when it was first seen at this machine
 * @param lastSeen when it was last seen there, to within a minute
 */
public record HostAddress(Address address, Instant firstSeen, Instant lastSeen) {}
