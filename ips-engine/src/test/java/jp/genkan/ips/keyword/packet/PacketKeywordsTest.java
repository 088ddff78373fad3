package jp.genkan.ips.keyword.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.TriedRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PacketKeywordsTest {
    private static final Packet TCP = Frames.tcp(Packet.SYN | Packet.ECE, "020405b4 03030701", "616263");
    private static final Packet ECHO = Frames.packet(1, "94040000 01000000", "0800 0000 1388 08a8 6162");
    private static final String IPV6_TOO_BIG = "60000000 0010 3a ff 20010db8000000000000000000000001"
            + "20010db8000000000000000000000002 0200 0000 000004ff 0000000000000000";

    private static boolean holds(String options, Packet packet) throws RuleException {
        return TriedRule.of(options).holds(packet);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ttl:64",
                "ttl:>63",
                "ttl:60-70",
                "tos:16",
                "tos:x10",
                "tos:!17",
                "id:4660",
                "id:\"4660\"",
                "fragoffset:0",
                "fragbits:D",
                "fragbits:+D",
                "fragbits:*MD",
                "fragbits:!M",
                "ip_proto:tcp",
                "ip_proto:6",
                "ip_proto:!udp",
                "ip_proto:<17",
                "l3_proto:ipv4",
                "seq:4294967280",
                "tcp.seq:>4",
                "ack:7",
                "window:512",
                "window:!0",
                "tcp.mss:1460",
                "tcp.mss:<1500",
                "tcp.wscale:7",
                "dsize:3",
                "dsize:2<>4",
                "dsize:!4",
                "dsize:>=3",
                "ipv4-csum:valid",
                "tcpv4-csum:invalid"
            })
    void holdsForASegment(String option) throws Exception {
        TriedRule rule = TriedRule.of(option + ";");
        assertThat(rule.holds(TCP)).isTrue();
        assertThat(rule.has(Signature.Trait.NEEDS_PACKET))
                .isEqualTo(!option.startsWith("ip_proto") && !option.startsWith("l3_proto"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ttl:<64",
                "tos:17",
                "id:1",
                "fragbits:M",
                "fragbits:!D",
                "ip_proto:!6",
                "ip_proto:gre",
                "sameip",
                "seq:0",
                "ack:8",
                "window:511",
                "tcp.mss:>1460",
                "tcp.wscale:6",
                "dsize:0",
                "dsize:>3",
                "itype:8",
                "icmp_id:1",
                "ipopts:any",
                "ipv4-csum:invalid",
                "tcpv4-csum:valid",
                "tcpv6-csum:valid",
                "udpv4-csum:valid",
                "vlan.id:1",
                "igmp.type:1",
                "sctp.vtag:>0",
                "vxlan_vni:>0",
                "l3_proto:ipv6",
                "icmpv6.mtu:>0"
            })
    void doesNotHoldForASegment(String option) throws Exception {
        assertThat(holds(option + ";", TCP)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'S', false",
        "'SE', true",
        "'S,E', true",
        "'S,12', true",
        "'S,CE', true",
        "'+S', true",
        "'S+', true",
        "'*SA', true",
        "'*FA', false",
        "'!A', true",
        "'!S', false",
        "'0', false",
        "'S2', true"
    })
    void comparesFlags(String flags, boolean expected) throws Exception {
        assertThat(holds("flags:" + flags + ";", TCP)).isEqualTo(expected);
        assertThat(holds("tcp.flags: " + flags + ";", TCP)).isEqualTo(expected);
    }

    @Test
    void findsSegmentsWithoutFlags() throws Exception {
        assertThat(holds("flags:0;", Frames.tcp(0, "", ""))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "itype:8",
                "itype:>7",
                "itype:7<>9",
                "icode:0",
                "icmp_id:5000",
                "icmp_seq:2216",
                "ipopts:rtralt",
                "ipopts:any",
                "ipopts:nop",
                "ipopts:eol",
                "ip_proto:icmp",
                "dsize:2",
                "icmpv4-csum:invalid"
            })
    void holdsForAnEcho(String option) throws Exception {
        assertThat(holds(option + ";", ECHO)).isTrue();
    }

    @Test
    void comparesOtherOptionsWithTheOneThatIsThere() throws Exception {
        assertThat(holds("ipopts:lsrr;", ECHO)).isFalse();
        assertThat(holds("ipopts:rtralt;", Frames.packet(1, "01000000", "0800000000000000")))
                .isFalse();
    }

    @Test
    void readsTheMtuOfTooBigMessages() throws Exception {
        Packet packet = Frames.decode(Frames.hex(IPV6_TOO_BIG), LinkType.RAW);
        assertThat(holds("icmpv6.mtu:<1280;", packet)).isTrue();
        assertThat(holds("icmpv6.mtu:1279; itype:2; icmpv6-csum:invalid; ttl:255;", packet))
                .isTrue();
        assertThat(TriedRule.buffer("icmpv6.hdr", packet)).containsExactly("02000000000004ff");
        assertThat(TriedRule.buffer("ipv6.hdr", packet))
                .hasSize(1)
                .first()
                .asString()
                .hasSize(80);
    }

    @Test
    void findsPacketsFromAnAddressToItself() throws Exception {
        byte[] land = Frames.ipv4(17, new byte[0], Frames.hex("0035 0035 0008 0000"));
        land[15] = land[19];
        assertThat(holds("sameip;", Frames.decode(land, LinkType.RAW))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'300', true",
        "'300,0', true",
        "'300,1', false",
        "'400,1', true",
        "'400,-1', true",
        "'300,-2', true",
        "'>299,all', true",
        "'300,all', false",
        "'300,any', true",
        "'300,2', false",
        "'300,-3', false"
    })
    void looksAtVlanTags(String value, boolean expected) throws Exception {
        byte[] frame = Frames.hex(
                "0a0000000002 0a0000000001 8100 012c 8100 0190 0800" + "45000014 00000000 40fd0000 0a000001 0a000002");
        Packet packet = Frames.decode(frame, LinkType.ETHERNET);
        assertThat(holds("vlan.id:" + value + ";", packet)).isEqualTo(expected);
        assertThat(holds("vlan.layers:2;", packet)).isTrue();
        assertThat(TriedRule.buffer("ether.hdr", packet)).containsExactly("0a00000000020a00000000018100");
    }

    @Test
    void readsIgmp() throws Exception {
        Packet packet = Frames.packet(2, "94040000", "16 00 e9fc 0000 0003");
        assertThat(holds("igmp.type:0x16; igmp-csum:valid; ipopts:rtralt;", packet))
                .isTrue();
        assertThat(holds("igmp-csum:invalid;", packet)).isFalse();
        assertThat(TriedRule.buffer("igmp.hdr", packet)).containsExactly("1600e9fc00000003");
    }

    @Test
    void readsSctpChunks() throws Exception {
        Packet packet = Frames.packet(
                132,
                "",
                "0007 0007 0000002a 00000000" + "0a 00 0005 ff 000000"
                        + "00 03 0012 00000001 00000000 00000000 6869 0000");
        assertThat(holds("sctp.vtag:42; sctp.chunk_cnt:2; sctp.chunk_type:data; sctp.chunk_type:cookie_echo;", packet))
                .isTrue();
        assertThat(holds("sctp.chunk_type:init;", packet)).isFalse();
        assertThat(TriedRule.buffer("sctp.chunk_data", packet)).containsExactly("6869");
        assertThat(TriedRule.buffer("sctp.hdr", packet)).hasSize(1);
    }

    @Test
    void survivesChunksThatLieAboutTheirLength() throws Exception {
        Packet packet = Frames.packet(132, "", "0007 0007 0000002a 00000000" + "00 00 ffff 00000000");
        assertThat(TriedRule.buffer("sctp.chunk_data", packet)).isEmpty();
        assertThat(holds("sctp.chunk_cnt:1;", packet)).isTrue();
        assertThat(holds("sctp.chunk_cnt:0;", Frames.packet(132, "", "0007 0007 0000002a 00000000" + "00 00 0000")))
                .isTrue();
    }

    @Test
    void readsRpcCalls() throws Exception {
        String call = "00000001 00000000 00000002 000186a0 00000002 00000004 0000000000000000";
        Packet udp = Frames.packet(17, "", "0400 006f 0028 0000" + call);
        assertThat(holds("rpc:100000,2,4;", udp)).isTrue();
        assertThat(holds("rpc:100000,*,4;", udp)).isTrue();
        assertThat(holds("rpc:100000,*,*;", udp)).isTrue();
        assertThat(holds("rpc:100000;", udp)).isTrue();
        assertThat(holds("rpc:100000,3,*;", udp)).isFalse();
        assertThat(holds("rpc:100000,2,4;", Frames.tcp(Packet.ACK, "", "80000020" + call)))
                .isTrue();
    }

    @Test
    void readsHeaders() {
        assertThat(TriedRule.buffer("tcp.hdr", TCP))
                .hasSize(1)
                .first()
                .asString()
                .endsWith("020405b403030701");
        assertThat(TriedRule.buffer("ipv4.hdr", TCP))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("4510")
                .hasSize(40);
        assertThat(TriedRule.buffer("udp.hdr", TCP)).isEmpty();
        assertThat(TriedRule.buffer("ipv6.hdr", TCP)).isEmpty();
        assertThat(TriedRule.buffer("ether.hdr", TCP)).isEmpty();
        assertThat(TriedRule.buffer("icmpv4.hdr", ECHO)).containsExactly("08000000138808a8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ttl:256",
                "ttl:ten",
                "tos:x1ff",
                "ipopts:none",
                "fragbits:X",
                "fragbits:+",
                "flags:Z",
                "flags:",
                "ip_proto:300",
                "ip_proto:nothing",
                "dsize:70000",
                "vlan.id:5000",
                "vlan.id:1,5",
                "vlan.id:1,x",
                "rpc:*",
                "rpc:1,2,3,4",
                "ipv4-csum:maybe",
                "sctp.chunk_type:300",
                "l3_proto:ipx",
                "geoip:src,JP",
                "tcp.hdr:x",
                "itype:-1"
            })
    void refusesWhatItCannotRead(String option) {
        assertThatThrownBy(() -> TriedRule.of(option + ";")).isInstanceOf(RuleException.class);
    }
}
