package jp.genkan.dataplane.hold;

/** What holding counts. */
public enum HoldCounter {
    /** Directions that were held. */
    HOLDS,
    /** Those that ended with the packet with which they began, which went on as it came. */
    UNNEEDED,
    /** Those that went back to their ends. */
    HANDED_BACK,
    /** Those whose connection ended first. */
    ENDED,
    /** Octets that were held. */
    BYTES,
    /** Octets that were replaced. */
    BYTES_REPLACED,
    /** Segments that were sent in a sender's place. */
    SEGMENTS,
    /** Segments that were sent again. */
    RETRANSMISSIONS,
    /** Acknowledgments that were sent in a receiver's place. */
    ACKNOWLEDGMENTS,
    /** Not held: its beginning was not seen. */
    REFUSED_MIDSTREAM,
    /** Not held: octets behind a gap have gone on already. */
    REFUSED_GAP,
    /** Not held: the frame is one that no frame can be made like, a tunnel or a reassembled datagram. */
    REFUSED_FRAME,
    /** Not held: the direction has ended. */
    REFUSED_ENDED,
    /** Not held: too much is held already. */
    REFUSED_FULL,
    /** Given up because the receiver has more than was inspected: the kernel has forwarded it while the engine did not run. */
    OVERTAKEN,
    /** Ended because memory ran out, or octets are missing. */
    OVERFLOWED,
    /** Connections given up because their receiver did not answer. */
    UNANSWERED,
    /** Connections cut while they were held. */
    CUT
}
