package jp.genkan.protocols.tls;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class TlsRecogniserTest {
    /** Openings of given octets. */
    private static final class Octets implements Opening {
        private final byte[] client;
        private final byte[] server;

        Octets(byte[] client, byte[] server) {
            this.client = client;
            this.server = server;
        }

        @Override
        public byte[] octets(Direction direction) {
            return direction.isToServer() ? client : server;
        }

        @Override
        public int length(Direction direction) {
            return octets(direction).length;
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
    }

    private static Recognition of(String client, String server) {
        return new TlsRecogniser().recognise(new Octets(Flights.octets(client), Flights.octets(server)));
    }

    @Test
    void knowsHellosByTheirFirstSixOctets() {
        String hello = Flights.recorded("tls13")[0].substring(3);
        for (int length = 0; length < 6; length++) {
            assertThat(of(hello.substring(0, length), "")).isEqualTo(Recognition.MORE);
        }
        assertThat(of(hello.substring(0, 6), "")).isEqualTo(Recognition.YES);
        assertThat(of("", Flights.recorded("tls13")[1].substring(3))).isEqualTo(Recognition.YES);
    }

    @Test
    void refusesOtherProtocols() {
        assertThat(of("GET / HTTP/1.1\r\n", "")).isEqualTo(Recognition.NO);
        assertThat(of("\u0016\u0003\u0001\0\u0000\u0001", "")).isEqualTo(Recognition.NO);
        assertThat(of("", "220 mail ESMTP")).isEqualTo(Recognition.NO);
    }

    @Test
    void knowsOldHelloByItsLengths() {
        assertThat(of(Flights.ofHex("801f 01 0301 0006 0000 0010"), "")).isEqualTo(Recognition.YES);
        assertThat(of(Flights.ofHex("8020 01 0301 0006 0000 0010"), "")).isEqualTo(Recognition.NO);
        assertThat(of(Flights.ofHex("8020 01 0301"), "")).isEqualTo(Recognition.MORE);
    }
}
