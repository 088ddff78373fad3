package jp.genkan.protocols.smb;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/** Knows SMB by its first record: a NetBIOS session message with SMB's mark, or the request of a NetBIOS session. Stateless. */
public final class SmbRecogniser implements Recogniser {
    private static final int MARK_AT = 4;
    private static final int MARK_LENGTH = 4;
    private static final int SESSION_REQUEST = 0x81;
    private static final int SESSION_REQUEST_LENGTH = 68; // RFC 1002 §4.3.2, two encoded names
    private static final int ENCODED_NAME_LENGTH = 32;

    /** Asks nothing of the port. */
    public SmbRecogniser() {}

    @Override
    public Recognition recognise(Opening opening) {
        Recognition client = direction(opening, Direction.TO_SERVER);
        Recognition server = direction(opening, Direction.TO_CLIENT);
        if (client == Recognition.YES || server == Recognition.YES) {
            return Recognition.YES;
        }
        return client == Recognition.NO || server == Recognition.NO ? Recognition.NO : Recognition.MORE;
    }

    private static Recognition direction(Opening opening, Direction direction) {
        byte[] octets = opening.octets(direction);
        int length = opening.length(direction);
        if (length == 0) {
            return Recognition.MORE;
        }
        int type = octets[0] & 0xff;
        if (type == SESSION_REQUEST && direction.isToServer()) {
            return sessionRequest(octets, length);
        }
        if (type >= 0x82 && type <= 0x85 && !direction.isToServer()) {
            return Recognition.MORE; // the server's word is no ground of its own
        }
        if (type != 0) {
            return Recognition.NO;
        }
        if (length > MARK_AT && (octets[MARK_AT] & 0xff) < 0xfc) {
            return Recognition.NO;
        }
        for (int index = 1; index < MARK_LENGTH && MARK_AT + index < length; index++) {
            if (octets[MARK_AT + index] != "\0SMB".charAt(index)) {
                return Recognition.NO;
            }
        }
        return length >= MARK_AT + MARK_LENGTH ? Recognition.YES : Recognition.MORE;
    }

    private static Recognition sessionRequest(byte[] octets, int length) {
        if (length < 5) {
            return Recognition.MORE;
        }
        boolean isRight = octets[1] == 0
                && octets[2] == 0
                && octets[3] == SESSION_REQUEST_LENGTH
                && octets[4] == ENCODED_NAME_LENGTH;
        return isRight ? Recognition.YES : Recognition.NO;
    }
}
