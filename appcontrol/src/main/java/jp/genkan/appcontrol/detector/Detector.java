package jp.genkan.appcontrol.detector;

import jp.genkan.appcontrol.signature.Payload;

/** Knows a protocol by more than octets at places. Stateless: what it has to remember of a flow stands in the flow's memory. */
public interface Detector {
    /** Words of memory that it wants in each flow. */
    default int words() {
        return 0;
    }

    /**
     * Looks at a packet of a flow that is not named yet.
     *
     * @param memory the flow's; zeros at its first packet
     * @param at index of the detector's first word
     * @return a {@link Finding}
     */
    long inspect(Payload payload, long[] memory, int at);
}
