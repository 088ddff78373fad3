package jp.genkan.protocols.ssh;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows SSH by "SSH-" at the begin of either direction. A server may send other lines first, a client may not.
 *
 * <p>Thread rule: stateless.
 */
public final class SshRecogniser implements Recogniser {
    static final byte[] MARK = {'S', 'S', 'H', '-'};

    /** The one there is. */
    public SshRecogniser() {}

    @Override
    public Recognition recognise(Opening opening) {
        Recognition client = of(opening, Direction.TO_SERVER);
        if (client != Recognition.MORE) {
            return client;
        }
        return of(opening, Direction.TO_CLIENT) == Recognition.YES ? Recognition.YES : Recognition.MORE;
    }

    private static Recognition of(Opening opening, Direction direction) {
        byte[] octets = opening.octets(direction);
        int length = Math.min(opening.length(direction), MARK.length);
        for (int i = 0; i < length; i++) {
            if (octets[i] != MARK[i]) {
                return Recognition.NO;
            }
        }
        return length == MARK.length ? Recognition.YES : Recognition.MORE;
    }
}
