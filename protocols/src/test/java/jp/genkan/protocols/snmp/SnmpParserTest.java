package jp.genkan.protocols.snmp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class SnmpParserTest {
    /** An element; contents below 128 octets. */
    private static String element(int tag, String hex) {
        return "%02x%02x".formatted(tag, hex.length() / 2) + hex;
    }

    private static String pdu(int tag, int error) {
        String variable = element(0x30, element(6, "2b06010201010300") + element(5, ""));
        return element(
                tag,
                element(2, "01") + element(2, "%02x".formatted(error)) + element(2, "00") + element(0x30, variable));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static final byte[] GET =
            bytes(element(0x30, element(2, "01") + element(4, "7075626c6963") + pdu(0xa0, 0)));

    private static String secured(String data) {
        String security = element(
                0x30,
                element(4, "aa")
                        + element(2, "00")
                        + element(2, "00")
                        + element(4, "61646d696e")
                        + element(4, "")
                        + element(4, ""));
        return element(0x30, element(2, "03") + element(0x30, element(2, "01")) + element(4, security) + data);
    }

    private static String event(byte[] octets) {
        return Datagrams.play(new SnmpParser(), Direction.TO_SERVER, octets)
                .events()
                .getFirst();
    }

    @Test
    void tellsMessagesOfEveryVersion() {
        assertThat(event(GET))
                .contains(
                        "\"snmp\":{\"version\":2,\"community\":\"public\",\"pdu_type\":\"get_request\",\"vars\":[\"1.3.6.1.2.1.1.3.0\"]}");
        byte[] refused = bytes(element(0x30, element(2, "00") + element(4, "61") + pdu(0xa2, 2)));
        assertThat(event(refused)).contains("\"version\":1", "\"pdu_type\":\"response\",\"error\":\"no_such_name\"");
        assertThat(event(bytes(secured(element(4, "0102")))))
                .contains("\"snmp\":{\"version\":3,\"usm\":\"admin\",\"pdu_type\":\"encrypted\"}");
        assertThat(event(bytes(secured(element(0x30, element(4, "") + element(4, "") + pdu(0xa8, 0))))))
                .contains("\"pdu_type\":\"report\"");
        Datagrams.playEveryCut(SnmpParser::new, Direction.TO_SERVER, GET);
        Datagrams.playEveryCut(SnmpParser::new, Direction.TO_SERVER, bytes(secured(element(4, "0102"))));
    }

    @Test
    void knowsMessagesFromNoise() {
        assertThat(SnmpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, GET, 9)))
                .isEqualTo(Recognition.YES);
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[40];
            random.nextBytes(noise);
            noise[0] = 0x30;
            noise[1] = 38;
            assertThat(SnmpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, noise, 161)))
                    .isEqualTo(Recognition.NO);
        }
    }
}
