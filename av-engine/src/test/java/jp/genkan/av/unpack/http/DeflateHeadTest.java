package jp.genkan.av.unpack.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import jp.genkan.av.unpack.Samples;
import org.junit.jupiter.api.Test;

class DeflateHeadTest {
    private static boolean isRefused(byte[] octets) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(octets);
            inflater.inflate(new byte[4_096]);
            return false;
        } catch (DataFormatException refused) {
            return true;
        } finally {
            inflater.end();
        }
    }

    @Test
    void refusesOnlyWhatADecoderRefuses() {
        Random random = new Random(1);
        byte[] noise = new byte[200];
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            random.nextBytes(noise);
            if (!DeflateHead.mayBegin(noise, 0)) {
                refused++;
                assertThat(isRefused(noise)).as("noise %d", i).isTrue();
            }
        }
        assertThat(refused).isGreaterThan(70_000);
    }

    @Test
    void takesWhatPackersMake() {
        for (int level = 0; level <= 9; level++) {
            for (int size : new int[] {1, 10, 100, 10_000}) {
                Deflater deflater = new Deflater(level, true);
                deflater.setInput(Samples.text(size));
                deflater.finish();
                byte[] packed = new byte[1_000_000];
                deflater.deflate(packed);
                deflater.end();
                assertThat(DeflateHead.mayBegin(packed, 0)).isTrue();
            }
        }
    }
}
