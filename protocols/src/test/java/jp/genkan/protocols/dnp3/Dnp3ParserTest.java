package jp.genkan.protocols.dnp3;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class Dnp3ParserTest {
    private static String crc(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        int crc = LinkFrame.crc(octets, 0, octets.length);
        return "" + (char) (crc & 0xff) + (char) (crc >>> 8);
    }

    /** A frame with unconfirmed user data. */
    private static String frame(int control, String data) {
        String header = "\5d" + (char) (5 + data.length()) + (char) control + "\12\0\1\0";
        StringBuilder made = new StringBuilder(header).append(crc(header));
        for (int at = 0; at < data.length(); at += 16) {
            String block = data.substring(at, Math.min(data.length(), at + 16));
            made.append(block).append(crc(block));
        }
        return made.toString();
    }

    private static final String READ = frame(0xc4, "\u00c0" + "\u00c2\1" + "\74\2\6" + "\74\3\6");
    private static final String ANSWER = frame(
            0x44,
            "\u00c0" + "\u00c2\u0081\u0080\0" + "\1\2\0\0\1\u0081\1" + "\36\2\1\5\0\5\0\1\u00fe\u00ff"
                    + "\36\5\27\1\7\1\0\0\u00c0\77");

    @Test
    void knowsItsChecksum() {
        // the reset of the link that IEEE 1815 shows as its example of a frame: 05 64 05 C0 01 00 00 04 E9 21
        byte[] reset = "\5d\5\u00c0\1\0\0\4\u00e9\u0021".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(LinkFrame.hasHeaderCrc(reset, 0)).isTrue();
    }

    @Test
    void tellsRequestsAndResponsesWithTheirPoints() {
        String[] dialogue = {"C: " + READ, "S: " + ANSWER};
        List<String> events =
                RecordingConversation.play(new Dnp3Parser(), dialogue).events();
        assertThat(events).hasSize(2);
        assertThat(events.get(0))
                .contains(
                        "\"dnp3\":{\"type\":\"request\",\"control\":{\"dir\":true,\"pri\":true,\"fcb\":false,\"fcv\":false,\"function_code\":4},"
                                + "\"src\":1,\"dst\":10,\"application\":{\"control\":{\"fir\":true,\"fin\":true,\"con\":false,\"uns\":false,\"sequence\":2},"
                                + "\"function_code\":1,\"objects\":[{\"group\":60,\"variation\":2,\"qualifier\":6,\"prefix_code\":0,\"range_code\":6,"
                                + "\"start\":0,\"stop\":0,\"count\":0},{\"group\":60,\"variation\":3");
        assertThat(events.get(1))
                .contains(
                        "\"type\":\"response\"",
                        "\"start\":0,\"stop\":1,\"count\":2,\"points\":[{\"prefix\":0,\"index\":0,\"online\":1,\"restart\":0,\"comm_lost\":0,\"remote_forced\":0,"
                                + "\"local_forced\":0,\"chatter_filter\":0,\"reserved\":0,\"state\":1},{\"prefix\":0,\"index\":1,\"online\":1",
                        "\"index\":5,\"online\":1",
                        "\"value\":-2}",
                        "{\"prefix\":7,\"index\":7,\"online\":1",
                        "\"value\":1.5",
                        "\"complete\":true",
                        "\"iin\":{\"indicators\":[\"device_restart\"]}");
        for (int seed = 0; seed < 50; seed++) {
            assertThat(RecordingConversation.playInPieces(new Dnp3Parser(), seed, dialogue)
                            .events())
                    .isEqualTo(events);
        }
    }

    @Test
    void putsFragmentsTogether() {
        String first = frame(0xc4, "\100\u00c0\1\74\2\6");
        String second = frame(0xc4, "\u0081\74\3\6");
        RecordingConversation seen = RecordingConversation.play(new Dnp3Parser(), "C: " + first + second);
        assertThat(seen.transactions).hasSize(1);
        assertThat(((Dnp3Transaction) seen.transactions.getFirst()).objects()).hasSize(2);
        assertThat(((Dnp3Transaction) seen.transactions.getFirst()).fragment()).hasSize(8);
        String wrongNumber = frame(0xc4, "\u0085\74\3\6");
        assertThat(RecordingConversation.play(new Dnp3Parser(), "C: " + first + wrongNumber).transactions)
                .isEmpty();
    }

    @Test
    void namesWhatBreaksTheRules() {
        assertThat(anomalies(READ.substring(0, 8) + "\0\0" + READ.substring(10) + READ))
                .containsExactly("bad_link_crc");
        assertThat(anomalies(READ.substring(0, READ.length() - 1) + "\0")).containsExactly("bad_transport_crc");
        assertThat(anomalies(frame(0xc4, "\u00c0\u00c2"))).containsExactly("len_too_small");
        assertThat(anomalies(frame(0xc4, "\u00c0\u00c2\2\u00fe\1\0\0\1"))).containsExactly("unknown_object");
        assertThat(anomalies(frame(0xc4, "\u00c0\u00c2\2\1\2\2\0\0\0\0\u00ff\u00ff\u00ff\0")))
                .containsExactly("too_many_points");
        StringBuilder endless = new StringBuilder(frame(0xc4, "\100\u00c0\2"));
        for (int i = 1; i < 70; i++) {
            endless.append(frame(0xc4, (char) (i & 0x3f) + "x".repeat(249)));
        }
        assertThat(anomalies(endless.toString())).containsExactly("too_long_reassembly");
        assertThat(anomalies(READ.repeat(Dnp3Parser.FLOOD + 5))).containsExactly("flooded");
    }

    private static List<String> anomalies(String client) {
        return RecordingConversation.play(new Dnp3Parser(), "C: " + client).anomalies;
    }

    @Test
    void findsTheNextFrameBehindAGap() {
        byte[] octets = (READ + READ + READ).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < READ.length(); at++) {
            RecordingConversation conversation = new RecordingConversation();
            Dnp3Parser parser = new Dnp3Parser();
            parser.onOctets(Direction.TO_SERVER, octets, 0, at, conversation);
            parser.onGap(Direction.TO_SERVER, 3, conversation);
            parser.onOctets(Direction.TO_SERVER, octets, at + 3, octets.length, conversation);
            parser.onFlowEnd(conversation);
            assertThat(conversation.transactions).hasSizeBetween(1, 2);
        }
    }

    @Test
    void knowsAFrame() {
        byte[] octets = READ.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Dnp3Parser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, octets, 20000)))
                .isEqualTo(Recognition.YES);
        octets[9] ^= 1;
        assertThat(Dnp3Parser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, octets, 20000)))
                .isEqualTo(Recognition.NO);
    }
}
