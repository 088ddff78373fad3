package jp.genkan.protocols.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class TftpParserTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static final byte[] READ = bytes("\0\1boot/pxe.0\0octet\0blksize\0001432\0");

    @Test
    void tellsRequests() {
        assertThat(Datagrams.play(new TftpParser(), Direction.TO_SERVER, READ).events())
                .singleElement()
                .asString()
                .contains("\"tftp\":{\"packet\":\"read\",\"file\":\"boot/pxe.0\",\"mode\":\"octet\"}");
        assertThat(Datagrams.play(new TftpParser(), Direction.TO_SERVER, bytes("\0\2a\0NetASCII\0"))
                        .events()
                        .getFirst())
                .contains("\"packet\":\"write\"");
        Datagrams.playEveryCut(TftpParser::new, Direction.TO_SERVER, READ);
    }

    @Test
    void knowsOnlyWholeRequests() {
        assertThat(TftpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, READ, 9)))
                .isEqualTo(Recognition.YES);
        for (String bad : new String[] {
            "\0\1a\0octet", "\0\3a\0octet\0", "\0\1\0octet\0", "\0\1a\0other\0", "\0\1" + "a".repeat(600) + "\0octet\0"
        }) {
            assertThat(TftpParser.recogniser().recognise(new FixedOpening(Direction.TO_SERVER, bytes(bad), 69)))
                    .isEqualTo(Recognition.NO);
        }
    }
}
