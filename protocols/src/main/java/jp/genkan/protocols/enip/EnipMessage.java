package jp.genkan.protocols.enip;

import java.nio.ByteOrder;
import java.util.List;
import jp.genkan.protocols.conversation.FieldReader;
import org.jspecify.annotations.Nullable;

/**
 * One message of the encapsulation.
 *
 * @param protocolVersion of a session or a device, -1 when it is not said
 * @param identity of a device; null when it is not told
 * @param capability of a device, -1 when it is not told
 * @param serviceName of a device; null when it is not told
 * @param cip what is asked or answered; null when that is nothing of CIP
 */
public record EnipMessage(
        int command,
        long status,
        int protocolVersion,
        @Nullable Identity identity,
        int capability,
        @Nullable String serviceName,
        @Nullable CipMessage cip) {
    static final int HEADER_LENGTH = 24;
    static final int LIST_SERVICES = 0x04;
    static final int LIST_IDENTITY = 0x63;
    static final int REGISTER_SESSION = 0x65;
    static final int SEND_RR_DATA = 0x6f;
    static final int SEND_UNIT_DATA = 0x70;

    /** Items of a message that are looked at; real ones have two. */
    static final int ITEMS_MAX = 8;

    private static final int ITEM_IDENTITY = 0x0c;
    private static final int ITEM_SERVICES = 0x100;
    private static final int ITEM_CONNECTED = 0xb1;
    private static final int ITEM_UNCONNECTED = 0xb2;
    private static final int SOCKET_ADDRESS = 16;
    private static final int SERVICE_NAME = 16;

    /**
     * Who a device says it is.
     *
     * @param revision major number in the upper octet
     */
    public record Identity(
            int vendor,
            int deviceType,
            int productCode,
            int revision,
            int status,
            long serial,
            String name,
            int state) {}

    /** Reads a whole message. */
    static EnipMessage parse(byte[] octets, int from, int to, boolean request) {
        FieldReader reader = new FieldReader(octets, from, to, ByteOrder.LITTLE_ENDIAN);
        int command = reader.u16();
        reader.u16();
        reader.u32();
        long status = reader.u32();
        reader.skip(12);
        return switch (command) {
            case REGISTER_SESSION ->
                new EnipMessage(command, status, reader.remaining() >= 2 ? reader.u16() : -1, null, -1, null, null);
            case LIST_IDENTITY, LIST_SERVICES -> device(command, status, reader);
            case SEND_RR_DATA, SEND_UNIT_DATA -> {
                reader.skip(6); // interface and time-out
                yield new EnipMessage(command, status, -1, null, -1, null, cip(reader, request));
            }
            default -> new EnipMessage(command, status, -1, null, -1, null, null);
        };
    }

    private static EnipMessage device(int command, long status, FieldReader reader) {
        int count = reader.remaining() >= 2 ? reader.u16() : 0;
        for (int i = 0; i < Math.min(count, ITEMS_MAX) && reader.remaining() > 4; i++) {
            int type = reader.u16();
            FieldReader item = reader.part(reader.u16());
            if (type == ITEM_IDENTITY) {
                int version = item.u16();
                item.skip(SOCKET_ADDRESS);
                return new EnipMessage(command, status, version, identity(item), -1, null, null);
            }
            if (type == ITEM_SERVICES) {
                int version = item.u16();
                int capability = item.u16();
                String name = item.part(SERVICE_NAME).zeroText();
                return new EnipMessage(command, status, version, null, capability, name, null);
            }
        }
        return new EnipMessage(command, status, -1, null, -1, null, null);
    }

    private static @Nullable Identity identity(FieldReader item) {
        int vendor = item.u16();
        int device = item.u16();
        int product = item.u16();
        int revision = item.u8() << 8 | item.u8();
        int status = item.u16();
        long serial = item.u32();
        String name = item.text(item.u8());
        int state = item.u8();
        return item.hasFailed() ? null : new Identity(vendor, device, product, revision, status, serial, name, state);
    }

    /** Where the items of a message begin, with their count; 0 where it has none. */
    static int items(int command) {
        return switch (command) {
            case LIST_SERVICES, LIST_IDENTITY -> HEADER_LENGTH;
            case SEND_RR_DATA, SEND_UNIT_DATA -> HEADER_LENGTH + 6;
            default -> 0;
        };
    }

    /** How many octets stand before the message of CIP in an item; -1 where it has none. */
    static int beforeCip(int type) {
        return switch (type) {
            case ITEM_CONNECTED -> 2;
            case ITEM_UNCONNECTED -> 0;
            default -> -1;
        };
    }

    private static @Nullable CipMessage cip(FieldReader reader, boolean request) {
        int count = reader.u16();
        for (int i = 0; i < Math.min(count, ITEMS_MAX) && reader.remaining() > 4; i++) {
            int type = reader.u16();
            FieldReader item = reader.part(reader.u16());
            if (type == ITEM_CONNECTED) {
                item.u16(); // counts the messages of a connection
            }
            if (type == ITEM_CONNECTED || type == ITEM_UNCONNECTED) {
                return CipMessage.parse(item, request, 0);
            }
        }
        return null;
    }

    /** Every message of CIP in it: the one that it carries, and those inside that one. */
    public List<CipMessage> services() {
        return cip == null ? List.of() : cip.flattened();
    }
}
