package jp.genkan.protocols.conversation;

import jp.genkan.core.observation.Direction;

/**
 * The first octets of a flow, both directions: what a protocol is recognised from. For datagrams, the first of each direction.
 *
 * <p>Thread rule: the worker of its flow.
 */
public interface Opening {
    /** Most octets that are kept of a direction. */
    int OCTETS_MAX = 4096;

    /** The octets of a direction, from index 0; only those before {@link #length} count. */
    byte[] octets(Direction direction);

    /** How many there are so far. */
    int length(Direction direction);

    /** True when octets are missing before the first. */
    boolean isAfterGap(Direction direction);

    /** The server's port: a hint where octets alone leave a doubt, never the only ground. */
    int serverPort();

    /** The client's port. */
    int clientPort();
}
