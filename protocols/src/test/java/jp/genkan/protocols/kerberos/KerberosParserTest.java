package jp.genkan.protocols.kerberos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class KerberosParserTest {
    /** An element; two octets of length where needed. */
    private static String element(int tag, String... parts) {
        String hex = String.join("", parts);
        int length = hex.length() / 2;
        return "%02x".formatted(tag) + (length < 128 ? "%02x" : "82%04x").formatted(length) + hex;
    }

    private static String text(String value) {
        return element(0x1b, HexFormat.of().formatHex(value.getBytes(StandardCharsets.UTF_8)));
    }

    private static String number(int value) {
        return element(2, "%02x".formatted(value));
    }

    private static String principal(String... names) {
        StringBuilder all = new StringBuilder();
        for (String name : names) {
            all.append(text(name));
        }
        return element(0x30, element(0xa0, number(1)), element(0xa1, element(0x30, all.toString())));
    }

    private static String encrypted(int type) {
        return element(0x30, element(0xa0, number(type)), element(0xa2, element(4, "00")));
    }

    private static final String REQUEST = element(
            0x6a,
            element(
                    0x30,
                    element(0xa1, number(5)),
                    element(0xa2, number(10)),
                    element(
                            0xa4,
                            element(
                                    0x30,
                                    element(0xa0, element(3, "0000000000")),
                                    element(0xa1, principal("user")),
                                    element(0xa2, text("EXAMPLE.JP")),
                                    element(0xa3, principal("krbtgt", "EXAMPLE.JP"))))));
    private static final String REPLY = element(
            0x6b,
            element(
                    0x30,
                    element(0xa0, number(5)),
                    element(0xa1, number(11)),
                    element(0xa3, text("EXAMPLE.JP")),
                    element(0xa4, principal("user")),
                    element(
                            0xa5,
                            element(
                                    0x61,
                                    element(
                                            0x30,
                                            element(0xa0, number(5)),
                                            element(0xa1, text("EXAMPLE.JP")),
                                            element(0xa2, principal("HTTP", "www")),
                                            element(0xa3, encrypted(23))))),
                    element(0xa6, encrypted(18))));
    private static final String ERROR = element(
            0x7e,
            element(
                    0x30,
                    element(0xa0, number(5)),
                    element(0xa1, number(30)),
                    element(0xa6, number(25)),
                    element(0xa9, text("EXAMPLE.JP")),
                    element(0xaa, principal("krbtgt"))));

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static String framed(String hex) {
        return new String(bytes("%08x".formatted(hex.length() / 2) + hex), StandardCharsets.ISO_8859_1);
    }

    @Test
    void tellsMessages() {
        List<String> events = RecordingConversation.play(
                        new KerberosStreamParser(), "C: " + framed(REQUEST), "S: " + framed(ERROR) + framed(REPLY))
                .events();
        assertThat(events.get(0))
                .contains(
                        "\"krb5\":{\"msg_type\":\"KRB_AS_REQ\",\"cname\":\"user\",\"realm\":\"EXAMPLE.JP\",\"sname\":\"krbtgt/EXAMPLE.JP\","
                                + "\"encryption\":\"<none>\",\"weak_encryption\":false}");
        assertThat(events.get(1))
                .contains(
                        "\"msg_type\":\"KRB_ERROR\",\"failed_request\":\"KRB_AS_REQ\",\"error_code\":\"KDC_ERR_PREAUTH_REQUIRED\",\"cname\":\"<empty>\"");
        assertThat(events.get(2))
                .contains(
                        "\"msg_type\":\"KRB_AS_REP\"",
                        "\"sname\":\"HTTP/www\"",
                        "\"encryption\":\"aes256-cts-hmac-sha1-96\",\"weak_encryption\":false,\"ticket_encryption\":\"rc4-hmac\",\"ticket_weak_encryption\":true");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(RecordingConversation.playInPieces(
                                    new KerberosStreamParser(),
                                    seed,
                                    "C: " + framed(REQUEST),
                                    "S: " + framed(ERROR) + framed(REPLY))
                            .events())
                    .isEqualTo(events);
        }
    }

    @Test
    void takesEveryCut() {
        for (String hex : List.of(REQUEST, REPLY, ERROR)) {
            Datagrams.playEveryCut(KerberosDatagramParser::new, Direction.TO_SERVER, bytes(hex));
        }
        RecordingConversation broken =
                RecordingConversation.play(new KerberosStreamParser(), "C: \0\0\0\1x", "S: \177\177\177\177x");
        assertThat(broken.settled).isTrue();
    }

    @Test
    void knowsMessages() {
        assertThat(KerberosDatagramParser.recogniser()
                        .recognise(new FixedOpening(Direction.TO_SERVER, bytes(REQUEST), 9)))
                .isEqualTo(Recognition.YES);
        byte[] stream = framed(REQUEST).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(KerberosStreamParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, stream, 9)))
                .isEqualTo(Recognition.YES);
        assertThat(KerberosStreamParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, new byte[20], 88)))
                .isEqualTo(Recognition.NO);
    }
}
