package jp.genkan.protocols.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.Direction;
import org.junit.jupiter.api.Test;

class ResolvedNamesTest {
    private static final Address PC = Address.parse("192.168.0.10");
    private static final Address OTHER = Address.parse("192.168.0.11");
    private static final Address SERVER = Address.parse("192.0.2.7");

    private static DnsTransaction answer(String name, String address) {
        String response = Messages.header(0x8180, 1, 1, 0, 0)
                + Messages.question(name, DnsMessage.A)
                + Messages.record("c00c", DnsMessage.A, 60, address);
        return (DnsTransaction)
                Messages.datagram(Direction.TO_CLIENT, response).transactions.getFirst();
    }

    @Test
    void prefersTheNameThatTheClientItselfAskedFor() {
        ResolvedNames names = new ResolvedNames(1_024, 1);
        names.learn(answer("mine.example", "c0000207"), PC, 0);
        names.learn(answer("Theirs.example", "c0000207"), OTHER, 1);
        assertThat(names.find(PC, SERVER, 2)).isEqualTo("mine.example");
        assertThat(names.find(Address.parse("192.168.0.12"), SERVER, 2)).isEqualTo("theirs.example");
        assertThat(names.find(PC, Address.parse("192.0.2.8"), 2)).isNull();
    }

    @Test
    void keepsNoNameThatIsLongerThanAHostsCanBe() {
        ResolvedNames names = new ResolvedNames(1_024, 1);
        names.learn(answer("abcdefghij.".repeat(30) + "example", "c0000207"), PC, 0);
        assertThat(names.find(PC, SERVER, 1)).isNull();
    }

    @Test
    void countsTheAnswersThatHadToGo() {
        ResolvedNames names = new ResolvedNames(16, 1);
        for (int i = 0; i < 64; i++) {
            names.learn(answer("n" + i + ".example", "c00002%02x".formatted(i)), PC, i);
        }
        assertThat(names.displaced()).isGreaterThanOrEqualTo(48);
        assertThat(names.find(PC, Address.parse("192.0.2.63"), 64)).isEqualTo("n63.example");
    }

    @Test
    void servesSeveralWorkersAtOnce() throws Exception {
        ResolvedNames names = new ResolvedNames(256, 1);
        try (ExecutorService workers = Executors.newFixedThreadPool(2)) {
            Future<?> writer = workers.submit(() -> {
                for (int i = 0; i < 20_000; i++) {
                    names.learn(answer("n" + (i & 255) + ".example", "c00002%02x".formatted(i & 255)), PC, i);
                }
            });
            Future<Boolean> reader = workers.submit(() -> {
                boolean right = true;
                for (int i = 0; i < 200_000; i++) {
                    int last = i & 255;
                    String name = names.find(PC, Address.ofV4(0xc000_0200 | last), i);
                    right &= name == null || name.equals("n" + last + ".example");
                }
                return right;
            });
            writer.get();
            assertThat(reader.get()).isTrue();
        }
    }
}
