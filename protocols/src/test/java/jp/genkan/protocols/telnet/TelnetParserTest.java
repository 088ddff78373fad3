package jp.genkan.protocols.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class TelnetParserTest {
    @Test
    void knowsCommandsThatNegotiate() {
        assertThat(TelnetParser.recogniser().recognise(FixedOpening.server("\u00ff\u00fd\30\u00ff\u00fd\40")))
                .isEqualTo(Recognition.YES);
        assertThat(TelnetParser.recogniser().recognise(FixedOpening.server("\u00ff\u00fd\30")))
                .isEqualTo(Recognition.MORE);
        assertThat(TelnetParser.recogniser().recognise(FixedOpening.server("login: ")))
                .isEqualTo(Recognition.NO);
        assertThat(TelnetParser.recogniser().recognise(FixedOpening.client("\u00ff\u00d8\u00ff\u00e0")))
                .isEqualTo(Recognition.NO);
    }
}
