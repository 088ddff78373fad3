package jp.genkan.protocols.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.Direction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerTableTest {
    private static final long SECOND = 1_000_000_000L;

    /** The same, slow and obvious. */
    private static final class Oracle {
        record Pair(Address host, Address address) {}

        record Answer(String name, long until) {}

        final Map<Pair, Answer> answers = new LinkedHashMap<>();
        final int max;

        Oracle(int max) {
            this.max = max;
        }

        void put(Address host, Address address, String name, long timeToLive, long now) {
            Pair pair = new Pair(host, address);
            if (answers.remove(pair) == null && answers.size() == max) {
                answers.remove(answers.keySet().iterator().next());
            }
            answers.put(pair, new Answer(name, now + timeToLive * SECOND + AnswerTable.GRACE_NANOS));
        }

        @Nullable
        String find(Address host, Address address, long now) {
            Answer answer = answers.get(new Pair(host, address));
            return answer == null || now > answer.until ? null : answer.name;
        }

        @Nullable
        String findAny(Address address, long now) {
            @Nullable String found = null;
            for (Map.Entry<Pair, Answer> entry : answers.entrySet()) {
                if (entry.getKey().address().equals(address)) {
                    found = now > entry.getValue().until ? null : entry.getValue().name;
                }
            }
            return found;
        }
    }

    @Test
    void findsWhatASlowTableFinds() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            int max = 1 + random.nextInt(60);
            AnswerTable table = new AnswerTable(max, seed);
            Oracle oracle = new Oracle(max);
            long now = 0;
            for (int step = 0; step < 4_000; step++) {
                Address host = Address.ofV4(random.nextInt(6));
                Address address =
                        random.nextInt(4) == 0 ? new Address(1, random.nextInt(20)) : Address.ofV4(random.nextInt(20));
                now += random.nextLong(40 * SECOND);
                if (random.nextInt(3) == 0) {
                    int timeToLive = random.nextInt(400);
                    table.put(host, address, "name" + step, timeToLive, now);
                    oracle.put(host, address, "name" + step, timeToLive, now);
                }
                assertThat(table.find(host, address, now))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(oracle.find(host, address, now));
                assertThat(table.findAny(address, now))
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(oracle.findAny(address, now));
                assertThat(table.size()).isEqualTo(oracle.answers.size());
            }
        }
    }

    @Test
    void countsWhatHadToGo() {
        AnswerTable table = new AnswerTable(2, 1);
        for (int i = 0; i < 5; i++) {
            table.put(Address.ofV4(1), Address.ofV4(i), "n" + i, 1, 0);
        }
        assertThat(table.displaced()).isEqualTo(3);
        assertThat(table.size()).isEqualTo(2);
    }

    private static final Address HOST = Address.parse("192.168.0.10");

    private static AnswerTable learned(String response) {
        AnswerTable table = new AnswerTable(100, 7);
        DnsTransaction transaction = (DnsTransaction)
                Messages.datagram(Direction.TO_CLIENT, response).transactions.getFirst();
        AnswerLearner.learn(transaction, HOST, table, 0);
        return table;
    }

    @Test
    void learnsAddressesOfAnAliasUnderTheNameThatWasAskedFor() {
        AnswerTable table = learned(Messages.RESPONSE);
        assertThat(table.find(HOST, Address.parse("192.0.2.7"), 0)).isEqualTo("example.jp");
        assertThat(table.findAny(Address.parse("192.0.2.8"), 600 * SECOND)).isEqualTo("example.jp");
        assertThat(table.findAny(Address.parse("192.0.2.8"), 601 * SECOND)).isNull();
        assertThat(table.find(Address.parse("192.168.0.11"), Address.parse("192.0.2.7"), 0))
                .isNull();
    }

    @Test
    void learnsHintsOfHttpsRecordsWithoutThePort() {
        String response = Messages.header(0x8180, 1, 1, 0, 0)
                + Messages.question("_8443._https.Example.jp", DnsType.HTTPS)
                + Messages.record("c00c", DnsType.HTTPS, 60, "00010000040004c0000209");
        assertThat(learned(response).find(HOST, Address.parse("192.0.2.9"), 0)).isEqualTo("example.jp");
    }

    @Test
    void learnsNothingOfNamesThatNobodyAskedFor() {
        String stranger = Messages.header(0x8180, 1, 1, 0, 0)
                + Messages.question("example.jp", DnsMessage.A)
                + Messages.record(Messages.name("bank.example"), DnsMessage.A, 60, "c0000209");
        assertThat(learned(stranger).size()).isZero();
        assertThat(learned(Messages.RESPONSE.replace("12348180", "12348183")).size())
                .isZero();
        assertThat(learned(Messages.header(0x8180, 0, 1, 0, 0) + Messages.record("00", 1, 1, "c0000209"))
                        .size())
                .isZero();
    }
}
