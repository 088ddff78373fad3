package jp.genkan.urlfilter.url;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.IDN;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PunycodeTest {
    @Test
    void encodesAsTheJdkDoes() {
        Random random = new Random(11);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder label = new StringBuilder("a");
            for (int letters = random.nextInt(1, 20); letters > 0; letters--) {
                label.append((char) (random.nextBoolean() ? 0x3041 + random.nextInt(80) : 'a' + random.nextInt(26)));
            }
            label.append('あ');
            String encoded = Punycode.encode(label.codePoints().toArray());
            if (encoded.length() < 59) {
                assertThat("xn--" + encoded).isEqualTo(IDN.toASCII(label.toString(), IDN.ALLOW_UNASSIGNED));
            }
            assertThat(Punycode.decode(encoded)).isEqualTo(label.toString());
        }
    }

    @Test
    void decodesWhatIsNoLabelToNothing() {
        assertThat(Punycode.decode("99999999")).isNull();
        assertThat(Punycode.decode("a-b!")).isNull();
        assertThat(Punycode.decode("a-z")).isNull();
    }

    @Test
    void readsNamesForPeople() {
        assertThat(Idna.toUnicode("www.xn--eckwd4c7c.example")).isEqualTo("www.ドメイン.example");
        assertThat(Idna.toUnicode("xn--99999999.example")).isEqualTo("xn--99999999.example");
    }
}
