package jp.genkan.protocols.rdp;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows RDP by the client's connection request: TPKT, X.224, and behind them nothing, a cookie, or a request to negotiate. Other protocols over TPKT have
 * X.224's own parameters there.
 *
 * <p>Thread rule: stateless.
 */
public final class RdpRecogniser implements Recogniser {
    private static final int FIXED = 11; // TPKT and the fixed part of X.224
    private static final int NEGOTIATION = 1;

    /** The one there is. */
    public RdpRecogniser() {}

    @Override
    public Recognition recognise(Opening opening) {
        byte[] octets = opening.octets(Direction.TO_SERVER);
        int length = opening.length(Direction.TO_SERVER);
        if (length > 0 && octets[0] != 3 || length > 1 && octets[1] != 0) {
            return Recognition.NO;
        }
        if (length < FIXED) {
            return Recognition.MORE;
        }
        int whole = (octets[2] & 0xff) << 8 | octets[3] & 0xff;
        boolean request = (octets[4] & 0xff) + 5 == whole && (octets[5] & 0xff) == 0xe0;
        if (!request || whole < FIXED) {
            return Recognition.NO;
        }
        if (whole == FIXED) {
            return Recognition.YES;
        }
        if (length == FIXED) {
            return Recognition.MORE;
        }
        return octets[FIXED] == 'C' || octets[FIXED] == NEGOTIATION ? Recognition.YES : Recognition.NO;
    }
}
