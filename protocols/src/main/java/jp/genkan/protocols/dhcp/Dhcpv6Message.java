package jp.genkan.protocols.dhcp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** A view over one DHCPv6 message between client and server (RFC 8415 §8): the client's identifier and name. */
public final class Dhcpv6Message {
    /** Message type and transaction identifier. */
    public static final int HEADER_LENGTH = 4;

    /** Options that are looked at in one message. */
    public static final int OPTIONS_MAX = 128;

    private static final ValueLayout.OfShort U16 = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt U32 = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private static final int OPTION_HEADER = 4;
    private static final int CLIENT_IDENTIFIER = 1;
    private static final int CLIENT_FQDN = 39;
    private static final int RELAY_FORWARD = 12;

    // RFC 8415 §11.2, §11.4
    private static final int DUID_LLT = 1;
    private static final int DUID_LL = 3;
    private static final int ETHERNET = 1;

    private MemorySegment segment = MemorySegment.NULL;
    private int type;
    private long identifierAt;
    private int identifierLength;
    private long fqdnAt;
    private int fqdnLength;

    /** A view over nothing. */
    public Dhcpv6Message() {}

    /**
     * Puts the view over a message. An option that is cut off ends the search; those before it count.
     *
     * @return false when the bytes are no message between client and server
     */
    public boolean wrap(MemorySegment bytes, long offset, int length) {
        if (length < HEADER_LENGTH) {
            return false;
        }
        segment = bytes;
        type = bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
        identifierLength = 0;
        fqdnLength = 0;
        int at = HEADER_LENGTH;
        for (int i = 0; i < OPTIONS_MAX && at + OPTION_HEADER <= length; i++) {
            int code = bytes.get(U16, offset + at) & 0xffff;
            int size = bytes.get(U16, offset + at + 2) & 0xffff;
            at += OPTION_HEADER;
            if (at + size > length) {
                break;
            }
            if (code == CLIENT_IDENTIFIER) {
                identifierAt = offset + at;
                identifierLength = size;
            } else if (code == CLIENT_FQDN) {
                fqdnAt = offset + at;
                fqdnLength = size;
            }
            at += size;
        }
        return type > 0 && type < RELAY_FORWARD;
    }

    public int messageType() {
        return type;
    }

    /** The MAC address in the client's identifier; 0 when it holds none. It may be that of another interface of the same machine. */
    public long clientMac() {
        if (identifierLength < 4 || (segment.get(U16, identifierAt + 2) & 0xffff) != ETHERNET) {
            return 0;
        }
        int macAt = switch (segment.get(U16, identifierAt)) {
            case DUID_LLT -> 8;
            case DUID_LL -> 4;
            default -> -1;
        };
        if (macAt < 0 || identifierLength != macAt + 6) {
            return 0;
        }
        return (segment.get(U16, identifierAt + macAt) & 0xffffL) << 32
                | segment.get(U32, identifierAt + macAt + 2) & 0xffff_ffffL;
    }

    /** The client's name with or without its domain (RFC 4704); empty when absent. */
    public String clientFqdn() {
        return fqdnLength <= 1 ? "" : WireName.read(segment, fqdnAt + 1, fqdnLength - 1);
    }
}
