package jp.genkan.protocols.nfs;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/** Knows NFS by the head of the client's first call, which names program, version and procedure. */
public final class NfsRecogniser implements Recogniser {
    private static final int MARK_LENGTH = 4;
    private static final int CALL_MIN = 40;

    private final int markLength;

    private NfsRecogniser(int markLength) {
        this.markLength = markLength;
    }

    /** For UDP. */
    public static Recogniser datagrams() {
        return new NfsRecogniser(0);
    }

    /** For TCP. */
    public static Recogniser streams() {
        return new NfsRecogniser(MARK_LENGTH);
    }

    @Override
    public Recognition recognise(Opening opening) {
        int length = opening.length(Direction.TO_SERVER);
        if (length == 0) {
            return opening.length(Direction.TO_CLIENT) > 0 ? Recognition.NO : Recognition.MORE;
        }
        byte[] octets = opening.octets(Direction.TO_SERVER);
        FieldReader reader = RpcCall.reader(octets, 0, length);
        if (markLength > 0 && length >= MARK_LENGTH) {
            long fragment = reader.u32() & Integer.MAX_VALUE;
            if (fragment < CALL_MIN || fragment > NfsParser.MESSAGE_MAX) {
                return Recognition.NO;
            }
        }
        if (length < markLength + RpcCall.FIXED_LENGTH) {
            boolean more = markLength > 0 && (octets[0] & 0x7f) == 0 && isCallSoFar(octets, length);
            return more ? Recognition.MORE : Recognition.NO;
        }
        return RpcCall.parse(reader) != null ? Recognition.YES : Recognition.NO;
    }

    /** The numbers behind the mark and the call's own are small: zeros, and a two. */
    private static boolean isCallSoFar(byte[] octets, int length) {
        for (int i = 8; i < Math.min(length, 15); i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
