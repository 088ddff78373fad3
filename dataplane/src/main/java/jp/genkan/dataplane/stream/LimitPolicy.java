package jp.genkan.dataplane.stream;

/** What is done with a segment whose octets cannot be compared with, or kept beside, what was inspected, because memory for it ran out. */
public enum LimitPolicy {
    /** It goes on: it is inspected, but retransmissions of it are not compared. */
    OPEN,
    /** It is dropped; its sender will send it again. */
    CLOSED
}
