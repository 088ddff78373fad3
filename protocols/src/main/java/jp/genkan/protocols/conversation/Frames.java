package jp.genkan.protocols.conversation;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Takes the pieces of a protocol's own framing: rules look at them by name ({@code frame:smb2.hdr}). There only where somebody asks for frames, see {@link
 * Conversation#frames}. Octets are not handed over: who listens has the stream, and needs to know the places.
 *
 * <p>Thread rule: as {@link Conversation}.
 */
public interface Frames {
    /**
     * Place in its direction's stream of the first octet that the call of the parser was given, in a datagram 0: the octet at index {@code i} of what was given
     * from {@code from} on stands at {@code origin() + i - from}.
     */
    long origin();

    /**
     * A frame begins. To be told when its type is known, at its last octet at the latest; those that begin before others are told before them.
     *
     * @param type its name, a constant
     * @param begin place of its first octet; not more than {@link #BACK_MAX} octets ago
     * @param length octets, or {@link ProtocolFrame#UNKNOWN}; then {@link #end} is to be called
     * @param transaction to which it belongs; null when that is not known yet, or never
     */
    ProtocolFrame tell(Direction direction, String type, long begin, long length, @Nullable Transaction transaction);

    /** How long ago a frame may have begun when it is told: heads of SIP, the longest that a parser reads before it knows what they are, are half as long. Of an older frame the beginning is not looked at. */
    int BACK_MAX = 1 << 15;

    /** A frame whose length was not known is over: the place behind its last octet. */
    void end(ProtocolFrame frame, long behind);
}
