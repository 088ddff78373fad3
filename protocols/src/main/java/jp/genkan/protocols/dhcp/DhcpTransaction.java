package jp.genkan.protocols.dhcp;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.OctetText;
import org.jspecify.annotations.Nullable;

/**
 * One DHCPv4 message: each is a transaction of its own as in EVE, where it is told with the fields of the extended form.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class DhcpTransaction extends Transaction {
    /** Option 58, RFC 2132 §9.11. */
    public static final int RENEWAL_TIME = 58;

    /** Option 59, RFC 2132 §9.12. */
    public static final int REBINDING_TIME = 59;

    // Options that only events need, RFC 2132
    private static final int SUBNET_MASK = 1;
    private static final int ROUTERS = 3;
    private static final int DNS_SERVERS = 6;

    private static final int NEXT_SERVER_OFFSET = 20;
    private static final int RELAY_OFFSET = 24;
    private static final int HARDWARE_LENGTH_OFFSET = 2;
    private static final int CHADDR_OFFSET = 28;
    private static final int CHADDR_LENGTH = 16;
    private static final int ETHERNET = 1;
    private static final String[] TYPES = {
        "", "discover", "offer", "request", "decline", "ack", "nak", "release", "inform"
    };

    private final byte[] octets;

    DhcpTransaction(long number, byte[] octets) {
        super(AppProtocol.DHCP, number);
        this.octets = octets;
    }

    /** A view over the message. Allocates. */
    public DhcpMessage message() {
        DhcpMessage view = new DhcpMessage();
        view.wrap(MemorySegment.ofArray(octets), 0, octets.length);
        return view;
    }

    /** The seconds that an option says; -1 when it is not there. */
    public long seconds(int option) {
        DhcpMessage message = message();
        return message.optionLength(option) == 4 ? u32((int) message.optionOffset(option)) & 0xffff_ffffL : -1;
    }

    /** EVE's word for the message's type; null for one without a type, or an unknown one. */
    public @Nullable String typeName() {
        int type = message().messageType();
        return type > 0 && type < TYPES.length ? TYPES[type] : null;
    }

    @Override
    public void writeTo(EveFields out) {
        DhcpMessage message = message();
        out.object("dhcp");
        out.put("type", message.isReply() ? "reply" : "request");
        out.put("id", message.transactionId() & 0xffff_ffffL);
        int hardware = Math.min(octets[HARDWARE_LENGTH_OFFSET] & 0xff, CHADDR_LENGTH);
        out.put("client_mac", HexFormat.ofDelimiter(":").formatHex(octets, CHADDR_OFFSET, CHADDR_OFFSET + hardware));
        out.put("assigned_ip", text(message.yourAddress()));
        out.put("client_ip", text(message.clientAddress()));
        if (message.isReply()) {
            out.put("relay_ip", text(u32(RELAY_OFFSET)));
            out.put("next_server_ip", text(u32(NEXT_SERVER_OFFSET)));
        }
        String type = typeName();
        if (type != null) {
            out.put("dhcp_type", type);
        }
        names(message, out);
        addresses(message, out);
        times(message, out);
        parameters(message, out);
        out.end();
    }

    private void names(DhcpMessage message, EveFields out) {
        int clientId = message.optionLength(DhcpMessage.CLIENT_IDENTIFIER);
        if (clientId > 1) {
            int at = (int) message.optionOffset(DhcpMessage.CLIENT_IDENTIFIER);
            boolean mac = octets[at] == ETHERNET;
            out.put(
                    "client_id",
                    mac
                            ? HexFormat.ofDelimiter(":").formatHex(octets, at + 1, at + clientId)
                            : OctetText.of(octets, at + 1, at + clientId));
        }
        if (message.hasOption(DhcpMessage.HOST_NAME)) {
            out.put("hostname", message.hostName());
        }
        if (message.hasOption(DhcpMessage.VENDOR_CLASS)) {
            out.put("vendor_class_identifier", message.vendorClass());
        }
    }

    private void addresses(DhcpMessage message, EveFields out) {
        if (message.optionLength(DhcpMessage.REQUESTED_ADDRESS) == 4) {
            out.put("requested_ip", text(message.requestedAddress()));
        }
        if (message.optionLength(SUBNET_MASK) == 4) {
            out.put("subnet_mask", text(u32((int) message.optionOffset(SUBNET_MASK))));
        }
        list(message, ROUTERS, "routers", out);
        list(message, DNS_SERVERS, "dns_servers", out);
    }

    private void list(DhcpMessage message, int option, String name, EveFields out) {
        int count = message.optionLength(option) / 4;
        if (count == 0) {
            return;
        }
        out.array(name);
        for (int i = 0; i < count; i++) {
            out.add(text(u32((int) message.optionOffset(option) + 4 * i)));
        }
        out.end();
    }

    private void times(DhcpMessage message, EveFields out) {
        time(message, DhcpMessage.LEASE_TIME, "lease_time", out);
        time(message, RENEWAL_TIME, "renewal_time", out);
        time(message, REBINDING_TIME, "rebinding_time", out);
    }

    private void time(DhcpMessage message, int option, String name, EveFields out) {
        if (message.optionLength(option) == 4) {
            out.put(name, u32((int) message.optionOffset(option)) & 0xffff_ffffL);
        }
    }

    private void parameters(DhcpMessage message, EveFields out) {
        int count = message.optionLength(DhcpMessage.PARAMETER_LIST);
        if (count == 0) {
            return;
        }
        out.array("params");
        int at = (int) message.optionOffset(DhcpMessage.PARAMETER_LIST);
        for (int i = 0; i < count; i++) {
            String name = parameter(octets[at + i] & 0xff);
            if (name != null) {
                out.add(name);
            }
        }
        out.end();
    }

    private static @Nullable String parameter(int code) {
        return switch (code) {
            case 1 -> "subnet_mask";
            case 3 -> "router";
            case 6 -> "dns_server";
            case 15 -> "domain";
            case 35 -> "arp_timeout";
            case 42 -> "ntp_server";
            case 66 -> "tftp_server_name";
            case 150 -> "tftp_server_ip";
            default -> null;
        };
    }

    private int u32(int at) {
        return octets[at] << 24 | (octets[at + 1] & 0xff) << 16 | (octets[at + 2] & 0xff) << 8 | octets[at + 3] & 0xff;
    }

    private static String text(int address) {
        return Address.ofV4(address).toString();
    }
}
