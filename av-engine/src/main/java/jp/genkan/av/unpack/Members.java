package jp.genkan.av.unpack;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes the members of one container. It counts entries, octets, ratio, depth and time, and throws {@link LimitException} when a bound is
 * reached; an unpacker lets that through. Members are looked at when they are closed, one after the other: only one is open at a time.
 *
 * <p>Thread rule: the thread that scans.
 */
public interface Members {
    /**
     * Begins a member.
     *
     * @param name decoded; null when it has none
     * @return where its octets go; closing it has it looked at. What was written counts even if the member turns out to be broken
     * @throws LimitException when a bound is reached
     */
    OutputStream begin(@Nullable String name) throws IOException;

    /**
     * A member that lies in the container as it is.
     *
     * @param offset of its first octet in the container
     * @param length how many; what is beyond the container's end is left out
     */
    void stored(@Nullable String name, long offset, long length) throws IOException;

    /** A member that cannot be looked at. */
    void uninspectable(@Nullable String name, Reason reason);

    /** To be asked in loops that write nothing for long. */
    void checkTime() throws LimitException;

    /** Why a member, or the rest of a container, was not looked at. */
    enum Reason {
        /** Encrypted, and no password fits. */
        ENCRYPTED,
        /** Broken, or its end is missing. */
        BROKEN,
        /** A method or version that is not known. */
        UNSUPPORTED,
        /** Larger than may be unpacked. */
        TOO_LARGE,
        /** Its ratio is a bomb's. */
        BOMB,
        /** Nested too deep. */
        TOO_DEEP,
        /** Too many members. */
        TOO_MANY,
        /** Its time was over. */
        TOO_LONG
    }
}
