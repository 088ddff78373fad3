package jp.genkan.av.unpack.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import jp.genkan.av.unpack.LimitException;
import jp.genkan.av.unpack.Members.Reason;
import jp.genkan.av.unpack.Samples;
import jp.genkan.av.unpack.Unpacking;
import org.junit.jupiter.api.Test;

class GzipUnpackerTest {
    private static final byte[] PLAIN = Samples.text(500);

    @Test
    void membersOfOneFileAreOneText() throws IOException {
        byte[] file = Samples.join(Samples.gzip(PLAIN), Samples.gzip(PLAIN));
        Unpacking unpacking = Unpacking.of(new GzipUnpacker(), file);
        assertThat(unpacking.members().octets()).hasSize(1);
        assertThat(unpacking.members().octets().getFirst()).isEqualTo(Samples.join(PLAIN, PLAIN));
    }

    @Test
    void whatCameOfATruncatedFileCounts() throws IOException {
        byte[] file = Samples.gzip(PLAIN);
        Unpacking unpacking = Unpacking.of(new GzipUnpacker(), Arrays.copyOf(file, file.length / 2));
        assertThat(unpacking.members().octets().getFirst()).isNotEmpty();
        assertThat(PLAIN).startsWith(unpacking.members().octets().getFirst());
        assertThat(unpacking.members().reasons()).containsValue(Reason.BROKEN);
    }

    @Test
    void aBombEndsAtTheBound() throws IOException {
        byte[] file = Samples.gzip(new byte[32 << 20]);
        Unpacking unpacking = Unpacking.of(new GzipUnpacker(), file, 1 << 20);
        assertThat(unpacking.end()).isInstanceOf(LimitException.class);
        assertThat(unpacking.members().octets().getFirst().length).isLessThanOrEqualTo(1 << 20);
    }
}
