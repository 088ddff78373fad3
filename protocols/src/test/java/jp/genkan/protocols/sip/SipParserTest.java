package jp.genkan.protocols.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class SipParserTest {
    private static final String SDP = String.join(
            "\r\n",
            "v=0",
            "o=a 1 2 IN IP4 192.0.2.1",
            "s=call",
            "c=IN IP4 192.0.2.1",
            "t=0 0",
            "r=7d 1h 0 25h",
            "t=1 2",
            "a=sendrecv",
            "m=audio 30000 RTP/AVP 0",
            "a=rtpmap:0 pcmu/8000",
            "m=video 30002 RTP/AVP 31",
            "");
    private static final String INVITE = "INVITE sip:b@example.jp SIP/2.0\r\n"
            + "Via: SIP/2.0/UDP 192.0.2.1\r\n"
            + "f: <sip:a@example.jp>\r\n"
            + "Subject: long\r\n"
            + "  subject\r\n"
            + "Content-Type:"
            + " application/sdp\r\n"
            + "Content-Length:"
            + " " + SDP.length() + "\r\n\r\n" + SDP;
    private static final String RINGING = "SIP/2.0 180 Ringing now\r\nTo: b\r\nContent-Length: 0\r\n\r\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void tellsRequestsAndResponses() {
        RecordingConversation seen =
                Datagrams.play(new SipDatagramParser(), Direction.TO_SERVER, bytes("\r\n" + INVITE));
        assertThat(seen.events().getFirst())
                .contains(
                        "\"sip\":{\"method\":\"INVITE\",\"uri\":\"sip:b@example.jp\",\"version\":\"SIP/2.0\",\"request_line\":\"INVITE"
                                + " sip:b@example.jp SIP/2.0\"",
                        "\"sdp\":{\"origin\":\"a 1 2 IN IP4"
                                + " 192.0.2.1\",\"session_name\":\"call\",\"connection_data\":\"IN IP4"
                                + " 192.0.2.1\",\"time_descriptions\":[{\"time\":\"0 0\",\"repeat_time\":\"7d 1h 0"
                                + " 25h\"},{\"time\":\"1"
                                + " 2\"}],\"attributes\":[\"sendrecv\"],\"media_descriptions\":[{\"media\":\"audio 30000"
                                + " RTP/AVP 0\",\"attributes\":[\"rtpmap:0 pcmu/8000\"]},{\"media\":\"video 30002 RTP/AVP"
                                + " 31\"}]}");
        SipTransaction transaction = (SipTransaction) seen.transactions.getFirst();
        assertThat(transaction.header("From")).isEqualTo("<sip:a@example.jp>");
        assertThat(transaction.header("subject")).startsWith("long").endsWith("subject");
        assertThat(Datagrams.play(new SipDatagramParser(), Direction.TO_CLIENT, bytes(RINGING))
                        .events()
                        .getFirst())
                .contains("\"sip\":{\"version\":\"SIP/2.0\",\"code\":\"180\",\"reason\":\"Ringing"
                        + " now\",\"response_line\":\"SIP/2.0 180 Ringing now\"}");
        Datagrams.playEveryCut(SipDatagramParser::new, Direction.TO_SERVER, bytes(INVITE));
        assertThat(Datagrams.play(new SipDatagramParser(), Direction.TO_CLIENT, bytes("\r\n\r\n")).transactions)
                .isEmpty();
    }

    private static final String[] DIALOGUE = {"C: \r\n" + INVITE + INVITE, "S: " + RINGING, "C: " + INVITE};

    @Test
    void readsStreamsInPiecesOfAnySize() {
        RecordingConversation whole = RecordingConversation.play(new SipStreamParser(), DIALOGUE);
        assertThat(whole.events()).hasSize(4);
        for (int seed = 0; seed < 100; seed++) {
            assertThat(RecordingConversation.playInPieces(new SipStreamParser(), seed, DIALOGUE)
                            .events())
                    .isEqualTo(whole.events());
        }
    }

    @Test
    void takesGapsEverywhere() {
        byte[] octets = bytes(INVITE + INVITE);
        for (int at = 0; at < octets.length; at++) {
            RecordingConversation conversation = new RecordingConversation();
            SipStreamParser parser = new SipStreamParser();
            parser.onOctets(Direction.TO_SERVER, octets, 0, at, conversation);
            parser.onGap(Direction.TO_SERVER, 5, conversation);
            parser.onOctets(Direction.TO_SERVER, octets, Math.min(octets.length, at + 5), octets.length, conversation);
            parser.onFlowEnd(conversation);
            conversation.events();
        }
    }

    @Test
    void givesUpAHeadWithoutEnd() {
        RecordingConversation seen = RecordingConversation.play(
                new SipStreamParser(), "C: INVITE sip:a SIP/2.0\r\n" + "X: y\r\n".repeat(10_000));
        assertThat(seen.anomalies).containsExactly("incomplete_data");
        assertThat(seen.transactions).isEmpty();
    }

    @Test
    void knowsSipFromHttp() {
        assertThat(SipRecogniser.datagrams().recognise(new FixedOpening(Direction.TO_SERVER, bytes(INVITE), 9)))
                .isEqualTo(Recognition.YES);
        assertThat(SipRecogniser.datagrams().recognise(new FixedOpening(Direction.TO_CLIENT, bytes(RINGING), 9)))
                .isEqualTo(Recognition.YES);
        byte[] head = bytes(INVITE.substring(0, INVITE.indexOf('\n')));
        for (int length = 1; length < head.length; length++) {
            assertThat(SipRecogniser.streams()
                            .recognise(new FixedOpening(Direction.TO_SERVER, Arrays.copyOf(head, length), 9)))
                    .isEqualTo(Recognition.MORE);
        }
        for (String other :
                new String[] {"GET / HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\n", "OPTIONS rtsp://a RTSP/1.0\r\n", "\0\1\2\3"
                }) {
            assertThat(SipRecogniser.streams().recognise(new FixedOpening(Direction.TO_SERVER, bytes(other), 5060)))
                    .isEqualTo(Recognition.NO);
        }
    }
}
