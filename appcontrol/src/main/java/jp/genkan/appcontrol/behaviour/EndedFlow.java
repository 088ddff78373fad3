package jp.genkan.appcontrol.behaviour;

import jp.genkan.core.frame.Address;

/**
 * A flow that has ended, as behaviours are judged by it.
 *
 * @param machine the end inside
 * @param begunInside true when the machine began it
 * @param peer the other end
 * @param port the server's
 * @param protocol IP protocol number
 * @param known true when what the flow was is known by its octets or names
 * @param service true when it is a service by name: what a maker's machines do at even intervals is no beacon
 * @param isEncrypted true for TLS and QUIC
 * @param bytesOut octets that the machine has sent
 * @param bytesIn octets that it got
 * @param answered true when both ends have spoken
 * @param fromNanos first packet, nanoseconds since 1970
 * @param toNanos last packet
 */
public record EndedFlow(
        Address machine,
        boolean begunInside,
        Address peer,
        int port,
        int protocol,
        boolean known,
        boolean service,
        boolean isEncrypted,
        long bytesOut,
        long bytesIn,
        boolean answered,
        long fromNanos,
        long toNanos) {}
