package jp.genkan.protocols.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class LdapParserTest {
    private static String element(int tag, String... parts) {
        String body = String.join("", parts);
        return "" + (char) tag + (char) body.length() + body;
    }

    private static String message(int id, String operation) {
        return element(0x30, element(2, "" + (char) id), operation);
    }

    private static String result(int tag, int code, String text) {
        return element(tag, element(0x0a, "" + (char) code), element(4, ""), element(4, text));
    }

    private static final String SEARCH = message(
            2,
            element(
                    0x63,
                    element(4, "dc=a"),
                    element(0x0a, "\2"),
                    element(0x0a, "\0"),
                    element(2, "\0"),
                    element(2, "\0"),
                    element(1, "\0"),
                    element(0x87, "objectClass"),
                    element(0x30, element(4, "*"), element(4, "+"))));
    private static final String ENTRY = message(
            2,
            element(
                    0x64,
                    element(4, "cn=x,dc=a"),
                    element(0x30, element(0x30, element(4, "cn"), element(0x31, element(4, "x"), element(4, "y"))))));
    private static final String[] DIALOGUE = {
        "C: " + message(1, element(0x60, element(2, "\3"), element(4, "cn=admin"), element(0x80, "secret"))),
        "S: " + message(1, result(0x61, 49, "no")),
        "C: " + SEARCH,
        "S: " + ENTRY + ENTRY + message(2, result(0x65, 4, "too many")),
        "C: " + message(3, element(0x42)),
    };

    @Test
    void tellsRequestsWithTheirResponses() {
        RecordingConversation seen = RecordingConversation.play(new LdapParser(), DIALOGUE);
        List<String> events = seen.events();
        assertThat(events).hasSize(3);
        assertThat(events.get(0))
                .contains(
                        "\"ldap\":{\"request\":{\"operation\":\"bind_request\",\"message_id\":1,\"bind_request\":{\"version\":3,\"name\":\"cn=admin\"}},"
                                + "\"responses\":[{\"operation\":\"bind_response\",\"message_id\":1,\"bind_response\":{\"result_code\":\"invalid_credentials\",\"matched_dn\":\"\",\"message\":\"no\"}}]}")
                .doesNotContain("secret");
        assertThat(events.get(1))
                .contains(
                        "\"search_request\":{\"base_object\":\"dc=a\",\"scope\":2,\"deref_alias\":0,\"size_limit\":0,\"time_limit\":0,\"types_only\":false,"
                                + "\"attributes\":[\"*\",\"+\"]}",
                        "\"search_result_entry\":{\"base_object\":\"cn=x,dc=a\",\"attributes\":[{\"type\":\"cn\",\"values\":[\"x\",\"y\"]}]}",
                        "\"result_code\":\"size_limit_exceeded\"");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(RecordingConversation.playInPieces(new LdapParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(events);
        }
    }

    @Test
    void handsOverToTls() {
        LdapParser parser = new LdapParser();
        RecordingConversation conversation = new RecordingConversation();
        conversation.feed(parser, "C: " + message(1, element(0x77, element(0x80, "1.3.6.1.4.1.1466.20037"))));
        String reply = message(1, result(0x78, 0, ""));
        byte[] octets = (reply + "\u0016\u0003").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(parser.onOctets(Direction.TO_CLIENT, octets, 0, octets.length, conversation))
                .isEqualTo(reply.length());
        assertThat(conversation.next).isEqualTo(AppProtocol.TLS);
        parser.onFlowEnd(conversation);
    }

    @Test
    void passesOverLongMessagesAndBoundsWhatItKeeps() {
        String longMessage = "0\u0082u0" + "x".repeat(0x7530);
        assertThat(RecordingConversation.play(new LdapParser(), "C: " + longMessage + SEARCH)
                        .events())
                .hasSize(1);
        RecordingConversation many =
                RecordingConversation.play(new LdapParser(), "C: " + SEARCH, "S: " + ENTRY.repeat(10_000));
        assertThat(((LdapTransaction) many.transactions.getFirst()).responses()).hasSize(LdapTransaction.RESPONSES_MAX);
        assertThat(RecordingConversation.play(new LdapParser(), "C: nonsense", "S: nonsense").settled)
                .isTrue();
    }

    @Test
    void takesGapsEverywhere() {
        byte[] octets = (SEARCH + SEARCH).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at++) {
            RecordingConversation conversation = new RecordingConversation();
            LdapParser parser = new LdapParser();
            parser.onOctets(Direction.TO_SERVER, octets, 0, at, conversation);
            parser.onGap(Direction.TO_SERVER, 3, conversation);
            parser.onOctets(Direction.TO_SERVER, octets, Math.min(octets.length, at + 3), octets.length, conversation);
            parser.onFlowEnd(conversation);
            assertThat(conversation.events()).as("gap at %d", at).hasSizeLessThanOrEqualTo(2);
            if (at >= SEARCH.length()) {
                assertThat(conversation.events())
                        .as("the message before the gap, %d", at)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void knowsRequests() {
        byte[] octets = SEARCH.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(LdapParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, octets, 9)))
                .isEqualTo(Recognition.YES);
        assertThat(LdapParser.recogniser()
                        .recognise(new FixedOpening(Direction.TO_SERVER, new byte[] {0x30, 3, 2, 1, 1}, 389)))
                .isEqualTo(Recognition.NO);
    }

    @Test
    void readsSearchesOverUdpAndResponsesThatNothingAskedFor() {
        byte[] answer = (ENTRY + message(2, result(0x65, 0, ""))).getBytes(StandardCharsets.ISO_8859_1);
        RecordingConversation conversation = new RecordingConversation();
        LdapDatagramParser parser = new LdapDatagramParser();
        byte[] search = SEARCH.getBytes(StandardCharsets.ISO_8859_1);
        parser.onDatagram(Direction.TO_SERVER, search, 0, search.length, conversation);
        parser.onDatagram(Direction.TO_CLIENT, answer, 0, answer.length, conversation);
        parser.onFlowEnd(conversation);
        assertThat(conversation.events()).singleElement().asString().contains("search_result_done");
        assertThat(LdapDatagramParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, search, 389)))
                .isEqualTo(Recognition.YES);
        assertThat(LdapParser.recogniser().recognise(new FixedOpening(Direction.TO_CLIENT, answer, 389)))
                .isEqualTo(Recognition.YES);
    }

    @Test
    void tellsChangesWithoutSecrets() {
        String change = message(
                4,
                element(
                        0x66,
                        element(4, "cn=x"),
                        element(
                                0x30,
                                element(
                                        0x30,
                                        element(0x0a, "\2"),
                                        element(0x30, element(4, "mail"), element(0x31, element(4, "a@b")))))));
        String bind = message(
                5,
                element(
                        0x60,
                        element(2, "\3"),
                        element(4, ""),
                        element(0xa3, element(4, "PLAIN"), element(4, "geheim"))));
        assertThat(String.join(
                        "",
                        RecordingConversation.play(new LdapParser(), "C: " + change + bind)
                                .events()))
                .contains(
                        "\"changes\":[{\"operation\":\"replace\",\"modification\":{\"attribute_type\":\"mail\",\"attribute_values\":[\"a@b\"]}}]",
                        "\"sasl\":{\"mechanism\":\"PLAIN\"}")
                .doesNotContain("geheim");
    }
}
