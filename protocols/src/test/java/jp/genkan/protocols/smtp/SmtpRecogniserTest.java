package jp.genkan.protocols.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.protocols.conversation.Recognition;
import jp.genkan.protocols.mime.TextOpening;
import org.junit.jupiter.api.Test;

class SmtpRecogniserTest {
    private static Recognition recognise(String server, String client) {
        return new SmtpRecogniser().recognise(new TextOpening(server, client));
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
