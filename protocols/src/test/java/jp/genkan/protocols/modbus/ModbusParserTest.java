package jp.genkan.protocols.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class ModbusParserTest {
    private static String message(int id, String pdu) {
        return "\0" + (char) id + "\0\0\0" + (char) (pdu.length() + 1) + "\7" + pdu;
    }

    private static final String[] DIALOGUE = {
        "C: " + message(1, "\3\0\10\0\2") + message(2, "\20\0\10\0\2\4\0\1\1\0"),
        "S: " + message(1, "\3\4\0\1\0\2") + message(2, "\20\0\10\0\2"),
        "C: " + message(3, "\5\0\1\u00ff\0"),
        "S: " + message(3, "\u0085\2"),
        "C: " + message(4, "\10\0\4\0\0"),
        "C: " + message(5, "\26\0\4\0\u00f2\0\45")
    };

    @Test
    void tellsRequestsWithTheirResponses() {
        RecordingConversation seen = RecordingConversation.play(new ModbusParser(), DIALOGUE);
        List<String> events = seen.events();
        assertThat(seen.anomalies).isEmpty();
        assertThat(events.get(0))
                .contains(
                        "\"modbus\":{\"id\":1,\"request\":{\"transaction_id\":1,\"protocol_id\":0,\"unit_id\":7,\"function_raw\":3,\"function_code\":\"RdHoldRegs\",\"access_type\":\"READ"
                                + " | HOLDING\",\"category\":\"PUBLIC_ASSIGNED\",\"error_flags\":\"NONE\",\"read\":{\"address\":8,\"quantity\":2}},\"response\":");
        assertThat(events.get(1))
                .contains("\"write\":{\"address\":8,\"quantity\":2,\"data\":", "\"write\":{\"address\":8,\"data\":2}");
        assertThat(events.get(2)).contains("\"exception\":{\"raw\":2,\"code\":\"IllegalDataAddr\"}");
        assertThat(events.get(3)).contains("\"diagnostic\":{\"raw\":4,\"code\":\"ForceListenOnlyMode\"");
        assertThat(events.get(4)).contains("\"write\":{\"address\":4,\"and_mask\":242,\"or_mask\":37}");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(RecordingConversation.playInPieces(new ModbusParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(events);
        }
    }

    @Test
    void givesRulesAddressesAndValuesCountedFromOne() {
        RecordingConversation seen = RecordingConversation.play(new ModbusParser(), DIALOGUE);
        ModbusMessage write = Objects.requireNonNull(((ModbusTransaction) seen.transactions.get(1)).request());
        assertThat(write.firstAddress()).isEqualTo(9);
        assertThat(write.lastAddress()).isEqualTo(10);
        assertThat(write.valueAt(10)).isEqualTo(256);
        assertThat(write.valueAt(11)).isEqualTo(-1);
        ModbusMessage coil = Objects.requireNonNull(((ModbusTransaction) seen.transactions.get(2)).request());
        assertThat(coil.valueAt(2)).isEqualTo(0xff00);
    }

    @Test
    void namesWhatBreaksTheRules() {
        assertThat(anomalies("C: " + message(1, "\3\0\10\0\0"))).containsExactly("invalid_value");
        assertThat(anomalies("C: " + message(1, "\5\0\10\1\1"))).containsExactly("invalid_value");
        assertThat(anomalies("C: " + message(1, "\3\0\10\0\1x"))).containsExactly("invalid_length");
        assertThat(anomalies("C: " + message(1, "\0"))).containsExactly("invalid_function_code");
        assertThat(anomalies("C: \0\1\0\1\0\6\1\3\0\1\0\1")).containsExactly("invalid_protocol_id");
        assertThat(anomalies("S: " + message(1, "\3\2\0\0"))).containsExactly("unsolicited_response");
        assertThat(anomalies("C: " + message(1, "\6\0\1\0\2"), "S: " + message(1, "\6\0\1\0\3")))
                .containsExactly("value_mismatch");
        assertThat(anomalies("C: " + message(1, "\6\0\1\0\2"), "S: " + message(1, "\u0086\u0063")))
                .containsExactly("invalid_exception_code");
    }

    private static List<String> anomalies(String... lines) {
        return RecordingConversation.play(new ModbusParser(), lines).anomalies;
    }

    @Test
    void takesEveryCutAndGapAndBoundsWhatWaits() {
        byte[] octets = (message(1, "\3\0\10\0\2") + message(2, "\3\0\10\0\2")).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at++) {
            RecordingConversation conversation = new RecordingConversation();
            ModbusParser parser = new ModbusParser();
            parser.onOctets(Direction.TO_SERVER, octets, 0, at, conversation);
            parser.onGap(Direction.TO_SERVER, 2, conversation);
            parser.onOctets(Direction.TO_SERVER, octets, Math.min(octets.length, at + 2), octets.length, conversation);
            parser.onFlowEnd(conversation);
            conversation.events();
        }
        StringBuilder many = new StringBuilder("C: ");
        for (int id = 0; id < 200; id++) {
            many.append(message(id, "\3\0\10\0\2"));
        }
        assertThat(RecordingConversation.play(new ModbusParser(), many.toString())
                        .events())
                .hasSize(200);
    }

    @Test
    void knowsItsHead() {
        byte[] read = message(1, "\3\0\10\0\2").getBytes(StandardCharsets.ISO_8859_1);
        byte[] diagnostic = message(1, "\10\0\4\0\0").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(recognise(read, 502)).isEqualTo(Recognition.YES);
        assertThat(recognise(read, 9)).isEqualTo(Recognition.YES);
        assertThat(recognise(diagnostic, 502)).isEqualTo(Recognition.YES);
        assertThat(recognise(diagnostic, 9)).isEqualTo(Recognition.NO);
    }

    private static Recognition recognise(byte[] octets, int port) {
        return ModbusParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, octets, port));
    }
}
