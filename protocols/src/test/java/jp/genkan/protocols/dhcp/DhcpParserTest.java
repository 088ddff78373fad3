package jp.genkan.protocols.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class DhcpParserTest {
    private static final byte[] ACK = HexFormat.of()
            .parseHex("02010600" + "12345678" + "00000000" + "00000000" + "c0a8010a" + "c0a80101"
                    + "00000000" + "020000000001" + "00".repeat(10) + "00".repeat(192) + "63825363"
                    + "350105" + "33040000a8c0" + "3a0400005460" + "0104ffffff00" + "0304c0a80101"
                    + "0608c0a8010108080808"
                    + "0c03706331" + "3d0701020000000001" + "37040103062a" + "ff");

    @Test
    void tellsAMessage() {
        RecordingConversation seen = Datagrams.play(new DhcpParser(), Direction.TO_CLIENT, ACK);
        assertThat(seen.events())
                .singleElement()
                .asString()
                .contains(
                        "\"dhcp\":{\"type\":\"reply\",\"id\":305419896,\"client_mac\":\"02:00:00:00:00:01\",\"assigned_ip\":\"192.168.1.10\","
                                + "\"client_ip\":\"0.0.0.0\",\"relay_ip\":\"0.0.0.0\",\"next_server_ip\":\"192.168.1.1\",\"dhcp_type\":\"ack\"",
                        "\"client_id\":\"02:00:00:00:00:01\",\"hostname\":\"pc1\"",
                        "\"subnet_mask\":\"255.255.255.0\",\"routers\":[\"192.168.1.1\"],\"dns_servers\":[\"192.168.1.1\",\"8.8.8.8\"]",
                        "\"lease_time\":43200,\"renewal_time\":21600",
                        "\"params\":[\"subnet_mask\",\"router\",\"dns_server\",\"ntp_server\"]");
        Datagrams.playEveryCut(DhcpParser::new, Direction.TO_SERVER, ACK);
    }

    @Test
    void knowsDhcpOnAnyPort() {
        assertThat(DhcpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, ACK, 9)))
                .isEqualTo(Recognition.YES);
        assertThat(DhcpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, new byte[300], 67)))
                .isEqualTo(Recognition.NO);
    }
}
