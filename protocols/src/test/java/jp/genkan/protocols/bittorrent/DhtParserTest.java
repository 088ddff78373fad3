package jp.genkan.protocols.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class DhtParserTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static final String ID = "abcdefghij0123456789";
    private static final byte[] QUERY = bytes("d1:ad2:id20:" + ID + "12:implied_porti1e9:info_hash20:" + ID
            + "4:porti6881e5:token2:xye1:q13:announce_peer1:t2:aa1:v4:UT\0\1" + "1:y1:qe");
    private static final byte[] ANSWER = bytes(
            "d1:rd2:id20:" + ID + "5:nodes26:" + ID + "\300\0\2\1\32\3416:valuesl6:\300\0\2\2\32\341ee1:t2:aa1:y1:re");
    private static final byte[] ERROR = bytes("d1:eli201e7:Generice1:t2:aa1:y1:ee");

    private static String event(byte[] octets) {
        return Datagrams.play(new DhtParser(), Direction.TO_SERVER, octets)
                .events()
                .getFirst();
    }

    @Test
    void tellsQueriesAnswersAndErrors() {
        String id = "6162636465666768696a30313233343536373839";
        assertThat(event(QUERY))
                .contains(
                        "\"event_type\":\"bittorrent_dht\"",
                        "\"bittorrent_dht\":{\"transaction_id\":\"6161\",\"client_version\":\"55540001\",\"request_type\":\"announce_peer\",\"request\":{\"id\":\""
                                + id + "\"",
                        "\"implied_port\":1,\"port\":6881");
        assertThat(event(ANSWER))
                .contains(
                        "\"nodes\":[{\"id\":\"" + id + "\",\"ip\":\"192.0.2.1\",\"port\":6881}]",
                        "\"values\":[{\"ip\":\"192.0.2.2\",\"port\":6881}]");
        assertThat(event(ERROR)).contains("\"error\":{\"num\":201,\"msg\":\"Generic\"}");
        Datagrams.playEveryCut(DhtParser::new, Direction.TO_SERVER, QUERY);
        Datagrams.playEveryCut(DhtParser::new, Direction.TO_SERVER, ANSWER);
    }

    @Test
    void knowsMessagesAndHandshakes() {
        assertThat(DhtParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, QUERY, 9)))
                .isEqualTo(Recognition.YES);
        for (String bad :
                new String[] {"de", "d1:y1:qe", "d" + "l".repeat(2_000) + "e", "d1:t2:aa1:y1:qee", "d1:t99999999999:e"
                }) {
            assertThat(DhtParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, bytes(bad), 9)))
                    .isEqualTo(Recognition.NO);
        }
        byte[] handshake = bytes("\u0013BitTorrent protocol........");
        for (int length = 1; length < 20; length++) {
            FixedOpening opening = new FixedOpening(Direction.TO_SERVER, Arrays.copyOf(handshake, length), 9);
            assertThat(PeerParser.recogniser().recognise(opening)).isEqualTo(Recognition.MORE);
        }
        assertThat(PeerParser.recogniser().recognise(new FixedOpening(Direction.TO_CLIENT, handshake, 9)))
                .isEqualTo(Recognition.YES);
        assertThat(PeerParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, bytes("\u0013Other"), 9)))
                .isEqualTo(Recognition.NO);
    }
}
