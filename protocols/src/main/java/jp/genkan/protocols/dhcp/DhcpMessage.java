package jp.genkan.protocols.dhcp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view over one DHCPv4 message (RFC 2131 §2). {@link #wrap} finds the options once; accessors of what is absent answer 0 or an empty text.
 * Only the accessors of texts allocate.
 */
public final class DhcpMessage {
    /** Length up to and with the magic cookie. */
    public static final int HEADER_LENGTH = 240;

    // Values of option 53, RFC 2132 §9.6
    public static final int DISCOVER = 1;
    public static final int OFFER = 2;
    public static final int REQUEST = 3;
    public static final int ACK = 5;

    // Options
    public static final int HOST_NAME = 12;
    public static final int REQUESTED_ADDRESS = 50;
    public static final int LEASE_TIME = 51;
    public static final int MESSAGE_TYPE = 53;
    public static final int PARAMETER_LIST = 55;
    public static final int VENDOR_CLASS = 60;
    public static final int CLIENT_IDENTIFIER = 61;
    public static final int CLIENT_FQDN = 81;

    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int HARDWARE_TYPE_OFFSET = 1;
    private static final int HARDWARE_LENGTH_OFFSET = 2;
    private static final int XID_OFFSET = 4;
    private static final int CIADDR_OFFSET = 12;
    private static final int YIADDR_OFFSET = 16;
    private static final int CHADDR_OFFSET = 28;
    private static final int COOKIE_OFFSET = 236;
    private static final int COOKIE = 0x6382_5363;
    private static final int BOOTREPLY = 2;
    private static final int ETHERNET = 1;
    private static final int MAC_LENGTH = 6;
    private static final int PAD = 0;
    private static final int END = 255;
    private static final int OPTIONS = 256;

    // RFC 4702 §2.1
    private static final int FQDN_FLAGS_LENGTH = 3;
    private static final int FQDN_WIRE_FORMAT = 0x04;

    private MemorySegment segment = MemorySegment.NULL;
    private long start;
    private final int[] offsets = new int[OPTIONS]; // of the option's data from the message's begin; 0: absent
    private final byte[] lengths = new byte[OPTIONS];

    /** A view over nothing. */
    public DhcpMessage() {}

    /**
     * Puts the view over a message and finds its options. An option that is cut off ends the search; those before it count.
     *
     * @return false when the bytes are no DHCP message
     */
    public boolean wrap(MemorySegment bytes, long offset, int length) {
        if (length < HEADER_LENGTH || bytes.get(U32, offset + COOKIE_OFFSET) != COOKIE) {
            return false;
        }
        segment = bytes;
        start = offset;
        Arrays.fill(offsets, 0);
        int at = HEADER_LENGTH;
        while (at < length) {
            int code = u8(at);
            if (code == PAD) {
                at++;
                continue;
            }
            if (code == END || at + 1 >= length || at + 2 + u8(at + 1) > length) {
                break;
            }
            if (offsets[code] == 0) {
                offsets[code] = at + 2;
                lengths[code] = (byte) u8(at + 1);
            }
            at += 2 + u8(at + 1);
        }
        return true;
    }

    private int u8(int offset) {
        return segment.get(ValueLayout.JAVA_BYTE, start + offset) & 0xff;
    }

    private int u32(int offset) {
        return segment.get(U32, start + offset);
    }

    /** True when a server sent it. */
    public boolean isReply() {
        return u8(0) == BOOTREPLY;
    }

    public int transactionId() {
        return u32(XID_OFFSET);
    }

    /** The client's MAC address in the low 48 bits; 0 when its hardware is not Ethernet or Wi-Fi. */
    public long clientMac() {
        if (u8(HARDWARE_TYPE_OFFSET) != ETHERNET || u8(HARDWARE_LENGTH_OFFSET) != MAC_LENGTH) {
            return 0;
        }
        return (segment.get(U16, start + CHADDR_OFFSET) & 0xffffL) << 32 | u32(CHADDR_OFFSET + 2) & 0xffff_ffffL;
    }

    /** The address that the client says it has; 0 for none. */
    public int clientAddress() {
        return u32(CIADDR_OFFSET);
    }

    /** The address that the server gives the client; 0 for none. */
    public int yourAddress() {
        return u32(YIADDR_OFFSET);
    }

    /** Option 53; 0 for a BOOTP message without it. */
    public int messageType() {
        return optionLength(MESSAGE_TYPE) == 1 ? u8(offsets[MESSAGE_TYPE]) : 0;
    }

    /** Option 50, the address that the client would like; 0 when absent. */
    public int requestedAddress() {
        return optionLength(REQUESTED_ADDRESS) == 4 ? u32(offsets[REQUESTED_ADDRESS]) : 0;
    }

    /** Option 51 in seconds, unsigned; 0 when absent. */
    public long leaseSeconds() {
        return optionLength(LEASE_TIME) == 4 ? u32(offsets[LEASE_TIME]) & 0xffff_ffffL : 0;
    }

    public boolean hasOption(int code) {
        return offsets[code] != 0;
    }

    /** Octets of the option's data; 0 when it is absent or empty. */
    public int optionLength(int code) {
        return offsets[code] == 0 ? 0 : lengths[code] & 0xff;
    }

    /** Where the option's data begins in the segment; meaningful when {@link #hasOption}. */
    public long optionOffset(int code) {
        return start + offsets[code];
    }

    /** Option 12: the name that the client calls itself; empty when absent. */
    public String hostName() {
        return text(HOST_NAME, 0);
    }

    /** Option 60: what kind of client it is; empty when absent. */
    public String vendorClass() {
        return text(VENDOR_CLASS, 0);
    }

    /** Option 81: the client's name with or without its domain; empty when absent. */
    public String clientFqdn() {
        int length = optionLength(CLIENT_FQDN);
        if (length <= FQDN_FLAGS_LENGTH) {
            return "";
        }
        boolean wireFormat = (u8(offsets[CLIENT_FQDN]) & FQDN_WIRE_FORMAT) != 0;
        return wireFormat
                ? WireName.read(segment, optionOffset(CLIENT_FQDN) + FQDN_FLAGS_LENGTH, length - FQDN_FLAGS_LENGTH)
                : text(CLIENT_FQDN, FQDN_FLAGS_LENGTH);
    }

    /** The option as UTF-8 without a zero octet at its end, which some clients add. */
    private String text(int code, int skip) {
        int length = optionLength(code) - skip;
        if (length <= 0) {
            return "";
        }
        byte[] octets = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, optionOffset(code) + skip, octets, 0, length);
        int end = length;
        while (end > 0 && octets[end - 1] == 0) {
            end--;
        }
        return new String(octets, 0, end, StandardCharsets.UTF_8);
    }
}
