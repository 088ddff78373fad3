package jp.genkan.protocols.dcerpc;

import java.util.HexFormat;

/** Names, numbers and places of a connection-oriented PDU (C706 §12.6). Stateless. */
final class DcerpcPdu {
    static final int HEADER_LENGTH = 16;
    static final int REQUEST_LENGTH = 24; // with allocation hint, context and operation
    static final int OBJECT_LENGTH = 16;
    static final int BIND_LENGTH = 28; // up to the context elements

    static final int REQUEST = 0;
    static final int RESPONSE = 2;
    static final int FAULT = 3;
    static final int BIND = 11;
    static final int BIND_ACK = 12;
    static final int BIND_NAK = 13;
    static final int ALTER_CONTEXT = 14;
    static final int ALTER_CONTEXT_RESPONSE = 15;

    static final int FIRST_FRAGMENT = 0x01;
    static final int LAST_FRAGMENT = 0x02;
    static final int OBJECT_UUID = 0x80;

    static final int TYPE_AT = 2;
    static final int FLAGS_AT = 3;
    static final int DREP_AT = 4;
    static final int FRAGMENT_LENGTH_AT = 8;
    static final int AUTH_LENGTH_AT = 10;
    static final int CALL_ID_AT = 12;
    static final int CONTEXT_AT = 20;
    static final int OPNUM_AT = 22;

    private static final String[] TYPES = {
        "REQUEST",
        "PING",
        "RESPONSE",
        "FAULT",
        "WORKING",
        "NOCALL",
        "REJECT",
        "ACK",
        "CL_CANCEL",
        "FACK",
        "CANCEL_ACK",
        "BIND",
        "BINDACK",
        "BINDNAK",
        "ALTER_CONTEXT",
        "ALTER_CONTEXT_RESP",
        "AUTH3",
        "SHUTDOWN",
        "CO_CANCEL",
        "ORPHANED",
        "RTS"
    };

    private DcerpcPdu() {}

    static boolean isType(int type) {
        return type >= 0 && type < TYPES.length;
    }

    static String name(int type) {
        return TYPES[type];
    }

    static int u16(byte[] octets, int at, boolean little) {
        int first = octets[at] & 0xff;
        int second = octets[at + 1] & 0xff;
        return little ? first | second << 8 : first << 8 | second;
    }

    static int u32(byte[] octets, int at, boolean little) {
        return little
                ? u16(octets, at, true) | u16(octets, at + 2, true) << 16
                : u16(octets, at, false) << 16 | u16(octets, at + 2, false);
    }

    static String uuid(byte[] octets, int at, boolean little) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(u32(octets, at, little))
                + '-'
                + hex.toHexDigits((short) u16(octets, at + 4, little))
                + '-'
                + hex.toHexDigits((short) u16(octets, at + 6, little))
                + '-'
                + hex.formatHex(octets, at + 8, at + 10)
                + '-'
                + hex.formatHex(octets, at + 10, at + 16);
    }
}
