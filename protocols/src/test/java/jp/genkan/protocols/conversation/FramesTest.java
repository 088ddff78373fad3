package jp.genkan.protocols.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.dcerpc.DcerpcParser;
import jp.genkan.protocols.dns.DnsStreamParser;
import jp.genkan.protocols.enip.EnipParser;
import jp.genkan.protocols.http.HttpParser;
import jp.genkan.protocols.mqtt.MqttParser;
import jp.genkan.protocols.sip.SipDatagramParser;
import jp.genkan.protocols.sip.SipStreamParser;
import jp.genkan.protocols.smb.SmbParser;
import jp.genkan.protocols.smtp.SmtpParser;
import jp.genkan.protocols.tls.TlsParser;
import jp.genkan.protocols.websocket.WebSocketParser;
import org.junit.jupiter.api.Test;

/** Parsers tell the same frames however the octets are cut. */
class FramesTest {
    private static String hex(String digits) {
        return new String(HexFormat.of().parseHex(digits.replace(" ", "")), StandardCharsets.ISO_8859_1);
    }

    private static List<String> frames(Supplier<StreamParser> parser, String... lines) {
        List<String> whole = RecordingFrames.play(parser.get(), 65_536, lines);
        for (int length : new int[] {1, 2, 3, 7, 50}) {
            assertThat(RecordingFrames.play(parser.get(), length, lines))
                    .as("pieces of %d", length)
                    .isEqualTo(whole);
        }
        return whole;
    }

    @Test
    void requestsAndResponsesOfHttpAreWholeMessages() {
        String first = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
        String second = "GET /b HTTP/1.1\r\nHost: a\r\n\r\n";
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        String interim = "HTTP/1.1 100 Continue\r\n\r\n";
        assertThat(frames(HttpParser::new, "C: " + first + second, "S: " + interim + answer, "S: \r\n" + answer))
                .containsExactly(
                        "request " + second,
                        "request " + first,
                        "response " + interim,
                        "response " + answer,
                        "response " + answer);
    }

    @Test
    void linesAndMailsOfSmtpAreFrames() {
        assertThat(frames(
                        SmtpParser::new,
                        "S: 220 ready\r\n",
                        "C: EHLO a\r\nMAIL FROM:<a@b>\r\nDATA\r\n",
                        "S: 250-ok\r\n250 ok\r\n250 ok\r\n354 go\r\n",
                        "C: Subject: x\r\n\r\nbody\r\n.\r\nQUIT\r\n",
                        "S: 250 queued\r\n"))
                .containsExactly(
                        "command_line DATA\r\n",
                        "command_line EHLO a\r\n",
                        "command_line MAIL FROM:<a@b>\r\n",
                        "command_line QUIT\r\n",
                        "data Subject: x\r\n\r\nbody\r\n",
                        "response_line 220 ready\r\n",
                        "response_line 250 ok\r\n",
                        "response_line 250 ok\r\n",
                        "response_line 250 queued\r\n",
                        "response_line 250-ok\r\n",
                        "response_line 354 go\r\n");
    }

    @Test
    void messagesOfDnsAreFramesWithoutTheirLength() {
        String message = hex("1234 0100 0001 0000 0000 0000 0161 00 0001 0001");
        String framed = hex("0013") + message;
        assertThat(frames(DnsStreamParser::new, "C: " + framed + framed))
                .containsExactly("pdu " + message, "pdu " + message);
    }

    @Test
    void packetsOfMqttHaveHeadersAndData() {
        String connect = hex("10 0e 0004 4d515454 04 02 003c 0002 6162");
        assertThat(frames(MqttParser::new, "C: " + connect + hex("c000")))
                .contains(
                        "pdu " + connect,
                        "header " + connect.substring(0, 2),
                        "data " + connect.substring(2),
                        "pdu " + hex("c000"));
    }

    @Test
    void framesOfWebSocketHaveHeadersAndData() {
        assertThat(frames(WebSocketParser::new, "S: " + hex("8103 616263"), "C: " + hex("8182 01020304 6060")))
                .containsExactlyInAnyOrder(
                        "data abc",
                        "data " + hex("6060"),
                        "header " + hex("8103"),
                        "header " + hex("8182 01020304"),
                        "pdu " + hex("8103 616263"),
                        "pdu " + hex("8182 01020304 6060"));
    }

    @Test
    void messagesOfCipAreFoundInsideEachOther() {
        String inner = hex("0e 03 2001 2401 3005");
        String packed = hex("0a 02 2002 2401 0200 0600 0e00") + inner + inner;
        String items = hex("00000000 0000 0200 0000 0000 b200") + (char) packed.length() + hex("00") + packed;
        String message =
                hex("6f00") + (char) items.length() + hex("00 01000000 00000000 0000000000000000 00000000") + items;
        assertThat(frames(EnipParser::new, "C: " + message))
                .contains(
                        "pdu " + message,
                        "hdr " + message.substring(0, 24),
                        "data " + items,
                        "enip.item " + hex("0000 0000"),
                        "cip " + packed,
                        "cip " + inner);
    }

    @Test
    void fragmentsOfRemoteCallsHaveHeadersAndData() {
        String request = hex("0500 0003 10000000 1c00 0000 01000000 04000000 0000 0500 01020304");
        assertThat(frames(DcerpcParser::new, "C: " + request))
                .containsExactly("data " + request.substring(16), "hdr " + request.substring(0, 16), "pdu " + request);
    }

    @Test
    void recordsAndMessagesOfSmbAreFramesInsideEachOther() {
        String first = hex("fe534d42 4000 0000 00000000 0d00 0100 00000000 48000000") + "\0".repeat(40) + "abcdefgh";
        String second = hex("fe534d42 4000 0000 00000000 0d00 0100 00000000 00000000") + "\0".repeat(40) + "ijkl";
        String record = hex("0000 008c") + first + second;
        String old = hex("ff534d42 2b 00000000 18 0000") + "\0".repeat(20) + hex("00 0000");
        assertThat(frames(SmbParser::new, "C: " + hex("0000 0023") + old + record))
                .contains(
                        "smb1.hdr " + old.substring(0, 32),
                        "smb1.data " + old.substring(32),
                        "smb1.pdu " + old,
                        "nbss.pdu " + record,
                        "nbss.hdr " + record.substring(0, 4),
                        "nbss.data " + first + second,
                        "smb2.pdu " + first,
                        "smb2.pdu " + second,
                        "smb2.data abcdefgh",
                        "smb2.data ijkl");
    }

    @Test
    void recordsOfTlsAreFramesAlsoWhenTheyAreEncrypted() {
        String hello = hex("16 0301 0004 00000000");
        String data = hex("17 0303 0003 616263");
        assertThat(frames(
                        TlsParser::new,
                        "C: " + hello + data,
                        "S: " + hello + data,
                        "C: " + data + hex("15 0303 0002 0100")))
                .contains("pdu " + hello, "data abc", "hdr " + data.substring(0, 5), "alert " + hex("0100"))
                .filteredOn(frame -> frame.equals("pdu " + data))
                .hasSize(3);
    }

    @Test
    void messagesOfSipFallIntoLineHeadersAndBody() {
        String line = "INVITE sip:a@b SIP/2.0\r\n";
        String headers = "Via: SIP/2.0/TCP a\r\nContent-Length: 3\r\n";
        String message = line + headers + "\r\nv=0";
        assertThat(frames(SipStreamParser::new, "C: " + message, "S: " + message))
                .containsExactly(
                        "pdu " + message,
                        "pdu " + message,
                        "request.body v=0",
                        "request.headers " + headers,
                        "request.line " + line);
        RecordingConversation conversation = new RecordingConversation();
        RecordingFrames frames = new RecordingFrames();
        conversation.frames = frames;
        byte[] datagram = message.getBytes(StandardCharsets.ISO_8859_1);
        frames.octets(Direction.TO_SERVER, datagram);
        new SipDatagramParser().onDatagram(Direction.TO_SERVER, datagram, 0, datagram.length, conversation);
        assertThat(frames.list()).contains("request.body v=0", "request.headers " + headers);
    }
}
