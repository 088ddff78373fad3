package jp.genkan.dataplane.host;

import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/** Decoded packets as the decoder would leave them. */
final class HostPackets {
    static final long SECOND = 1_000_000_000L;
    static final long START = 1_795_510_800L * SECOND; // 2026-11-24T09:00:00Z

    private HostPackets() {}

    static Packet frame(long mac) {
        Packet packet = new Packet().wrap(MemorySegment.ofArray(new byte[64]), 0, 64);
        packet.sourceMac = mac;
        packet.side = Side.INSIDE;
        packet.ingressPort = 1;
        packet.epochNanos = START;
        return packet;
    }

    static Packet ip(long mac, String source) {
        Packet packet = frame(mac);
        Address address = Address.parse(source);
        packet.ipVersion = address.isV4() ? 4 : 6;
        packet.sourceHigh = address.high();
        packet.sourceLow = address.low();
        packet.ipProtocol = 6;
        return packet;
    }

    static Packet udp(long mac, String source, int sourcePort, int destinationPort, String payload) {
        byte[] bytes = HexFormat.of().parseHex("a5a5a5" + payload);
        Packet packet = ip(mac, source);
        Packet udp = new Packet().wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
        udp.sourceMac = mac;
        udp.side = Side.INSIDE;
        udp.ingressPort = 1;
        udp.epochNanos = START;
        udp.ipVersion = packet.ipVersion;
        udp.sourceHigh = packet.sourceHigh;
        udp.sourceLow = packet.sourceLow;
        udp.ipProtocol = 17;
        udp.sourcePort = sourcePort;
        udp.destinationPort = destinationPort;
        udp.payloadOffset = 3;
        udp.payloadLength = bytes.length - 3;
        return udp;
    }

    static Packet arp(long mac, String sender) {
        String frame = "ffffffffffff" + "%012x".formatted(mac) + "0806" + "0001080006040001" + "%012x".formatted(mac)
                + HexFormat.of().formatHex(Address.parse(sender).toBytes()) + "000000000000" + "c0a80101";
        byte[] bytes = HexFormat.of().parseHex(frame);
        Packet packet = new Packet().wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
        packet.sourceMac = mac;
        packet.etherType = 0x0806;
        packet.ingressPort = 1;
        packet.epochNanos = START;
        return packet;
    }

    private static String text(String text) {
        byte[] octets = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return "%02x".formatted(octets.length) + HexFormat.of().formatHex(octets);
    }

    /** A DHCP message with options. */
    static String dhcp(int operation, long mac, String yourAddress, String options) {
        return "%02x010600".formatted(operation) + "cafe0001" + "00000000" + "00000000" + yourAddress
                + "0000000000000000" + "%012x".formatted(mac) + "00".repeat(10) + "00".repeat(192) + "63825363"
                + options
                + "ff";
    }

    static String hostNameOption(String name) {
        return "0c" + text(name);
    }

    /** An answer with one A record, as mDNS and LLMNR send it. */
    static String answer(String name, String address) {
        StringBuilder labels = new StringBuilder();
        for (String label : name.split("\\.", -1)) {
            labels.append(text(label));
        }
        return "000084000000000100000000" + labels + "00" + "0001" + "8001" + "00000078" + "0004"
                + HexFormat.of().formatHex(Address.parse(address).toBytes());
    }

    /** A NetBIOS name registration. */
    static String registration(String name, String address) {
        StringBuilder encoded = new StringBuilder("20");
        for (int i = 0; i < 16; i++) {
            int octet = i == 15 ? 0 : i < name.length() ? name.charAt(i) : ' ';
            encoded.append("%02x%02x".formatted('A' + (octet >>> 4), 'A' + (octet & 15)));
        }
        return "000129100001000000000001" + encoded + "00" + "00200001" + "c00c" + "00200001" + "00000000" + "0006"
                + "0000" + HexFormat.of().formatHex(Address.parse(address).toBytes());
    }
}
