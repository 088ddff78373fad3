package jp.genkan.protocols.dcerpc;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/** Knows DCE/RPC by its first PDU: a binding, or a call where the beginning was not seen. Stateless. */
public final class DcerpcRecogniser implements Recogniser {
    private static final int DATA_FORMATS_MAX = 3; // of numbers with a point, C706 §14.1

    /** Asks nothing of the port. */
    public DcerpcRecogniser() {}

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
        if (length > 0 && octets[0] != 5 || length > 1 && (octets[1] & 0xfe) != 0) {
            return Recognition.NO;
        }
        if (length > 2 && !isType(octets[2], direction)) {
            return Recognition.NO;
        }
        if (length > 7 && !isFormat(octets)) {
            return Recognition.NO;
        }
        if (length < DcerpcPdu.HEADER_LENGTH) {
            return Recognition.MORE;
        }
        boolean little = (octets[DcerpcPdu.DREP_AT] & 0x10) != 0;
        int fragment = DcerpcPdu.u16(octets, DcerpcPdu.FRAGMENT_LENGTH_AT, little);
        int auth = DcerpcPdu.u16(octets, DcerpcPdu.AUTH_LENGTH_AT, little);
        return fragment >= DcerpcPdu.REQUEST_LENGTH && auth <= fragment - DcerpcPdu.HEADER_LENGTH
                ? Recognition.YES
                : Recognition.NO;
    }

    private static boolean isType(int type, Direction direction) {
        return switch (type) {
            case DcerpcPdu.REQUEST, DcerpcPdu.BIND, DcerpcPdu.ALTER_CONTEXT -> direction.isToServer();
            case DcerpcPdu.RESPONSE,
                    DcerpcPdu.FAULT,
                    DcerpcPdu.BIND_ACK,
                    DcerpcPdu.BIND_NAK,
                    DcerpcPdu.ALTER_CONTEXT_RESPONSE -> !direction.isToServer();
            default -> false;
        };
    }

    private static boolean isFormat(byte[] octets) {
        int integers = octets[DcerpcPdu.DREP_AT] & 0xff;
        int points = octets[DcerpcPdu.DREP_AT + 1] & 0xff;
        return (integers == 0x10 || integers == 0)
                && points <= DATA_FORMATS_MAX
                && octets[DcerpcPdu.DREP_AT + 2] == 0
                && octets[DcerpcPdu.DREP_AT + 3] == 0;
    }
}
