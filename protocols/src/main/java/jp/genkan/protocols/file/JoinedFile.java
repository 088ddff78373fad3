package jp.genkan.protocols.file;

/**
 * Takes the octets of a whole file that a {@link RangeJoiner} makes of its parts: from the first to the last, each once, in order. Then exactly one
 * of {@link #complete} and {@link #abandoned}. Thread rule: the joiner's worker.
 */
public interface JoinedFile {
    /** The next octets; only good during the call. */
    void octets(byte[] octets, int from, int to);

    /** Octets are missing here; only told by those that go on behind a hole. */
    default void gap(long missing) {}

    /** Every octet has come. */
    void complete();

    /** The rest will not come, or no room is left for what came too early. */
    void abandoned();
}
