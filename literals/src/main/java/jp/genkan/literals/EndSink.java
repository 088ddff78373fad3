package jp.genkan.literals;

/** Takes every end of every literal, outside of native code: it may do what it likes. */
@FunctionalInterface
public interface EndSink {
    /**
     * A literal was found. In no particular order, and each place once.
     *
     * @param id of the literal; of duplicates, the first one's
     * @param end octets from the first one of the scan to the last one of the literal, included
     */
    void found(int id, int end);
}
