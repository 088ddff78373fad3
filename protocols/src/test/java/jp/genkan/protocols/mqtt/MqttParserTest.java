package jp.genkan.protocols.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class MqttParserTest {
    private static String text(String value) {
        return "" + (char) (value.length() >>> 8) + (char) (value.length() & 0xff) + value;
    }

    private static String packet(int first, String body) {
        StringBuilder head = new StringBuilder().append((char) first);
        int left = body.length();
        do {
            head.append((char) (left & 0x7f | (left > 0x7f ? 0x80 : 0)));
            left >>>= 7;
        } while (left > 0);
        return head + body;
    }

    private static final String CONNECT =
            packet(0x10, text("MQTT") + "\5\302\0\74" + "\3\41\0\24" + text("me") + text("user") + text("pass"));
    private static final String CONNACK = packet(0x20, "\0\0\3\42\0\12");
    private static final String[] DIALOGUE = {
        "C: " + CONNECT,
        "S: " + CONNACK,
        "C: " + packet(0x34, text("topicX") + "\0\7\0" + "hello"),
        "S: " + packet(0x50, "\0\7"),
        "C: " + packet(0x62, "\0\7"),
        "S: " + packet(0x70, "\0\7"),
        "C: " + packet(0x82, "\0\10\0" + text("a/b") + "\1") + packet(0xc0, ""),
        "S: " + packet(0x90, "\0\10\0\1") + packet(0xd0, ""),
        "C: " + packet(0xa2, "\0\11\0" + text("a/b")),
        "S: " + packet(0xb0, "\0\11\0\21"),
        "C: " + packet(0x30, text("big") + "\0" + "x".repeat(20_000)),
        "C: " + packet(0xe0, "")
    };

    @Test
    void tellsExchanges() {
        RecordingConversation seen = RecordingConversation.play(new MqttParser(), DIALOGUE);
        List<String> events = seen.events();
        assertThat(seen.anomalies).isEmpty();
        assertThat(events).hasSize(8);
        assertThat(events.get(0))
                .contains(
                        "\"mqtt\":{\"connect\":{\"qos\":0,\"retain\":false,\"dup\":false,\"protocol_string\":\"MQTT\",\"protocol_version\":5,"
                                + "\"flags\":{\"username\":true,\"password\":true,\"will_retain\":false,\"will\":false,\"clean_session\":true},"
                                + "\"properties\":{\"receive_maximum\":20},\"client_id\":\"me\",\"username\":\"user\",\"password\":\"pass\"},"
                                + "\"connack\":{\"qos\":0,\"retain\":false,\"dup\":false,\"session_present\":false,\"return_code\":0,\"properties\":{\"topic_alias_maximum\":10}}}");
        assertThat(events.get(1))
                .contains(
                        "\"topic\":\"topicX\",\"message_id\":7,\"message\":\"hello\"}",
                        "\"pubrec\":",
                        "\"pubrel\":",
                        "\"pubcomp\":{");
        assertThat(String.join("", events))
                .contains(
                        "\"topics\":[{\"topic\":\"a/b\",\"qos\":1}]",
                        "\"qos_granted\":[1]",
                        "\"reason_codes\":[17]",
                        "\"pingreq\":{",
                        "\"topic\":\"big\",\"message\":\"xxx",
                        "x[truncated 18976 additional bytes]\"",
                        "\"disconnect\":{\"qos\":0,\"retain\":false,\"dup\":false,\"reason_code\":0}");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(RecordingConversation.playInPieces(new MqttParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(events);
        }
    }

    @Test
    void givesRulesTheFieldsAsTheyStandThere() {
        RecordingConversation seen = RecordingConversation.play(new MqttParser(), DIALOGUE);
        List<MqttMessage> messages = seen.transactions.stream()
                .flatMap(exchange -> ((MqttTransaction) exchange).messages().stream())
                .toList();
        MqttMessage connect = messages.get(0);
        assertThat(connect.protocolVersion()).isEqualTo(5);
        assertThat(connect.content().connectFlags()).isEqualTo(0xc2);
        assertThat(connect.content().connect(MqttContent.Part.PROTOCOL))
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("MQTT");
        assertThat(connect.content().connect(MqttContent.Part.CLIENT_ID))
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("me");
        assertThat(connect.content().connect(MqttContent.Part.WILL_TOPIC)).isNull();
        assertThat(connect.content().connect(MqttContent.Part.USERNAME))
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("user");
        assertThat(connect.content().connect(MqttContent.Part.PASSWORD))
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("pass");
        assertThat(messages.get(1).content().sessionPresent()).isZero();
        assertThat(messages.get(1).content().reasonCodes()).containsExactly(0);
        assertThat(messages.get(2).content().topic())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("topicX");
        assertThat(messages.get(2).content().message())
                .asString(StandardCharsets.ISO_8859_1)
                .isEqualTo("hello");
        for (MqttMessage message : messages) {
            switch (message.typeName()) {
                case "subscribe", "unsubscribe" ->
                    assertThat(new String(message.content().topics().getFirst(), StandardCharsets.ISO_8859_1))
                            .isEqualTo("a/b");
                case "unsuback" -> assertThat(message.content().reasonCodes()).containsExactly(17);
                case "disconnect" -> assertThat(message.content().reasonCodes()).containsExactly(0);
                default -> assertThat(message.content().topics()).isEmpty();
            }
        }
    }

    @Test
    void namesWhatBreaksTheRules() {
        assertThat(RecordingConversation.play(new MqttParser(), "S: " + CONNACK).anomalies)
                .containsExactly("missing_connect");
        assertThat(RecordingConversation.play(new MqttParser(), "C: " + packet(0xc0, "")).anomalies)
                .containsExactly("unintroduced_message");
        assertThat(RecordingConversation.play(new MqttParser(), "C: " + CONNECT + CONNECT).anomalies)
                .containsExactly("double_connect");
        assertThat(RecordingConversation.play(new MqttParser(), "C: " + CONNECT + packet(0x30, text("a") + "\0b"))
                        .anomalies)
                .containsExactly("unintroduced_message");
        assertThat(RecordingConversation.play(
                                new MqttParser(), "C: " + packet(0x10, text("MQTT") + "\5\2\0\74" + "\177\41"))
                        .anomalies)
                .containsExactly("malformed_traffic");
        assertThat(RecordingConversation.play(new MqttParser(), "C: \u0010\u0080\u0080\u0080\u0080\u0001").anomalies)
                .containsExactly("malformed_traffic");
    }

    @Test
    void takesEveryCutAndGapAndBoundsWhatItKeeps() {
        byte[] octets = (CONNECT + CONNECT).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at++) {
            RecordingConversation conversation = new RecordingConversation();
            MqttParser parser = new MqttParser();
            parser.onOctets(Direction.TO_SERVER, octets, 0, at, conversation);
            parser.onGap(Direction.TO_SERVER, 3, conversation);
            parser.onOctets(Direction.TO_SERVER, octets, Math.min(octets.length, at + 3), octets.length, conversation);
            parser.onFlowEnd(conversation);
            conversation.events();
        }
        RecordingConversation many = RecordingConversation.play(
                new MqttParser(), "C: " + CONNECT + packet(0x82, "\0\10\0").repeat(1_000));
        assertThat(many.events()).hasSize(1_001);
    }

    @Test
    void knowsAConnect() {
        byte[] octets = CONNECT.getBytes(StandardCharsets.ISO_8859_1);
        for (int length = 1; length < octets.length; length++) {
            FixedOpening opening = new FixedOpening(Direction.TO_SERVER, Arrays.copyOf(octets, length), 9);
            assertThat(MqttParser.recogniser().recognise(opening))
                    .isEqualTo(length < 8 ? Recognition.MORE : Recognition.YES);
        }
        assertThat(MqttParser.recogniser()
                        .recognise(new FixedOpening(
                                Direction.TO_SERVER, "\u0010\u0010other".getBytes(StandardCharsets.ISO_8859_1), 1883)))
                .isEqualTo(Recognition.NO);
    }

    @Test
    void knowsOtherPacketsAtItsOwnPortOnly() {
        byte[] answer = CONNACK.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(MqttParser.recogniser().recognise(new FixedOpening(Direction.TO_CLIENT, answer, 1883)))
                .isEqualTo(Recognition.YES);
        assertThat(MqttParser.recogniser().recognise(new FixedOpening(Direction.TO_CLIENT, answer, 80)))
                .isEqualTo(Recognition.NO);
        assertThat(MqttParser.recogniser()
                        .recognise(new FixedOpening(
                                Direction.TO_SERVER, "GET / HTTP/1.0".getBytes(StandardCharsets.ISO_8859_1), 1883)))
                .isEqualTo(Recognition.NO);
    }
}
