package jp.genkan.protocols.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class HttpRecogniserTest {
    private record Begun(String client, String server) implements Opening {
        @Override
        public byte[] octets(Direction direction) {
            String text = direction.isToServer() ? client : server;
            return Arrays.copyOf(text.getBytes(StandardCharsets.ISO_8859_1), Opening.OCTETS_MAX);
        }

        @Override
        public int length(Direction direction) {
            return direction.isToServer() ? client.length() : server.length();
        }

        @Override
        public boolean isAfterGap(Direction direction) {
            return false;
        }

        @Override
        public int serverPort() {
            return 8123;
        }

        @Override
        public int clientPort() {
            return 40000;
        }
    }

    private static Recognition of(String client, String server) {
        return new HttpRecogniser().recognise(new Begun(client, server));
    }

    @Test
    void knowsRequests() {
        assertThat(of("GET / HTTP/1.1\r\n", "")).isEqualTo(Recognition.YES);
        assertThat(of("\r\n\r\nM-SEARCH2 /x y HTTP/1.0\n", "")).isEqualTo(Recognition.YES);
        assertThat(of("GET /old\r\n", "")).isEqualTo(Recognition.YES);
        assertThat(of("GET /" + "x".repeat(Opening.OCTETS_MAX - 5), "")).isEqualTo(Recognition.YES);
    }

    @Test
    void knowsResponses() {
        assertThat(of("", "HTTP/1.1 200 OK\r\n")).isEqualTo(Recognition.YES);
        assertThat(of("\u0001\u0002", "HTTP/1.0 400 Bad\r\n")).isEqualTo(Recognition.YES);
    }

    @Test
    void waitsAtEveryBeginning() {
        String line = "OPTIONS * HTTP/1.1\r\n";
        for (int at = 0; at < line.length(); at++) {
            assertThat(of(line.substring(0, at), "")).isEqualTo(Recognition.MORE);
        }
        for (int at = 0; at < 7; at++) {
            assertThat(of("", "HTTP/1.".substring(0, at))).isEqualTo(Recognition.MORE);
        }
    }

    @Test
    void refusesOtherProtocols() {
        assertThat(of("", "220 mail.example.jp ESMTP\r\n")).isEqualTo(Recognition.NO);
        assertThat(of("EHLO example.jp\r\n", "220 x\r\n")).isEqualTo(Recognition.NO);
        assertThat(of("\u0016\u0003\u0001", "")).isEqualTo(Recognition.NO);
        assertThat(of("PRI * HTTP/2.0\r\n", "")).isEqualTo(Recognition.NO);
        assertThat(of("OPTIONS sip:a@example.jp SIP/2.0\r\n", "")).isEqualTo(Recognition.NO);
        assertThat(of("x".repeat(Opening.OCTETS_MAX), "")).isEqualTo(Recognition.NO);
    }
}
