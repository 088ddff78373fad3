package jp.genkan.dataplane.stream;

import jp.genkan.dataplane.flow.TcpTracker;

/**
 * Which octets a receiver keeps when segments that it cannot read yet overlap with different content (Novak and Sturges, "Target-Based TCP
 * Stream Reassembly", 2007). Only for {@link StreamMode#PASSIVE}: inline, no such segment reaches the receiver.
 */
public enum OverlapPolicy {
    /** The first octet that came stays. */
    FIRST,
    /** The last octet that came counts. */
    LAST,
    /** The first stays, unless the later segment begins before it. */
    BSD,
    /** As BSD; and a later segment that begins at the same place and is longer counts. */
    LINUX,
    /** The first stays, unless the later segment begins before it and ends after it. */
    WINDOWS;

    /** Whether a later segment's octets replace an earlier one's where they overlap. Sequence numbers; ends are exclusive. */
    boolean replaces(int laterStart, int laterEnd, int earlierStart, int earlierEnd) {
        return switch (this) {
            case FIRST -> false;
            case LAST -> true;
            case BSD -> TcpTracker.before(laterStart, earlierStart);
            case LINUX ->
                TcpTracker.before(laterStart, earlierStart)
                        || laterStart == earlierStart && TcpTracker.after(laterEnd, earlierEnd);
            case WINDOWS -> TcpTracker.before(laterStart, earlierStart) && TcpTracker.after(laterEnd, earlierEnd);
        };
    }
}
