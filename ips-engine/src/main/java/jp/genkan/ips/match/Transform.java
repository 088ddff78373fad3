package jp.genkan.ips.match;

import org.jspecify.annotations.Nullable;

/** Changes a buffer before it is looked at: {@code to_lowercase}, {@code from_base64}. Immutable; equal transforms are equal objects. */
public interface Transform {
    /** As rules spell it, its options included: equal texts do the same. */
    String spelling();

    /**
     * The changed octets in an array of their own.
     *
     * @return null when there is no result: the buffer then does not exist
     */
    byte @Nullable [] apply(byte[] octets, int from, int to, Moment moment);
}
