package jp.genkan.ips.keyword.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.keyword.http.Exchanges;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.signature.TriedRule;
import jp.genkan.protocols.ssh.SshParser;
import org.junit.jupiter.api.Test;

class SshKeywordsTest {
    private static final Transaction SSH = Exchanges.play(
                    new SshParser(),
                    "S: SSH-1.99-OpenSSH_9.2 Debian\r\n" + keyExchange("b"),
                    "C: SSH-2.0-PuTTY_0.78\r\n" + keyExchange("a"))
            .transactions
            .getFirst();

    /** A KEXINIT whose ten lists have one algorithm each: the text with its place. */
    private static String keyExchange(String text) {
        StringBuilder body = new StringBuilder("\u0014" + "c".repeat(16));
        for (int i = 0; i < 10; i++) {
            body.append("\0\0\0\u0002").append(text).append(i);
        }
        body.append("\0\0\0\0\0");
        String packet = '\u0004' + body.toString() + "pppp";
        return "\0\0\0" + (char) packet.length() + packet;
    }

    private static boolean holds(Direction direction, String options) throws RuleException {
        return TriedRule.of("ssh", options + " sid:1;").finds(SSH, direction);
    }

    @Test
    void eachSideHasItsBanner() {
        assertThat(TriedRule.buffer("ssh.proto", SSH, Direction.TO_CLIENT)).containsExactly("1.99");
        assertThat(TriedRule.buffer("ssh.software", SSH, Direction.TO_SERVER)).containsExactly("PuTTY_0.78");
        assertThat(TriedRule.buffer("ssh.software", SSH, Direction.TO_CLIENT)).containsExactly("OpenSSH_9.2");
    }

    @Test
    void hasshIsMadeOfAlgorithms() throws RuleException {
        assertThat(TriedRule.buffer("ssh.hassh.string", SSH, Direction.TO_SERVER))
                .containsExactly("a0;a2;a4;a6");
        assertThat(TriedRule.buffer("ssh.hassh.server.string", SSH, Direction.TO_CLIENT))
                .containsExactly("b0;b3;b5;b7");
        assertThat(TriedRule.buffer("ssh.hassh", SSH, Direction.TO_SERVER).getFirst())
                .hasSize(32);
        assertThat(holds(Direction.TO_CLIENT, "ssh.hassh.server.string; content:\"b3\";"))
                .isTrue();
        assertThat(holds(Direction.TO_SERVER, "ssh.hassh.server.string; content:\"b3\";"))
                .isFalse();
    }

    @Test
    void olderKeywordsCompareBeginnings() throws RuleException {
        assertThat(holds(Direction.TO_CLIENT, "ssh.protoversion:2_compat;")).isTrue();
        assertThat(holds(Direction.TO_SERVER, "ssh.protoversion:2.0;")).isTrue();
        assertThat(holds(Direction.TO_SERVER, "ssh.protoversion:1.99;")).isFalse();
        assertThat(holds(Direction.TO_CLIENT, "ssh.softwareversion:\"OpenSSH\";"))
                .isTrue();
        assertThatThrownBy(() -> holds(Direction.TO_SERVER, "ssh.protoversion:x;"))
                .isInstanceOf(RuleException.class);
    }
}
