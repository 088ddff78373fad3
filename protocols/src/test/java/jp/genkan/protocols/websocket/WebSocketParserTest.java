package jp.genkan.protocols.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;
import jp.genkan.protocols.http.HttpParser;
import org.junit.jupiter.api.Test;

class WebSocketParserTest {
    private static final String MASK = "\1\2\3\4";

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static String length(int length, int bit) {
        if (length < 126) {
            return "" + (char) (length | bit);
        }
        return length < 65_536
                ? "" + (char) (126 | bit) + (char) (length >>> 8) + (char) (length & 0xff)
                : "" + (char) (127 | bit) + "\0\0\0\0\0" + (char) (length >>> 16) + (char) (length >>> 8 & 0xff)
                        + (char) (length & 0xff);
    }

    private static String fromServer(int first, String payload) {
        return "S: " + (char) first + length(payload.length(), 0) + payload;
    }

    private static String fromClient(int first, String payload) {
        StringBuilder masked = new StringBuilder();
        for (int i = 0; i < payload.length(); i++) {
            masked.append((char) (payload.charAt(i) ^ MASK.charAt(i & 3)));
        }
        return "C: " + (char) first + length(payload.length(), 0x80) + MASK + masked;
    }

    private static String deflated(Deflater deflater, String text) {
        deflater.setInput(text.getBytes(StandardCharsets.ISO_8859_1));
        byte[] out = new byte[1000];
        int count = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        return latin(Arrays.copyOf(out, count - 4)); // without the tail, RFC 7692 §7.2.1
    }

    private static List<String> payloads(RecordingConversation seen) {
        return seen.transactions.stream()
                .map(frame -> latin(((WebSocketTransaction) frame).payload()))
                .toList();
    }

    @Test
    void tellsFramesUnmaskedHoweverTheyAreCut() {
        String[] dialogue = {
            fromClient(0x81, "hello"), fromServer(0x82, "x".repeat(300)), fromServer(0x89, ""), fromClient(0x8a, "")
        };
        RecordingConversation seen = RecordingConversation.play(new WebSocketParser(), dialogue);
        assertThat(payloads(seen)).containsExactly("hello", "x".repeat(300), "", "");
        assertThat(seen.events().get(0)).contains("\"websocket\":{\"fin\":true,\"mask\":16909060,\"opcode\":\"text\"}");
        assertThat(seen.events().get(2)).contains("\"opcode\":\"ping\"");
        for (int seed = 0; seed < 30; seed++) {
            assertThat(RecordingConversation.playInPieces(new WebSocketParser(), seed, dialogue)
                            .events())
                    .isEqualTo(seen.events());
        }
    }

    @Test
    void theLastFrameOfAMessageHasAllOfIt() {
        RecordingConversation seen = RecordingConversation.play(
                new WebSocketParser(),
                fromClient(0x01, "one "),
                fromClient(0x89, "ping"),
                fromClient(0x00, "two "),
                fromClient(0x80, "three"));
        assertThat(payloads(seen)).containsExactly("one ", "ping", "two ", "one two three");
    }

    @Test
    void decompressesMessagesThatReferToOlderOnes() {
        Deflater deflater = new Deflater(9, true);
        RecordingConversation seen = RecordingConversation.play(
                new WebSocketParser(),
                fromServer(0xc1, deflated(deflater, "a message to be repeated")),
                fromServer(0xc1, deflated(deflater, "a message to be repeated")));
        assertThat(payloads(seen)).containsExactly("a message to be repeated", "a message to be repeated");
        deflater.end();
    }

    @Test
    void boundsWhatAMessageUnfoldsTo() {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[8 << 20]);
        byte[] out = new byte[60_000];
        int count = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        RecordingConversation seen = RecordingConversation.play(
                new WebSocketParser(), fromServer(0xc1, latin(Arrays.copyOf(out, count))), fromServer(0xc1, "later"));
        assertThat(payloads(seen).get(0)).hasSize(WebSocketParser.PAYLOAD_MAX);
        assertThat(payloads(seen).get(1)).isEqualTo("later");
        assertThat(seen.anomalies).hasSize(1);
    }

    @Test
    void keepsTheBeginningOfALongFrame() {
        RecordingConversation seen = RecordingConversation.play(
                new WebSocketParser(), fromServer(0x82, "y".repeat(100_000)), fromServer(0x81, "next"));
        assertThat(payloads(seen).get(0)).hasSize(WebSocketParser.PAYLOAD_MAX);
        assertThat(payloads(seen).get(1)).isEqualTo("next");
    }

    @Test
    void goesOnBehindAGapInsideAFrame() {
        RecordingConversation conversation = new RecordingConversation();
        WebSocketParser parser = new WebSocketParser();
        conversation.feed(parser, "S: \202\12abc");
        parser.onGap(Direction.TO_CLIENT, 7, conversation);
        conversation.feed(parser, fromServer(0x81, "next"));
        assertThat(payloads(conversation)).containsExactly("abc", "next");
    }

    @Test
    void followsAnUpgradeOfHttp() {
        RecordingConversation seen = RecordingConversation.play(
                new HttpParser(),
                "C: GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
                "S: HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n\r\n");
        assertThat(seen.handedOver).isTrue();
        assertThat(seen.next).isEqualTo(AppProtocol.WEBSOCKET);
    }

    @FuzzTest
    void readsAnyDialogue(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        WebSocketParser parser = new WebSocketParser();
        int half = octets.length / 2;
        parser.onOctets(Direction.TO_SERVER, octets, 0, half, conversation);
        parser.onGap(Direction.TO_CLIENT, 1, conversation);
        parser.onOctets(Direction.TO_CLIENT, octets, half, octets.length, conversation);
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
