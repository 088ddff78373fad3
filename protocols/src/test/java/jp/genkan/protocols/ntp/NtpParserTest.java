package jp.genkan.protocols.ntp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class NtpParserTest {
    private static final byte[] ANSWER =
            HexFormat.of().parseHex("240206e9" + "00000000" + "00000000" + "4c4f434c" + "00".repeat(32));

    @Test
    void tellsAMessage() {
        assertThat(Datagrams.play(new NtpParser(), Direction.TO_CLIENT, ANSWER).events())
                .singleElement()
                .asString()
                .contains("\"ntp\":{\"version\":4,\"mode\":4,\"stratum\":2,\"reference_id\":\"4c:4f:43:4c\"}");
        Datagrams.playEveryCut(NtpParser::new, Direction.TO_CLIENT, ANSWER);
    }

    @Test
    void knowsAnAnswerOnAnyPortAndNoNoise() {
        assertThat(NtpParser.recogniser().recognise(new FixedOpening(Direction.TO_CLIENT, ANSWER, 9)))
                .isEqualTo(Recognition.YES);
        assertThat(NtpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, ANSWER, 9)))
                .isEqualTo(Recognition.NO);
        Random random = new Random(5);
        int taken = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] noise = new byte[44 + random.nextInt(8)];
            random.nextBytes(noise);
            taken +=
                    NtpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, noise, 9)) == Recognition.YES
                            ? 1
                            : 0;
        }
        assertThat(taken).isLessThan(10);
    }
}
