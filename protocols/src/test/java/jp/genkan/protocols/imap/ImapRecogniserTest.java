package jp.genkan.protocols.imap;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.mime.TextOpening;
import org.junit.jupiter.api.Test;

class ImapRecogniserTest {
    private static Recognition recognise(String server, String client) {
        return new ImapRecogniser().recognise(new TextOpening(server, client));
    }

    @Test
    void knowsTheGreeting() {
        assertThat(recognise("", "")).isEqualTo(Recognition.MORE);
        assertThat(recognise("* ", "")).isEqualTo(Recognition.MORE);
        assertThat(recognise("* OK ready\r\n", "")).isEqualTo(Recognition.YES);
        assertThat(recognise("* PREAUTH x\r\n", "")).isEqualTo(Recognition.YES);
        assertThat(recognise("+OK\r\n", "")).isEqualTo(Recognition.NO);
    }

    @Test
    void doesNotWaitForTheServerOfAnotherClient() {
        assertThat(recognise("", "\u0016\u0003\u0001")).isEqualTo(Recognition.NO);
        assertThat(recognise("", "a1 LOGIN x y\r\n")).isEqualTo(Recognition.MORE);
    }
}
