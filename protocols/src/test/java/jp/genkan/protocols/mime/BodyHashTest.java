package jp.genkan.protocols.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodyHashTest {
    private static String md5(String text) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static @Nullable String hashOf(String mail, int piece) {
        BodyHash hash = new BodyHash();
        byte[] octets = mail.getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at += piece) {
            hash.read(octets, at, Math.min(octets.length, at + piece));
        }
        hash.end();
        return hash.hash();
    }

    @Test
    void leavesOutHeaderAndLastEndOfLineHoweverItIsCut() throws NoSuchAlgorithmException {
        String mail = "Subject: a\r\n b\r\n\r\none\r\n\r\ntwo\n\rthree\r\n";
        for (int piece = 1; piece <= mail.length(); piece++) {
            assertThat(hashOf(mail, piece)).isEqualTo(md5("one\r\n\r\ntwo\n\rthree"));
        }
    }

    @Test
    void hasNoneWithoutABody() {
        assertThat(hashOf("Subject: a\r\n\r\n", 3)).isNull();
    }
}
