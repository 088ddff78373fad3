package jp.genkan.protocols.pop3;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.mime.TextOpening;
import org.junit.jupiter.api.Test;

class Pop3RecogniserTest {
    private static Recognition recognise(String server, String client) {
        return new Pop3Recogniser().recognise(new TextOpening(server, client));
    }

    @Test
    void knowsTheGreeting() {
        assertThat(recognise("", "")).isEqualTo(Recognition.MORE);
        assertThat(recognise("+O", "")).isEqualTo(Recognition.MORE);
        assertThat(recognise("+OK ready\r\n", "")).isEqualTo(Recognition.YES);
        assertThat(recognise("220 x\r\n", "")).isEqualTo(Recognition.NO);
    }

    @Test
    void asksForAPop3CommandWhereTheClientSpokeFirst() {
        assertThat(recognise("+OK\r\n", "CAPA\r\n")).isEqualTo(Recognition.YES);
        assertThat(recognise("+OK\r\n", "SET a b\r\n")).isEqualTo(Recognition.NO);
        assertThat(recognise("", "GET / HTTP/1.1\r\n")).isEqualTo(Recognition.NO);
    }
}
