package jp.genkan.protocols.enip;

import java.nio.ByteOrder;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;

/** Knows EtherNet/IP by a header whose every field is as the specification wants it for its command. */
public final class EnipRecogniser implements Recogniser {
    private static final int PORT = 44818;
    private static final int ITEMS_MAX = 8;

    private final boolean stream;

    private EnipRecogniser(boolean stream) {
        this.stream = stream;
    }

    /** For UDP. */
    public static Recogniser datagrams() {
        return new EnipRecogniser(false);
    }

    /** For TCP. */
    public static Recogniser streams() {
        return new EnipRecogniser(true);
    }

    @Override
    public Recognition recognise(Opening opening) {
        for (Direction direction : Direction.values()) {
            int length = opening.length(direction);
            if (length > 0) {
                return judge(opening, direction, length);
            }
        }
        return Recognition.MORE;
    }

    private Recognition judge(Opening opening, Direction direction, int length) {
        byte[] octets = opening.octets(direction);
        if (length < EnipMessage.HEADER_LENGTH) {
            return stream && octets[0] != 0 && mayBeCommand(octets[0] & 0xff) && (length < 2 || octets[1] == 0)
                    ? Recognition.MORE
                    : Recognition.NO;
        }
        if (!isHeader(octets, 0, length)) {
            return Recognition.NO;
        }
        FieldReader reader = new FieldReader(octets, 0, length, ByteOrder.LITTLE_ENDIAN);
        int command = reader.u16();
        int body = reader.u16();
        long session = reader.u32();
        long status = reader.u32();
        reader.skip(12);
        if (!stream && body != length - EnipMessage.HEADER_LENGTH) {
            return Recognition.NO;
        }
        boolean usualPort = opening.serverPort() == PORT || opening.clientPort() == PORT;
        return fits(command, body, session, status, reader, usualPort) ? Recognition.YES : Recognition.NO;
    }

    private static boolean fits(int command, int body, long session, long status, FieldReader rest, boolean usualPort) {
        return switch (command) {
            case EnipMessage.REGISTER_SESSION -> body == 4 && rest.u16() == 1 && rest.u16() == 0;
            case EnipMessage.LIST_IDENTITY, EnipMessage.LIST_SERVICES, 0x64 ->
                status == 0 && session == 0 && (body == 0 ? usualPort : body > 6 && isItems(rest));
            case EnipMessage.SEND_RR_DATA, EnipMessage.SEND_UNIT_DATA -> {
                boolean cip = status == 0 && session != 0 && rest.u32() == 0;
                rest.u16();
                yield cip && isItems(rest);
            }
            default -> false;
        };
    }

    /** A count, and a first item of a type that exists. */
    private static boolean isItems(FieldReader reader) {
        int count = reader.u16();
        int type = reader.u16();
        boolean known = switch (type) {
            case 0, 0x0c, 0x86, 0x91, 0xa1, 0xb1, 0xb2, 0x100 -> true;
            default -> false;
        };
        return !reader.hasFailed() && count > 0 && count <= ITEMS_MAX && known;
    }

    private static boolean mayBeCommand(int command) {
        return switch (command) {
            case 0x00, 0x04, 0x63, 0x64, 0x65, 0x66, 0x6f, 0x70, 0x72, 0x73 -> true;
            default -> false;
        };
    }

    /** A header may begin here: a command that exists, a status that exists, no options. */
    static boolean isHeader(byte[] octets, int from, int length) {
        if (length < EnipMessage.HEADER_LENGTH) {
            return false;
        }
        FieldReader reader = new FieldReader(octets, from, from + length, ByteOrder.LITTLE_ENDIAN);
        int command = reader.u16();
        reader.skip(6);
        long status = reader.u32();
        reader.skip(8);
        return command <= 0xff
                && mayBeCommand(command)
                && !EnipNames.status(status).startsWith("unknown")
                && reader.u32() == 0;
    }
}
