package jp.genkan.protocols.smb;

import static org.assertj.core.api.Assertions.assertThat;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Opening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class SmbRecogniserTest {
    private static Recognition of(String client, String server) {
        return new SmbRecogniser().recognise(new Opening() {
            @Override
            public byte[] octets(Direction direction) {
                return Smb2Messages.bytes(direction.isToServer() ? client : server);
            }

            @Override
            public int length(Direction direction) {
                return octets(direction).length;
            }

            @Override
            public boolean isAfterGap(Direction direction) {
                return false;
            }

            @Override
            public int serverPort() {
                return 4455;
            }

            @Override
            public int clientPort() {
                return 40_000;
            }
        });
    }

    @Test
    void knowsTheFirstRecordOnAnyPort() {
        String request = Smb2Messages.record(Smb2Messages.negotiate(0));
        assertThat(of(request, "")).isEqualTo(Recognition.YES);
        assertThat(of("", Smb2Messages.record(Smb2Messages.negotiated(0)))).isEqualTo(Recognition.YES);
        for (int length = 0; length < 8; length++) {
            assertThat(of(request.substring(0, length), "")).isEqualTo(Recognition.MORE);
        }
        assertThat(of("\0\0\0#\u00ffSMB", "")).isEqualTo(Recognition.YES);
    }

    @Test
    void knowsTheRequestOfASession() {
        assertThat(of("\u0081\0\0D CKFD", "")).isEqualTo(Recognition.YES);
        assertThat(of("\u0081\0\0D", "\u0082\0\0\0")).isEqualTo(Recognition.MORE);
        assertThat(of("\u0081\0\0E ", "")).isEqualTo(Recognition.NO);
    }

    @Test
    void refusesWhatIsNone() {
        assertThat(of("GET / HTTP/1.1", "")).isEqualTo(Recognition.NO);
        assertThat(of("\0\0\0#\u00fdSMX", "")).isEqualTo(Recognition.NO);
        assertThat(of("\0\0\0#\1", "")).isEqualTo(Recognition.NO);
        assertThat(of("", "220 ready")).isEqualTo(Recognition.NO);
    }
}
