package jp.genkan.protocols.http2;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/**
 * Knows HTTP/2 by the client's preface, RFC 9113 §3.4.
 *
 * <p>Thread rule: stateless.
 */
public final class Http2Recogniser implements Recogniser {
    static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

    @Override
    public Recognition recognise(Opening opening) {
        byte[] octets = opening.octets(Direction.TO_SERVER);
        int compared = Math.min(opening.length(Direction.TO_SERVER), PREFACE.length);
        for (int i = 0; i < compared; i++) {
            if (octets[i] != PREFACE[i]) {
                return Recognition.NO;
            }
        }
        return compared == PREFACE.length ? Recognition.YES : Recognition.MORE;
    }
}
