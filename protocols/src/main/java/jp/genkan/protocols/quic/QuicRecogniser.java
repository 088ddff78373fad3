package jp.genkan.protocols.quic;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.tls.OctetReader;

/**
 * Knows QUIC by the version in the client's first datagram. Flows that were picked up later have no mark that could be known.
 *
 * <p>Thread rule: stateless.
 */
public final class QuicRecogniser implements Recogniser {
    private static final int SHORTEST = 20; // an Initial packet of Google's with nothing in it has more
    private static final int CLIENT_MINIMUM = 1200; // RFC 9000 §14.1

    /** The one there is. */
    public QuicRecogniser() {}

    @Override
    public Recognition recognise(Opening opening) {
        byte[] octets = opening.octets(Direction.TO_SERVER);
        int length = opening.length(Direction.TO_SERVER);
        if (length == 0) {
            return Recognition.MORE;
        }
        if (length < SHORTEST) {
            return Recognition.NO;
        }
        boolean known = (octets[0] & 0x80) != 0 ? longHeader(octets, length) : oldGoogle(octets, length);
        return known ? Recognition.YES : Recognition.NO;
    }

    private static boolean longHeader(byte[] octets, int length) {
        OctetReader in = new OctetReader(octets, 1, length);
        int version = in.u32();
        if (QuicVersion.isClearText(version)) {
            return true;
        }
        boolean shaped = in.u8() <= LongHeader.CONNECTION_ID_MAX;
        if (QuicVersion.of(version) != null) {
            return shaped;
        }
        return shaped && QuicVersion.isReserved(version) && (octets[0] & 0x40) != 0 && length >= CLIENT_MINIMUM;
    }

    private static boolean oldGoogle(byte[] octets, int length) {
        return (octets[0] & 0x09) == 0x09 && QuicVersion.isClearText(new OctetReader(octets, 9, length).u32());
    }
}
