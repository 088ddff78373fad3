package jp.genkan.protocols.netbios;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import jp.genkan.protocols.dns.DnsMessage;
import jp.genkan.protocols.dns.DnsName;

/**
 * A view over a message of the NetBIOS name service in which a machine says what it is called: a registration, a refresh, a release, or
 * the positive answer to a query.
 */
public final class NetbiosNameMessage {
    /** What a machine does with the name. */
    public enum Kind {
        REGISTRATION,
        REFRESH,
        RELEASE,
        /** Somebody asked for the name, and its owner answers. */
        ANSWER
    }

    /** Sixteenth octet of a name: the machine itself. */
    public static final int WORKSTATION = 0x00;

    /** Sixteenth octet of a name: the machine's file service. */
    public static final int FILE_SERVER = 0x20;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int NB = 0x0020; // RFC 1002 §4.2.1.3
    private static final int NAME_LENGTH = 16;
    private static final int ENCODED_LENGTH = 2 * NAME_LENGTH;
    private static final int NB_DATA_LENGTH = 6; // flags, address
    private static final int GROUP_FLAG = 0x8000;

    // RFC 1002 §4.2.1.1
    private static final int OPCODE_QUERY = 0;
    private static final int OPCODE_REGISTRATION = 5;
    private static final int OPCODE_RELEASE = 6;
    private static final int OPCODE_REFRESH = 8;
    private static final int OPCODE_REFRESH_ALTERNATIVE = 9; // RFC 1002 names both
    private static final int OPCODE_MULTIHOMED = 15;

    private final DnsMessage message = new DnsMessage();
    private final byte[] name = new byte[NAME_LENGTH];
    private Kind kind = Kind.ANSWER;
    private boolean group;
    private int address;

    /** A view over nothing. */
    public NetbiosNameMessage() {}

    /**
     * Puts the view over a message.
     *
     * @return false when no machine says in it what it is called
     */
    public boolean wrap(MemorySegment segment, long offset, int length) {
        if (!message.wrap(segment, offset, length) || message.responseCode() != 0) {
            return false;
        }
        boolean response = message.isResponse();
        switch (message.opcode()) {
            case OPCODE_QUERY -> kind = Kind.ANSWER;
            case OPCODE_REGISTRATION, OPCODE_MULTIHOMED -> kind = Kind.REGISTRATION;
            case OPCODE_RELEASE -> kind = Kind.RELEASE;
            case OPCODE_REFRESH, OPCODE_REFRESH_ALTERNATIVE -> kind = Kind.REFRESH;
            default -> {
                return false;
            }
        }
        if (response != (kind == Kind.ANSWER)) {
            return false;
        }
        while (message.nextRecord()) {
            if (message.type() == NB && message.dataLength() >= NB_DATA_LENGTH && decode(message.name())) {
                group = (segment.get(U16, message.dataOffset()) & GROUP_FLAG) != 0;
                address = segment.get(U32, message.dataOffset() + 2);
                return true;
            }
        }
        return false;
    }

    /** Two letters from A to P stand for the halves of one octet. */
    private boolean decode(DnsName encoded) {
        if (encoded.length() < ENCODED_LENGTH
                || (encoded.length() > ENCODED_LENGTH && encoded.octet(ENCODED_LENGTH) != '.')) {
            return false;
        }
        for (int i = 0; i < NAME_LENGTH; i++) {
            int high = encoded.octet(2 * i) - 'A';
            int low = encoded.octet(2 * i + 1) - 'A';
            if (high < 0 || high > 15 || low < 0 || low > 15) {
                return false;
            }
            name[i] = (byte) (high << 4 | low);
        }
        return true;
    }

    public Kind kind() {
        return kind;
    }

    /** The first fifteen octets of the name without the blanks that fill it up. Allocates. */
    public String name() {
        return new String(name, 0, NAME_LENGTH - 1, StandardCharsets.ISO_8859_1).stripTrailing();
    }

    /** The sixteenth octet: what the name stands for. */
    public int suffix() {
        return name[NAME_LENGTH - 1] & 0xff;
    }

    /** True for a name that many machines share, such as a workgroup's. */
    public boolean isGroup() {
        return group;
    }

    /** True when the name is the machine's own. */
    public boolean isMachine() {
        return !group && (suffix() == WORKSTATION || suffix() == FILE_SERVER);
    }

    /** The IPv4 address that goes with the name. */
    public int address() {
        return address;
    }
}
