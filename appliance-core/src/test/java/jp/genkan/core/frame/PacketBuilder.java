package jp.genkan.core.frame;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds frames for tests, layer by layer from the outside to the inside; lengths, next-protocol fields and checksums come by themselves and
 * can be spoilt on purpose.
 *
 * <pre>
 * byte[] frame = PacketBuilder.ethernet().vlan(100).ipv4("10.0.0.1", "10.0.0.2").tcp(40000, 80).flags(Packet.SYN).bytes();
 * </pre>
 *
 * <p>What sets a field ({@link #ttl}, {@link #flags}, {@link #patch}...) speaks of the layer that was added last. Thread rule: one thread.
 */
public final class PacketBuilder {
    private static final String CLIENT_MAC = "02:00:00:00:00:01";
    private static final String SERVER_MAC = "02:00:00:00:00:02";

    private final List<Layer> layers = new ArrayList<>();
    private byte[] payload = {};

    private PacketBuilder() {}

    // ---- the outside

    /** An Ethernet frame from 02:00:00:00:00:01 to 02:00:00:00:00:02. */
    public static PacketBuilder ethernet() {
        return ethernet(CLIENT_MAC, SERVER_MAC);
    }

    /** An Ethernet frame. */
    public static PacketBuilder ethernet(String source, String destination) {
        return new PacketBuilder().innerEthernet(source, destination);
    }

    /** A frame without a link layer. */
    public static PacketBuilder raw() {
        return new PacketBuilder();
    }

    // ---- link layers

    /** A whole Ethernet frame inside what came before. */
    public PacketBuilder innerEthernet(String source, String destination) {
        ByteBuffer head = ByteBuffer.allocate(14).put(mac(destination)).put(mac(source));
        return add(new Layer(EtherType.TRANSPARENT_BRIDGING, IpProtocol.NO_NEXT_HEADER, head, 12));
    }

    /** An 802.1Q tag. */
    public PacketBuilder vlan(int id) {
        return tag(EtherType.VLAN, id);
    }

    /** A tag with this tag protocol identifier. */
    public PacketBuilder tag(int protocolIdentifier, int id) {
        return add(new Layer(protocolIdentifier, -1, ByteBuffer.allocate(4).putShort((short) id), 2));
    }

    /** 802.3: the length and an LLC header with SNAP. */
    public PacketBuilder llcSnap() {
        Layer layer = new Layer(-1, -1, ByteBuffer.allocate(8).put(hex("aaaa03000000")), 6);
        layer.lengthIsType = true;
        return add(layer);
    }

    /** An MPLS label stack. */
    public PacketBuilder mpls(int... labels) {
        ByteBuffer stack = ByteBuffer.allocate(4 * labels.length);
        for (int i = 0; i < labels.length; i++) {
            stack.putInt(labels[i] << 12 | (i == labels.length - 1 ? 0x100 : 0) | 64);
        }
        return add(new Layer(EtherType.MPLS, 137, stack, -1));
    }

    /** Octets as they are, of a layer that names the next one in no field. */
    public PacketBuilder octets(String hex) {
        return add(new Layer(-1, -1, ByteBuffer.wrap(hex(hex)), -1));
    }

    /** Octets as they are, whose last two are an EtherType to be filled in. */
    public PacketBuilder octetsWithType(String hex) {
        byte[] head = hex(hex + "0000");
        return add(new Layer(-1, -1, ByteBuffer.wrap(head), head.length - 2));
    }

    /** A PPPoE session header; {@link #ppp} comes next. */
    public PacketBuilder pppoe(int session) {
        ByteBuffer head = ByteBuffer.allocate(6).put((byte) 0x11).put((byte) 0).putShort((short) session);
        Layer layer = new Layer(EtherType.PPPOE_SESSION, -1, head, -1);
        layer.finish = whole -> whole.putShort(4, (short) (whole.capacity() - 6));
        return add(layer);
    }

    /** The PPP protocol field, of two octets. */
    public PacketBuilder ppp() {
        Layer layer = new Layer(EtherType.PPP, -1, ByteBuffer.allocate(2), 0);
        layer.pppTypes = true;
        return add(layer);
    }

    /** An ARP packet for IPv4 over Ethernet. */
    public PacketBuilder arp(int operation, String senderMac, String sender, String targetMac, String target) {
        ByteBuffer arp = ByteBuffer.allocate(28).put(hex("0001080006040000")).putShort(6, (short) operation);
        arp.put(mac(senderMac)).put(address(sender)).put(mac(targetMac)).put(address(target));
        return add(new Layer(EtherType.ARP, -1, arp, -1));
    }

    // ---- network layers

    /** An IPv4 header. */
    public PacketBuilder ipv4(String source, String destination) {
        ByteBuffer head = ByteBuffer.allocate(20).put(hex("450000000000400040000000"));
        head.put(address(source)).put(address(destination));
        Layer layer = new Layer(EtherType.IPV4, IpProtocol.IPV4, head, -1);
        layer.version = 4;
        layer.nextProtocolAt = 9;
        layer.finish = whole -> {
            whole.put(0, (byte) (0x40 | layer.head.length / 4)).putShort(2, (short) whole.capacity());
            whole.putShort(10, (short) 0).putShort(10, checksum(0, whole, layer.head.length));
        };
        return add(layer);
    }

    /** IPv4 options behind the header that was added last; padded with zeros. */
    public PacketBuilder options(String hex) {
        byte[] options = hex(hex);
        Layer layer = last();
        int length = layer.head.length + (options.length + 3 & ~3);
        layer.head = ByteBuffer.allocate(length).put(layer.head).put(options).array();
        return this;
    }

    /** Makes the IPv4 packet that was added last a fragment. */
    public PacketBuilder fragment(int id, int offset, boolean more) {
        int flags = offset / 8 | (more ? 0x2000 : 0);
        return set(whole -> whole.putShort(4, (short) id).putShort(6, (short) flags));
    }

    /** An IPv6 header. */
    public PacketBuilder ipv6(String source, String destination) {
        ByteBuffer head = ByteBuffer.allocate(40).putInt(0x6000_0000).putInt(0x0000_0040);
        head.put(address(source)).put(address(destination));
        Layer layer = new Layer(EtherType.IPV6, IpProtocol.IPV6, head, -1);
        layer.version = 6;
        layer.nextProtocolAt = 6;
        layer.finish = whole -> whole.putShort(4, (short) (whole.capacity() - 40));
        return add(layer);
    }

    /** An IPv6 extension header of this type, its second octet and what follows it as given; a multiple of eight octets. */
    public PacketBuilder extension(int type, String hexBehindNextHeader) {
        Layer layer = new Layer(-1, type, ByteBuffer.wrap(hex("00" + hexBehindNextHeader)), -1);
        layer.nextProtocolAt = 0;
        return add(layer);
    }

    /** An IPv6 fragment header. */
    public PacketBuilder fragmentHeader(int id, int offset, boolean more) {
        ByteBuffer head = ByteBuffer.allocate(8).putShort(2, (short) (offset | (more ? 1 : 0)));
        Layer layer = new Layer(-1, IpProtocol.FRAGMENT, head.putInt(4, id), -1);
        layer.nextProtocolAt = 0;
        return add(layer);
    }

    /** Time to live, or hop limit. */
    public PacketBuilder ttl(int ttl) {
        int at = last().version == 4 ? 8 : 7;
        return set(whole -> whole.put(at, (byte) ttl));
    }

    /** The protocol or next-header field, instead of what the next layer would fill in. */
    public PacketBuilder protocol(int number) {
        last().protocolGiven = number;
        return this;
    }

    // ---- transport layers

    /** A TCP header with an ACK flag and sequence number 1. */
    public PacketBuilder tcp(int sourcePort, int destinationPort) {
        ByteBuffer head = ports(20, sourcePort, destinationPort);
        head.putInt(4, 1).putInt(8, 1).put(13, (byte) Packet.ACK).putShort(14, (short) 65535);
        Layer layer = new Layer(-1, IpProtocol.TCP, head, -1);
        layer.checksumAt = 16;
        layer.finish = whole -> whole.put(12, (byte) (layer.head.length / 4 << 4));
        return add(layer);
    }

    /** TCP sequence number. */
    public PacketBuilder sequence(long number) {
        return set(whole -> whole.putInt(4, (int) number));
    }

    /** TCP acknowledgment number. */
    public PacketBuilder acknowledgment(long number) {
        return set(whole -> whole.putInt(8, (int) number));
    }

    /** TCP flags, all of them. */
    public PacketBuilder flags(int flags) {
        return set(whole -> whole.put(13, (byte) flags));
    }

    /** TCP window as in the header. */
    public PacketBuilder window(int window) {
        return set(whole -> whole.putShort(14, (short) window));
    }

    /** TCP options; padded with zeros. */
    public PacketBuilder tcpOptions(String hex) {
        return options(hex);
    }

    /** A UDP header. */
    public PacketBuilder udp(int sourcePort, int destinationPort) {
        Layer layer = new Layer(-1, IpProtocol.UDP, ports(8, sourcePort, destinationPort), -1);
        layer.checksumAt = 6;
        layer.finish = whole -> whole.putShort(4, (short) whole.capacity());
        return add(layer);
    }

    /** An ICMP header of eight octets. */
    public PacketBuilder icmp(int type, int code) {
        return icmp(IpProtocol.ICMP, type, code);
    }

    /** An ICMPv6 header of eight octets. */
    public PacketBuilder icmpv6(int type, int code) {
        return icmp(IpProtocol.ICMPV6, type, code);
    }

    private PacketBuilder icmp(int protocol, int type, int code) {
        ByteBuffer head = ByteBuffer.allocate(8).put(0, (byte) type).put(1, (byte) code);
        Layer layer = new Layer(-1, protocol, head, -1);
        layer.checksumAt = 2;
        layer.pseudoHeader = protocol == IpProtocol.ICMPV6;
        return add(layer);
    }

    /** The common header of SCTP. */
    public PacketBuilder sctp(int sourcePort, int destinationPort) {
        return add(new Layer(-1, IpProtocol.SCTP, ports(12, sourcePort, destinationPort), -1));
    }

    private static ByteBuffer ports(int length, int source, int destination) {
        return ByteBuffer.allocate(length).putShort(0, (short) source).putShort(2, (short) destination);
    }

    // ---- tunnels

    /** GRE, version 0, with these flags and the optional fields that they announce, as given. */
    public PacketBuilder gre(int flags, String hexOfOptionalFields) {
        byte[] optional = hex(hexOfOptionalFields);
        ByteBuffer head = ByteBuffer.allocate(4 + optional.length).putShort(0, (short) flags);
        return add(new Layer(-1, IpProtocol.GRE, head.put(4, optional), 2));
    }

    /** GRE as PPTP has it, with a sequence number. */
    public PacketBuilder pptp(int call) {
        ByteBuffer head = ByteBuffer.allocate(12).putShort(0, (short) 0x3001).putShort(6, (short) call);
        Layer layer = new Layer(-1, IpProtocol.GRE, head, 2);
        layer.finish = whole -> whole.putShort(4, (short) (whole.capacity() - 12));
        return add(layer);
    }

    /** A VXLAN header; {@link #innerEthernet} comes next. */
    public PacketBuilder vxlan(int identifier) {
        ByteBuffer head = ByteBuffer.allocate(8).put(0, (byte) 0x08).putInt(4, identifier << 8);
        return add(new Layer(-1, -1, head, -1));
    }

    // ---- the inside, and spoiling

    public PacketBuilder payload(String text) {
        return payload(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public PacketBuilder payload(byte[] octets) {
        payload = octets.clone();
        return this;
    }

    /** This many octets that count up. */
    public PacketBuilder payload(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) i;
        }
        return payload(octets);
    }

    /** Overwrites octets of the last layer's header after its lengths and before its checksum are filled in. */
    public PacketBuilder patch(int at, String hex) {
        byte[] octets = hex(hex);
        return afterwards(whole -> whole.put(at, octets), false);
    }

    /** Overwrites octets of the last layer's header after everything is filled in. */
    public PacketBuilder spoil(int at, String hex) {
        byte[] octets = hex(hex);
        return afterwards(whole -> whole.put(at, octets), true);
    }

    private PacketBuilder afterwards(Consumer<ByteBuffer> change, boolean afterChecksum) {
        Layer layer = last();
        if (afterChecksum) {
            layer.spoil = layer.spoil.andThen(change);
        } else {
            layer.finish = layer.finish.andThen(change);
        }
        return this;
    }

    /** The octets of the frame. */
    public byte[] bytes() {
        byte[] built = payload;
        for (int i = layers.size() - 1; i >= 0; i--) {
            built = layers.get(i).encode(built, enclosingIp(i), i + 1 < layers.size() ? layers.get(i + 1) : null);
        }
        return built;
    }

    /** A packet around the octets, not decoded. */
    public Packet packet() {
        byte[] octets = bytes();
        return new Packet().wrap(MemorySegment.ofArray(octets), 0, octets.length);
    }

    /** Octets from hexadecimal digits; spaces do not count. */
    public static byte[] hex(String digits) {
        return java.util.HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private @Nullable Layer enclosingIp(int below) {
        for (int i = below - 1; i >= 0; i--) {
            if (layers.get(i).version != 0) {
                return layers.get(i);
            }
        }
        return null;
    }

    private PacketBuilder add(Layer layer) {
        layers.add(layer);
        return this;
    }

    private PacketBuilder set(Consumer<ByteBuffer> change) {
        change.accept(ByteBuffer.wrap(last().head));
        return this;
    }

    private Layer last() {
        return layers.getLast();
    }

    private static byte[] mac(String text) {
        return java.util.Arrays.copyOf(
                ByteBuffer.allocate(8).putLong(Mac.parse(text) << 16).array(), 6);
    }

    private static byte[] address(String text) {
        return Address.parse(text).toBytes();
    }

    /** The Internet checksum as RFC 1071 §4.1 writes it: slow, and obviously right. */
    private static short checksum(long start, ByteBuffer octets, int length) {
        long sum = start;
        for (int i = 0; i < length; i++) {
            int octet = octets.get(i) & 0xff;
            sum += (i & 1) == 0 ? octet << 8 : octet;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (short) ~sum;
    }

    /** A header, what the layer before has to say of it, and what it has to say of the layer after it. */
    private static final class Layer {
        final int etherType;
        final int ipProtocol;
        final int nextTypeAt;
        byte[] head;
        int nextProtocolAt = -1;
        int protocolGiven = -1;
        int checksumAt = -1;
        int version;
        boolean pseudoHeader = true;
        boolean pppTypes;
        boolean lengthIsType;
        Consumer<ByteBuffer> finish = whole -> {};
        Consumer<ByteBuffer> spoil = whole -> {};

        Layer(int etherType, int ipProtocol, ByteBuffer head, int nextTypeAt) {
            this.etherType = etherType;
            this.ipProtocol = ipProtocol;
            this.head = new byte[head.capacity()];
            head.get(0, this.head);
            this.nextTypeAt = nextTypeAt;
        }

        byte[] encode(byte[] inside, @Nullable Layer enclosingIp, @Nullable Layer next) {
            ByteBuffer whole = ByteBuffer.allocate(head.length + inside.length);
            whole.put(head).put(inside);
            if (nextTypeAt >= 0 && next != null) {
                whole.putShort(nextTypeAt, (short) typeOf(next, inside.length));
            }
            if (nextProtocolAt >= 0) {
                whole.put(nextProtocolAt, (byte) protocolOf(next));
            }
            finish.accept(whole);
            if (checksumAt >= 0) {
                long start = pseudoHeader && enclosingIp != null ? enclosingIp.pseudoHeader(ipProtocol, whole) : 0;
                short sum = checksum(start, whole.putShort(checksumAt, (short) 0), whole.capacity());
                whole.putShort(checksumAt, ipProtocol == IpProtocol.UDP && sum == 0 ? (short) -1 : sum);
            }
            spoil.accept(whole);
            return whole.array();
        }

        private int typeOf(Layer next, int length) {
            if (next.lengthIsType) {
                return length;
            }
            if (pppTypes) {
                return next.version == 4 ? 0x0021 : 0x0057;
            }
            return next.etherType;
        }

        private int protocolOf(@Nullable Layer next) {
            return protocolGiven >= 0 ? protocolGiven : next == null ? IpProtocol.NO_NEXT_HEADER : next.ipProtocol;
        }

        private long pseudoHeader(int protocol, ByteBuffer transport) {
            ByteBuffer wrapped = ByteBuffer.wrap(head);
            long sum = (long) protocol + transport.capacity();
            for (int at = version == 4 ? 12 : 8; at < (version == 4 ? 20 : 40); at += 2) {
                sum += wrapped.getShort(at) & 0xffff;
            }
            return sum;
        }
    }

    /** Joins octets. */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
