package jp.genkan.protocols.tls;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsParserTest {
    private static final String RANDOM = "r".repeat(32);

    private static RecordingConversation recorded(String name) {
        return RecordingConversation.play(new TlsParser(), Flights.recorded(name));
    }

    private static String event(RecordingConversation conversation) {
        assertThat(conversation.events()).hasSize(1);
        return conversation.events().getFirst();
    }

    private static TlsTransaction only(RecordingConversation conversation) {
        assertThat(conversation.transactions).hasSize(1);
        return (TlsTransaction) conversation.transactions.getFirst();
    }

    @Test
    void readsHellosAndCertificateOfTls12() {
        RecordingConversation conversation = recorded("tls12");
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.anomalies).isEmpty();
        assertThat(event(conversation))
                .contains("\"event_type\":\"tls\"")
                .contains("\"sni\":\"shop.example.test\"")
                .contains("\"version\":\"TLS 1.2\"")
                .contains("\"subject\":\"C=JP, ST=Tokyo, L=Chiyoda-ku, O=株式会社玄関, OU=Test + CN=shop.example.test,"
                        + " emailAddress=mail@example.test\"")
                .contains("\"issuerdn\":\"C=JP, O=Genkan Test, CN=Test CA\"")
                .contains("\"serial\":\"00:9F:01:02:03:04:05:06:07\"")
                .contains("\"fingerprint\":\"9d:db:cc:79:2a:15:08:60:26:b7:16:5e:5f:8b:72:4b:fb:df:0d:96\"")
                .contains("\"notbefore\":\"2026-11-25T21:18:22\"")
                .contains("\"notafter\":\"2036-11-22T21:18:22\"")
                .contains("\"subjectaltname\":[\"shop.example.test\",\"*.example.test\",\"192.0.2.7\",")
                .contains("\"client_alpns\":[\"h2\",\"http/1.1\"]")
                .contains("\"server_alpns\":[\"http/1.1\"]")
                .contains("\"ja3\":{\"hash\":")
                .contains("\"ja3s\":{\"hash\":")
                .doesNotContain("session_resumed")
                .doesNotContain("from_proto");
        assertThat(only(conversation).serverChain()).hasSize(2);
    }

    @Test
    void settlesAsSoonAsBothSidesEncrypt() {
        String[] lines = Flights.recorded("tls12");
        RecordingConversation conversation = new RecordingConversation();
        TlsParser parser = new TlsParser();
        conversation.feed(parser, lines[0], lines[1], lines[2]);
        assertThat(conversation.settled).isFalse();
        conversation.feed(parser, lines[3]);
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.transactions).hasSize(1);
    }

    @Test
    void noticesResumedSession() {
        assertThat(event(recorded("tls12-resumed")))
                .contains("\"session_resumed\":true")
                .contains("\"version\":\"TLS 1.2\"")
                .doesNotContain("subject");
        assertThat(event(recorded("tls13-resumed"))).contains("\"session_resumed\":true");
        assertThat(event(recorded("tls13"))).doesNotContain("session_resumed");
    }

    @Test
    void readsCertificatesOfBothSides() {
        RecordingConversation conversation = recorded("tls12-client-certificate");
        assertThat(event(conversation))
                .contains("\"client\":{\"subject\":\"C=JP, O=Genkan Test, CN=client one\"")
                .contains("CN=shop.example.test");
    }

    @Test
    void readsHellosOfTls13() {
        RecordingConversation conversation = recorded("tls13");
        assertThat(conversation.settled).isTrue();
        assertThat(event(conversation))
                .contains("\"version\":\"TLS 1.3\"")
                .contains("\"sni\":\"shop.example.test\"")
                .contains("\"ja4\":\"t13d1812h2_85036bcba153_d41ae481755e")
                .doesNotContain("subject");
    }

    @Test
    void readsSecondHelloAfterRetryRequest() {
        RecordingConversation conversation = recorded("tls13-retry");
        TlsTransaction transaction = only(conversation);
        assertThat(transaction.isHelloRetried()).isTrue();
        assertThat(transaction.serverHello()).isNotNull();
        assertThat(conversation.anomalies).isEmpty();
        assertThat(conversation.steps)
                .filteredOn(step -> step.equals("tls 0 to_server HEADERS"))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tls12", "tls12-resumed", "tls12-client-certificate", "tls13", "tls13-resumed", "tls13-retry"})
    void readsTheSameInPieces(String name) {
        String[] lines = Flights.recorded(name);
        RecordingConversation whole = RecordingConversation.play(new TlsParser(), lines);
        for (int seed = 0; seed < 12; seed++) {
            RecordingConversation pieces = RecordingConversation.playInPieces(new TlsParser(), seed, lines);
            assertThat(pieces.events()).isEqualTo(whole.events());
            assertThat(pieces.anomalies).isEqualTo(whole.anomalies);
            assertThat(pieces.steps).isEqualTo(whole.steps);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls12", "tls13"})
    void tellsWhatItHasOfHandshakesThatEndAnywhere(String name) {
        String[] lines = Flights.recorded(name);
        for (int line = 0; line < lines.length; line++) {
            for (int length = 3; length < lines[line].length(); length += line == 0 ? 1 : 7) {
                String[] some = java.util.Arrays.copyOf(lines, line + 1);
                some[line] = lines[line].substring(0, length);
                RecordingConversation conversation = RecordingConversation.play(new TlsParser(), some);
                assertThat(conversation.transactions).hasSizeLessThanOrEqualTo(1);
                assertThat(conversation.anomalies).isEmpty();
            }
        }
    }

    @Test
    void goesOnAfterGapsWhereItCan() {
        String[] lines = Flights.recorded("tls12");
        for (int line = 0; line < 4; line++) {
            for (int gap = 3; gap < lines[line].length(); gap += 5) {
                for (int missing : new int[] {1, 4, 40, 4000}) {
                    RecordingConversation conversation = new RecordingConversation();
                    TlsParser parser = new TlsParser();
                    for (int i = 0; i < lines.length; i++) {
                        if (i == line) {
                            Direction direction = lines[i].startsWith("C") ? Direction.TO_SERVER : Direction.TO_CLIENT;
                            conversation.feed(parser, lines[i].substring(0, gap));
                            parser.onGap(direction, missing, conversation);
                            if (gap + missing < lines[i].length()) {
                                conversation.feed(parser, lines[i].substring(0, 3) + lines[i].substring(gap + missing));
                            }
                        } else {
                            conversation.feed(parser, lines[i]);
                        }
                    }
                    parser.onFlowEnd(conversation);
                    assertThat(conversation.transactions).hasSizeLessThanOrEqualTo(1);
                }
            }
        }
    }

    @Test
    void readsServerNameAfterGapInsideCertificates() {
        String[] lines = Flights.recorded("tls12");
        RecordingConversation conversation = new RecordingConversation();
        TlsParser parser = new TlsParser();
        conversation.feed(parser, lines[0], lines[1].substring(0, 600));
        parser.onGap(Direction.TO_CLIENT, 500, conversation);
        conversation.feed(parser, "S: " + lines[1].substring(1100), lines[2], lines[3]);
        assertThat(conversation.settled).isTrue();
        assertThat(event(conversation)).contains("shop.example.test").doesNotContain("subject");
    }

    @Test
    void saysFromWhichProtocolItCame() {
        String written = new TlsTransactionOf(AppProtocol.SMTP).text();
        assertThat(written).contains("\"from_proto\":\"smtp\"");
    }

    @Test
    void readsHelloOfSslV2AndTls10Answer() {
        String hello = Flights.ofHex("01 0301 0006 0000 0010 00002f 000035") + "c".repeat(16);
        String server = Flights.record(2, "\u0003\u0001" + RANDOM + "\0\0/\0");
        RecordingConversation conversation = RecordingConversation.play(
                new TlsParser(), "C: \u0080" + (char) hello.length() + hello, "S: " + server);
        assertThat(event(conversation)).contains("\"version\":\"TLSv1\"").doesNotContain("\"ja3\"");
        assertThat(conversation.anomalies).isEmpty();
    }

    @Test
    void tellsBrokenHelloOfSslV2() {
        RecordingConversation conversation =
                RecordingConversation.play(new TlsParser(), "C: " + Flights.ofHex("8009 01 0002 0007 0000 0010"));
        assertThat(conversation.anomalies).containsExactly("INVALID_SSLV2_HEADER");
        assertThat(conversation.settled).isTrue();
    }

    @Test
    void noticesSslV2Server() {
        String hello = Flights.ofHex("04 00 01 0002 0000 0003 0010 010080") + "c".repeat(16);
        RecordingConversation conversation =
                RecordingConversation.play(new TlsParser(), "S: \u0080" + (char) hello.length() + hello);
        assertThat(event(conversation)).contains("\"version\":\"SSLv2\"");
    }

    @Test
    void tellsRecordsThatAreNone() {
        assertThat(anomalies("C: \u0017\u0003\u0001\u00ff\u00ff")).containsExactly("INVALID_TLS_HEADER");
        assertThat(anomalies("C: \u0016\u0009\u0001\0\u0001")).containsExactly("INVALID_RECORD_VERSION");
        assertThat(anomalies("C: GET / HTTP/1.1")).containsExactly("INVALID_RECORD_TYPE");
        assertThat(anomalies("C: " + Flights.record(99, "x"))).containsExactly("INVALID_HANDSHAKE_MESSAGE");
    }

    private static java.util.List<String> anomalies(String... lines) {
        return RecordingConversation.play(new TlsParser(), lines).anomalies;
    }

    @Test
    void endsWithFatalAlert() {
        String[] lines = Flights.recorded("tls12");
        RecordingConversation conversation =
                RecordingConversation.play(new TlsParser(), lines[0], "S: " + Flights.ofHex("15 0303 0002 02 28"));
        assertThat(conversation.settled).isTrue();
        assertThat(only(conversation).alertDescription()).isEqualTo(40);
        assertThat(event(conversation)).contains("\"version\":\"UNDETERMINED\"").contains("shop.example.test");
    }

    @Test
    void tellsHeartbeatThatAsksForMoreThanItBrings() {
        String[] lines = Flights.recorded("tls12");
        assertThat(anomalies(lines[0], lines[1], "C: " + Flights.ofHex("18 0303 0003 01 4000")))
                .containsExactly("HEARTBEAT_MESSAGE", "OVERFLOW_HEARTBEAT_MESSAGE");
    }

    @Test
    void tellsOddServerNames() {
        assertThat(anomalies("C: " + hello(extension(0, "\0\u0004\0\0\u0001a") + extension(0, "\0\u0004\0\0\u0001b"))))
                .containsExactly("MULTIPLE_SNI_EXTENSIONS");
        assertThat(anomalies("C: " + hello(extension(0, "\0\u0004\u0001\0\u0001a"))))
                .containsExactly("INVALID_SNI_TYPE");
        assertThat(anomalies("C: " + hello(extension(0, "\0\u0004\0\0\u0009a"))))
                .containsExactly("INVALID_SNI_LENGTH");
        assertThat(anomalies("C: " + hello("\0\u0005\0\u0009x"))).containsExactly("HANDSHAKE_INVALID_LENGTH");
    }

    @Test
    void noticesEncryptedHello() {
        String extensions = extension(0xfe0d, "\0secret") + extension(0, "\0\u0009\0\0\u0006outer.");
        TlsTransaction transaction = only(RecordingConversation.play(new TlsParser(), "C: " + hello(extensions)));
        assertThat(transaction.hasEncryptedHello()).isTrue();
        assertThat(transaction.sni()).isEqualTo("outer.");
    }

    @Test
    void passesOverMessagesThatAreTooLong() {
        String header = "\u000b\u0002\0\0"; // a certificate message of 128 KiB
        String record = "\u0016\u0003\u0003" + Flights.u16(0x4000) + "x".repeat(0x4000);
        String[] lines = Flights.recorded("tls12");
        RecordingConversation conversation = new RecordingConversation();
        TlsParser parser = new TlsParser();
        conversation.feed(parser, lines[0], "S: \u0016\u0003\u0003\0\u0004" + header);
        for (int i = 0; i < 8; i++) {
            conversation.feed(parser, "S: " + record);
        }
        conversation.feed(parser, lines[1]);
        assertThat(conversation.anomalies).containsExactly("HANDSHAKE_INVALID_LENGTH");
        parser.onFlowEnd(conversation);
        assertThat(event(conversation)).contains("\"version\":\"TLS 1.2\"");
    }

    @Test
    void givesUpHandshakeThatNeverEnds() {
        String record = "\u0016\u0003\u0003\0\u0004\0\0\0\0"; // a hello request, and another
        RecordingConversation conversation = new RecordingConversation();
        TlsParser parser = new TlsParser();
        String many = record.repeat(1000);
        for (int i = 0; i < TlsParser.HANDSHAKE_OCTETS_MAX / many.length() + 1; i++) {
            conversation.feed(parser, "S: " + many);
        }
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.anomalies).isEmpty();
    }

    static String hello(String extensions) {
        String body = "\u0003\u0003" + RANDOM + "\0" + "\0\u0002\u0013\u0001" + "\u0001\0";
        return Flights.record(1, body + Flights.u16(extensions.length()) + extensions);
    }

    static String extension(int type, String body) {
        return Flights.u16(type) + Flights.u16(body.length()) + body;
    }
}
