package jp.genkan.core.pipeline;

/**
 * One direction of a TCP connection whose octets wait in the box. What is held was inspected and acknowledged to its sender; its receiver gets it when a stage lets
 * it go, as it came or with octets replaced. Lengths never change, so that both ends keep their sequence numbers.
 *
 * <p>Positions count octets from where the hold began.
 *
 * <p>Thread rule: the worker of the flow.
 */
public interface Hold {
    /** How many octets have come since the hold began, those that were let go included. */
    long size();

    /** Up to where octets were let go: nothing before can be replaced any more. */
    long released();

    /** Copies octets that still wait. Both ends lie between {@link #released} and {@link #size}. */
    void read(long from, byte[] to, int at, int length);

    /** Puts other octets in the place of some that still wait. */
    void replace(long at, byte[] octets, int from, int to);

    /** Lets octets go up to this position; what comes behind it waits on. */
    void release(long upTo);

    /** Lets everything go, what comes later too: the connection goes back to its two ends once what waits was delivered. */
    void end();

    /** True when nothing waits for a stage any more: after {@link #end}, or when the connection is over. */
    boolean isOver();

    /** True when its sender has finished: no octet will come any more. */
    default boolean isComplete() {
        return false;
    }

    /** Octets that may still be held before memory runs out. */
    long room();
}
