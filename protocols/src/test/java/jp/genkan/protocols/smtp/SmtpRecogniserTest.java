package jp.genkan.protocols.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class SmtpRecogniserTest {
    private record Octets(String server, String client) implements Opening {
        @Override
        public byte[] octets(Direction direction) {
            return (direction == Direction.TO_CLIENT ? server : client).getBytes(StandardCharsets.ISO_8859_1);
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
            return 2525;
        }

        @Override
        public int clientPort() {
            return 40000;
        }
    }

    private static Recognition recognise(String server, String client) {
        Recogniser recogniser = new SmtpRecogniser();
        return recogniser.recognise(new Octets(server, client));
    }

    @Test
    void knowsABannerThatSaysSo() {
        assertThat(recognise("220 mx ESMTP\r\n", "")).isEqualTo(Recognition.YES);
    }

    @Test
    void waitsForTheClientWhereTheBannerMayBeOfFtp() {
        assertThat(recognise("220 ready\r\n", "")).isEqualTo(Recognition.MORE);
        assertThat(recognise("220 ready\r\n", "EH")).isEqualTo(Recognition.MORE);
        assertThat(recognise("220 ready\r\n", "ehlo x\r\n")).isEqualTo(Recognition.YES);
        assertThat(recognise("220 ready\r\n", "USER x\r\n")).isEqualTo(Recognition.NO);
    }

    @Test
    void knowsAClientBeforeItsServer() {
        assertThat(recognise("", "EHLO x\r\n")).isEqualTo(Recognition.YES);
        assertThat(recognise("", "GET / HTTP/1.1\r\n")).isEqualTo(Recognition.NO);
        assertThat(recognise("+OK", "EHLO x\r\n")).isEqualTo(Recognition.NO);
    }
}
