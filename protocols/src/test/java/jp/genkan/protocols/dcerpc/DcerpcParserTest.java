package jp.genkan.protocols.dcerpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class DcerpcParserTest {
    private static final int FIRST = 1;
    private static final int LAST = 2;
    private static final byte[] UUID = {
        0x78,
        0x56,
        0x34,
        0x12,
        0x34,
        0x12,
        (byte) 0xcd,
        (byte) 0xab,
        (byte) 0xef,
        0,
        1,
        0x23,
        0x45,
        0x67,
        (byte) 0x89,
        (byte) 0xac
    };

    private static ByteBuffer pdu(int type, int flags, int callId, int length) {
        ByteBuffer out = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 5).put((byte) 0).put((byte) type).put((byte) flags).put((byte) 0x10);
        return out.putShort(8, (short) length).putInt(12, callId);
    }

    private static String text(ByteBuffer pdu) {
        byte[] octets = new byte[pdu.capacity()];
        pdu.get(0, octets);
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static String bind() {
        ByteBuffer out = pdu(DcerpcPdu.BIND, FIRST | LAST, 1, 28 + 2 * 44).put(24, (byte) 2);
        for (int context = 0; context < 2; context++) {
            int at = 28 + 44 * context;
            out.putShort(at, (short) context)
                    .put(at + 2, (byte) 1)
                    .put(at + 4, UUID)
                    .putShort(at + 20, (short) (context + 1));
        }
        return "C: " + text(out);
    }

    private static String bound() {
        ByteBuffer out = pdu(DcerpcPdu.BIND_ACK, FIRST | LAST, 1, 36 + 48)
                .putShort(24, (short) 4)
                .put(32, (byte) 2);
        return "S: " + text(out.putShort(36, (short) 0).putShort(60, (short) 2).putShort(62, (short) 1));
    }

    private static String call(int flags, int callId, int context, int opnum, String stub) {
        byte[] octets = stub.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer out = pdu(DcerpcPdu.REQUEST, flags, callId, 24 + octets.length);
        return "C: "
                + text(out.putShort(20, (short) context)
                        .putShort(22, (short) opnum)
                        .put(24, octets));
    }

    private static String answer(int type, int flags, int callId, int stub) {
        return "S: " + text(pdu(type, flags, callId, 24 + stub));
    }

    private static String[] dialogue() {
        return new String[] {
            bind(),
            bound(),
            call(FIRST, 2, 0, 7, "first"),
            call(LAST, 2, 0, 7, "last"),
            answer(DcerpcPdu.RESPONSE, FIRST | LAST, 2, 30),
            call(FIRST | LAST, 3, 1, 8, ""),
            answer(DcerpcPdu.FAULT, FIRST | LAST, 3, 8),
            call(FIRST | LAST, 4, 0, 9, "never answered")
        };
    }

    @Test
    void tellsBindingsAndCallsAsEveDoes() {
        List<String> events =
                RecordingConversation.play(new DcerpcParser(), dialogue()).events();
        assertThat(events).hasSize(4);
        assertThat(events.get(0))
                .contains("\"event_type\":\"dcerpc\"")
                .contains(
                        "\"dcerpc\":{\"request\":\"BIND\",\"response\":\"BINDACK\",\"interfaces\":[{\"uuid\":\"12345678-1234-abcd-ef00-0123456789ac\",\"version\":\"1.0\",\"ack_result\":0,\"ack_reason\":0},")
                .contains(
                        "\"version\":\"2.0\",\"ack_result\":2,\"ack_reason\":1}],\"call_id\":1,\"rpc_version\":\"5.0\"}");
        assertThat(events.get(1))
                .contains(
                        "\"request\":\"REQUEST\",\"response\":\"RESPONSE\",\"req\":{\"opnum\":7,\"frag_cnt\":2,\"stub_data_size\":9},\"res\":{\"frag_cnt\":1,\"stub_data_size\":38}");
        assertThat(events.get(2)).contains("\"response\":\"FAULT\"").contains("\"version\":\"2.0\"");
        assertThat(events.get(3)).contains("\"response\":\"UNREPLIED\"");
    }

    @Test
    void keepsTheFirstOctetsOfStubs() {
        RecordingConversation seen = RecordingConversation.play(new DcerpcParser(), dialogue());
        DcerpcCall call = ((DcerpcTransaction) seen.transactions.get(1)).call();
        assertThat(call.requestStub()).asString(StandardCharsets.ISO_8859_1).isEqualTo("firstlast");
        assertThat(call.opnum()).isEqualTo(7);
        assertThat(call.responseStub()).hasSize(30);
    }

    @Test
    void saysTheSameHoweverTheOctetsAreCut() {
        List<String> whole =
                RecordingConversation.play(new DcerpcParser(), dialogue()).events();
        for (long seed = 0; seed < 50; seed++) {
            assertThat(RecordingConversation.playInPieces(new DcerpcParser(), seed, dialogue())
                            .events())
                    .isEqualTo(whole);
        }
    }

    @Test
    void endsCleanlyAtEveryTruncatedLength() {
        String[] lines = dialogue();
        for (int which = 0; which < lines.length; which++) {
            for (int length = 3; length < lines[which].length(); length++) {
                List<String> cut = new ArrayList<>(List.of(lines).subList(0, which));
                cut.add(lines[which].substring(0, length));
                RecordingConversation.play(new DcerpcParser(), cut.toArray(String[]::new))
                        .events();
            }
        }
    }

    @Test
    void goesOnBehindAGapInAStub() {
        RecordingConversation seen = new RecordingConversation();
        DcerpcParser parser = new DcerpcParser();
        seen.feed(parser, call(FIRST | LAST, 2, 0, 7, "x".repeat(100)).substring(0, 3 + 34));
        parser.onGap(Direction.TO_SERVER, 90, seen);
        seen.feed(parser, answer(DcerpcPdu.RESPONSE, FIRST | LAST, 2, 30), call(FIRST | LAST, 3, 0, 8, ""));
        parser.onFlowEnd(seen);
        assertThat(seen.events()).hasSize(2);
        assertThat(seen.events().getFirst()).contains("\"stub_data_size\":100");
    }

    @Test
    void tellsAnAnswerWhoseRequestIsMissing() {
        RecordingConversation seen = new RecordingConversation();
        DcerpcParser parser = new DcerpcParser();
        parser.onGap(Direction.TO_SERVER, 1000, seen);
        seen.feed(parser, answer(DcerpcPdu.RESPONSE, FIRST | LAST, 2, 30));
        parser.onFlowEnd(seen);
        assertThat(seen.events().getFirst()).contains("\"request\":\"REQUEST_LOST\",\"response\":\"RESPONSE\"");
    }

    @Test
    void tellsOctetsThatAreNoPdu() {
        RecordingConversation seen =
                RecordingConversation.play(new DcerpcParser(), bind(), "C: GET / HTTP/1.1\r\n\r\n and more", "C: x");
        assertThat(seen.anomalies).containsExactly("MALFORMED_DATA");
        assertThat(seen.events()).hasSize(1);
    }

    @Test
    void forgetsTheOldestOfTooManyCalls() {
        List<String> lines = new ArrayList<>();
        for (int call = 0; call < 3 * DcerpcDialogue.CALLS_MAX; call++) {
            lines.add(call(FIRST | LAST, call, 0, 1, ""));
        }
        RecordingConversation seen = new RecordingConversation();
        seen.feed(new DcerpcParser(), lines.toArray(String[]::new));
        assertThat(seen.events()).hasSize(2 * DcerpcDialogue.CALLS_MAX);
    }

    private static Recognition recognise(String client) {
        return new DcerpcRecogniser().recognise(new Opening() {
            @Override
            public byte[] octets(Direction direction) {
                return (direction.isToServer() ? client : "").getBytes(StandardCharsets.ISO_8859_1);
            }

            @Override
            public int length(Direction direction) {
                return octets(direction).length;
            }

            @Override
            public boolean isAfterGap(Direction direction) {
                return false;
            }

            @Override
            public int serverPort() {
                return 49_152;
            }

            @Override
            public int clientPort() {
                return 40_000;
            }
        });
    }

    @Test
    void knowsItsFirstPduOnAnyPort() {
        String bind = bind().substring(3);
        for (int length = 0; length < 16; length++) {
            assertThat(recognise(bind.substring(0, length))).isEqualTo(Recognition.MORE);
        }
        assertThat(recognise(bind)).isEqualTo(Recognition.YES);
        assertThat(recognise("\5\1\0")).isEqualTo(Recognition.MORE);
        assertThat(recognise("\5\2\0\1")).isEqualTo(Recognition.NO);
        assertThat(recognise("\5\0\14\3")).isEqualTo(Recognition.NO);
        assertThat(recognise(bind.substring(0, 8) + "\1\0\0\0\0\0\0\0")).isEqualTo(Recognition.NO);
    }
}
