package jp.genkan.protocols.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OctetTextTest {
    @Test
    void leavesUtf8AsItIs() {
        assertThat(OctetText.of("a\tb".getBytes(StandardCharsets.US_ASCII))).isEqualTo("a\tb");
        assertThat(OctetText.of("玄関".getBytes(StandardCharsets.UTF_8))).isEqualTo("玄関");
    }

    @Test
    void escapesWhatIsNotUtf8() {
        assertThat(OctetText.of(new byte[] {'a', (byte) 0xff, 1, 'b'})).isEqualTo("a\\xff\\x01b");
        assertThat(OctetText.of(new byte[] {'a', 'b', (byte) 0xe3}, 1, 3)).isEqualTo("b\\xe3");
    }
}
