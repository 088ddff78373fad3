package jp.genkan.protocols.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class CertificateReaderTest {
    private static byte[] recorded() {
        RecordingConversation conversation = RecordingConversation.play(new TlsParser(), Flights.recorded("tls12"));
        return ((TlsTransaction) conversation.transactions.getFirst())
                .serverChain()
                .getFirst();
    }

    @Test
    void readsWhatIsThereOfEveryTruncatedCertificate() {
        byte[] whole = recorded();
        for (int length = 0; length < whole.length; length++) {
            CertificateReader reader = new CertificateReader(Arrays.copyOf(whole, length));
            assertThat(reader.read()).isNull();
            assertThat(reader.events()).isNotEmpty();
        }
        assertThat(new CertificateReader(whole).read()).isNotNull();
    }

    @Test
    void survivesEveryChangedOctet() {
        byte[] whole = recorded();
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = whole.clone();
            for (int i = 0; i <= round % 3; i++) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Certificate read = new CertificateReader(changed).read();
            if (read != null) {
                assertThat(read.alternativeNames()).hasSizeLessThanOrEqualTo(CertificateReader.NAMES_MAX);
            }
        }
    }

    @Test
    void showsUnknownTypesAsNumbers() {
        assertThat(DistinguishedName.oid(new byte[] {0x2a, (byte) 0x86, 0x48}, 0, 3))
                .isEqualTo("1.2.840");
        assertThat(DistinguishedName.oid(new byte[] {(byte) 0x88, 0x37}, 0, 2)).isEqualTo("2.999");
    }

    @Test
    void writesTimesInUtc() {
        assertThat(Certificate.time(1_377_043_200)).isEqualTo("2013-08-21T00:00:00");
    }
}
