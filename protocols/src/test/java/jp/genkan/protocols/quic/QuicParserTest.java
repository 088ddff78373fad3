package jp.genkan.protocols.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.conversation.RecordingConversation;
import jp.genkan.protocols.tls.Flights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuicParserTest {
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final byte[] OTHER_ID = {8, 7, 6, 5, 4, 3, 2, 1};

    /** A hello of OpenSSL as it would stand in CRYPTO frames: the record without its header. */
    private static byte[] hello(int flight) {
        byte[] record = Flights.octets(Flights.recorded("tls13")[flight].substring(3));
        int length = (record[3] & 0xff) << 8 | record[4] & 0xff;
        return Arrays.copyOfRange(record, 5, 5 + length);
    }

    private static void feed(QuicParser parser, RecordingConversation to, Direction direction, byte[] datagram) {
        parser.onDatagram(direction, datagram.clone(), 0, datagram.length, to);
    }

    private static byte[] whole(byte[] stream) {
        return Sealer.crypto(0, stream, 0, stream.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0x6b3343cf, 0xff00001d, 0xff000022, 0x54303531})
    void readsBothHellosAndSettles(int version) {
        QuicParser parser = new QuicParser();
        RecordingConversation conversation = new RecordingConversation();
        byte[] client = new Sealer(version, "client", ID).initial(ID, Sealer.join(whole(hello(0)), new byte[600]));
        byte[] server = new Sealer(version, "server", ID)
                .initial(OTHER_ID, Sealer.join(new byte[] {2, 0, 0, 0, 0}, whole(hello(1))));
        feed(parser, conversation, Direction.TO_SERVER, client);
        assertThat(conversation.settled).isFalse();
        assertThat(conversation.events()).hasSize(1);
        assertThat(conversation.events().getFirst())
                .contains("\"event_type\":\"quic\"")
                .contains("\"version\":\"" + QuicVersion.name(version) + "\"")
                .contains("\"sni\":\"shop.example.test\"")
                .contains("{\"name\":\"server_name\",\"type\":0,\"values\":[\"shop.example.test\"]}")
                .contains("{\"name\":\"alpn\",\"type\":16,\"values\":[\"h2\",\"http/1.1\"]}")
                .contains("\"ja3\":{\"hash\"")
                .contains("\"ja4\":\"");
        feed(parser, conversation, Direction.TO_CLIENT, server);
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.events()).hasSize(2);
        assertThat(conversation.events().getLast()).contains("\"ja3s\":{\"hash\"");
        assertThat(conversation.anomalies).isEmpty();
    }

    @Test
    void putsFramesInOrderThatComeInAnyOrder() {
        byte[] stream = hello(0);
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            List<byte[]> frames = new ArrayList<>();
            for (int at = 0; at < stream.length; ) {
                int to = Math.min(stream.length, at + 1 + random.nextInt(90));
                int from = Math.max(0, at - random.nextInt(10)); // overlaps
                frames.add(Sealer.crypto(from, stream, from, to));
                at = to;
            }
            Collections.shuffle(frames, random);
            QuicParser parser = new QuicParser();
            RecordingConversation conversation = new RecordingConversation();
            Sealer sealer = new Sealer(1, "client", ID);
            int half = frames.size() / 2;
            byte[] first =
                    sealer.initial(ID, Sealer.join(frames.subList(0, half).toArray(byte[][]::new)));
            byte[] second = sealer.initial(
                    ID, Sealer.join(frames.subList(half, frames.size()).toArray(byte[][]::new)));
            if (seed % 2 == 0) {
                feed(parser, conversation, Direction.TO_SERVER, Sealer.join(first, second)); // coalesced
            } else {
                feed(parser, conversation, Direction.TO_SERVER, second);
                feed(parser, conversation, Direction.TO_SERVER, first);
            }
            assertThat(conversation.events()).hasSize(1);
            assertThat(conversation.events().getFirst()).contains("shop.example.test");
        }
    }

    @Test
    void makesNewKeysAfterRetry() {
        QuicParser parser = new QuicParser();
        RecordingConversation conversation = new RecordingConversation();
        byte[] stream = hello(0);
        feed(
                parser,
                conversation,
                Direction.TO_SERVER,
                new Sealer(1, "client", ID).initial(ID, Sealer.crypto(0, stream, 0, 100)));
        byte[] retry = new byte[60];
        retry[0] = (byte) 0xf0;
        retry[4] = 1;
        feed(parser, conversation, Direction.TO_CLIENT, retry);
        feed(
                parser,
                conversation,
                Direction.TO_SERVER,
                new Sealer(1, "client", OTHER_ID).initial(OTHER_ID, whole(stream)));
        feed(
                parser,
                conversation,
                Direction.TO_CLIENT,
                new Sealer(1, "server", OTHER_ID).initial(new byte[0], whole(hello(1))));
        assertThat(conversation.events()).hasSize(2);
        assertThat(conversation.anomalies).isEmpty();
    }

    @Test
    void readsServerThatChangesToVersion2() {
        QuicParser parser = new QuicParser();
        RecordingConversation conversation = new RecordingConversation();
        feed(parser, conversation, Direction.TO_SERVER, new Sealer(1, "client", ID).initial(ID, whole(hello(0))));
        feed(
                parser,
                conversation,
                Direction.TO_CLIENT,
                new Sealer(QuicVersion.NUMBER_2, "server", ID).initial(OTHER_ID, whole(hello(1))));
        assertThat(conversation.settled).isTrue();
        assertThat(conversation.events().getLast()).contains("\"version\":\"6b3343cf\"");
    }

    @Test
    void tellsWhatCannotBeOpened() {
        QuicParser parser = new QuicParser();
        RecordingConversation conversation = new RecordingConversation();
        byte[] packet = new Sealer(1, "client", ID).initial(ID, whole(hello(0)));
        packet[packet.length - 1] ^= 1;
        feed(parser, conversation, Direction.TO_SERVER, packet);
        feed(parser, conversation, Direction.TO_SERVER, packet);
        assertThat(conversation.anomalies).containsExactly("failed_decrypt");
    }

    @Test
    void tellsFramesThatDoNotBelongThere() {
        RecordingConversation conversation = new RecordingConversation();
        byte[] frames = Sealer.join(new byte[] {0x08}, new byte[40]);
        feed(new QuicParser(), conversation, Direction.TO_SERVER, new Sealer(1, "client", ID).initial(ID, frames));
        byte[] far = Sealer.crypto(0x3fff, new byte[4], 0, 4);
        feed(new QuicParser(), conversation, Direction.TO_SERVER, new Sealer(1, "client", ID).initial(ID, far));
        byte[] cut = Sealer.join(new byte[20], new byte[] {6, 0, 0x40, 0x50});
        feed(new QuicParser(), conversation, Direction.TO_SERVER, new Sealer(1, "client", ID).initial(ID, cut));
        assertThat(conversation.anomalies).containsExactly("error_on_data", "crypto_frag_too_long", "error_on_data");
    }

    @Test
    void settlesWhenNothingCanBeOpened() {
        QuicParser parser = new QuicParser();
        RecordingConversation conversation = new RecordingConversation();
        byte[] packet = new Sealer(1, "client", ID).initial(ID, whole(hello(0)));
        packet[packet.length - 1] ^= 1;
        for (int i = 0; i < QuicParser.FAILURES_MAX; i++) {
            assertThat(conversation.settled).isFalse();
            feed(parser, conversation, Direction.TO_SERVER, packet);
        }
        assertThat(conversation.settled).isTrue();
    }

    @Test
    void settlesAfterManyDatagrams() {
        QuicParser parser = new QuicParser();
        RecordingConversation conversation = new RecordingConversation();
        for (int i = 0; i < QuicParser.SHORT_MAX; i++) {
            assertThat(conversation.settled).isFalse();
            feed(parser, conversation, Direction.TO_SERVER, new byte[] {0x40, 1, 2, 3});
        }
        assertThat(conversation.settled).isTrue();
    }

    @Test
    void readsGooglesHelloInClearText() {
        String values = "shop.example.test" + "Chrome/1";
        String chlo = "CHLO\u0003\0\0\0" + "PAD\0" + little(0) + "SNI\0" + little(17) + "UAID" + little(25) + values;
        byte[] q046 =
                Flights.octets("\u00c3Q046P" + "12345678" + "\0\0\0\u0001" + "h".repeat(12) + "\u00a0\u0001" + chlo);
        byte[] q043 =
                Flights.octets("\u0009" + "12345678" + "Q043" + "\u0001" + "h".repeat(12) + "\u00a0\u0001" + chlo);
        for (byte[] datagram : new byte[][] {q046, q043}) {
            RecordingConversation conversation = new RecordingConversation();
            feed(new QuicParser(), conversation, Direction.TO_SERVER, datagram);
            assertThat(conversation.events()).hasSize(1);
            assertThat(conversation.events().getFirst())
                    .contains("\"sni\":\"shop.example.test\"")
                    .contains("\"ua\":\"Chrome/1\"")
                    .contains(datagram == q046 ? "\"version\":\"Q046\"" : "\"version\":\"Q043\"")
                    .contains("\"string\":\"" + (datagram == q046 ? "46" : "43") + ",PAD-SNI-UAID\"");
            for (int length = 0; length < datagram.length; length++) {
                feed(
                        new QuicParser(),
                        new RecordingConversation(),
                        Direction.TO_SERVER,
                        Arrays.copyOf(datagram, length));
            }
            assertThat(recognise(datagram)).isEqualTo(Recognition.YES);
        }
    }

    private static String little(int value) {
        return "" + (char) value + "\0\0\0";
    }

    @Test
    void readsEveryTruncatedDatagram() {
        byte[] packet = new Sealer(1, "client", ID).initial(ID, whole(hello(0)));
        for (int length = 0; length < packet.length; length++) {
            RecordingConversation conversation = new RecordingConversation();
            feed(new QuicParser(), conversation, Direction.TO_SERVER, Arrays.copyOf(packet, length));
            assertThat(conversation.events()).isEmpty();
        }
    }

    @Test
    void knowsVersionsAndNothingElse() {
        assertThat(recognise(new Sealer(1, "client", ID).initial(ID, new byte[30])))
                .isEqualTo(Recognition.YES);
        assertThat(recognise(
                        Flights.octets("\0\u0001\u0001\0\0\u0001\0\0\0\0\0\0\u0003www\u0004test\0\0\u0001\0\u0001")))
                .isEqualTo(Recognition.NO);
        byte[] reserved = new byte[1200];
        reserved[0] = (byte) 0xc0;
        Arrays.fill(reserved, 1, 5, (byte) 0x1a);
        reserved[5] = 8;
        assertThat(recognise(reserved)).isEqualTo(Recognition.YES);
        assertThat(recognise(new byte[0])).isEqualTo(Recognition.MORE);
    }

    private static Recognition recognise(byte[] datagram) {
        return new QuicRecogniser().recognise(new Opening() {
            @Override
            public byte[] octets(Direction direction) {
                return datagram;
            }

            @Override
            public int length(Direction direction) {
                return direction.isToServer() ? datagram.length : 0;
            }

            @Override
            public boolean isAfterGap(Direction direction) {
                return false;
            }

            @Override
            public int serverPort() {
                return 443;
            }

            @Override
            public int clientPort() {
                return 40000;
            }
        });
    }
}
