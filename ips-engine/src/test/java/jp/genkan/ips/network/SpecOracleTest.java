package jp.genkan.ips.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.LongPredicate;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleException;
import org.junit.jupiter.api.Test;

/** Random expressions against what they say, asked term by term. */
class SpecOracleTest {
    private static final long SEED = 20_260_301;
    private static final int EXPRESSIONS = 3_000;
    private static final int PROBES = 60;

    private final Random random = new Random(SEED);

    private interface Node {
        boolean holds(Address address);
    }

    /** A text and what it means. */
    private record Said(String text, Node node) {}

    private Address near(int spread) {
        int low = random.nextInt(spread);
        return switch (random.nextInt(4)) {
            case 0 -> new Address(0x2001_0db8_0000_0000L, low);
            case 1 -> new Address(random.nextBoolean() ? 0 : -1, random.nextBoolean() ? low : -1 - low);
            default -> Address.ofV4(random.nextBoolean() ? low : -1 - low);
        };
    }

    /** Not between 65 and 96 below {@code ::/64}: such a network ends where the IPv4 addresses are, and is not taken. */
    private int prefix(Address address) {
        int prefix = random.nextInt(address.isV4() ? 33 : 129);
        return address.high() == 0 && !address.isV4() && prefix > 64 && prefix < 97 ? 64 : prefix;
    }

    private Said term() {
        Address address = near(40);
        AddressRange range = switch (random.nextInt(4)) {
            case 0 -> AddressRange.of(address);
            case 1 -> {
                Address other = near(40);
                yield other.isV4() != address.isV4()
                        ? AddressRange.of(address)
                        : address.compareTo(other) <= 0
                                ? new AddressRange(address, other)
                                : new AddressRange(other, address);
            }
            default -> AddressRange.of(address, prefix(address));
        };
        boolean v4 = range.first().isV4();
        return new Said(range.toString(), asked -> asked.isV4() == v4 && range.contains(asked.high(), asked.low()));
    }

    private Said list(int depth) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        List<Node> positive = new ArrayList<>();
        List<Node> negative = new ArrayList<>();
        int terms = 1 + random.nextInt(4);
        for (int i = 0; i < terms; i++) {
            Said said = depth < 3 && random.nextInt(3) == 0 ? list(depth + 1) : term();
            boolean negated = random.nextInt(3) == 0;
            text.add((negated ? "!" : "") + said.text);
            (negated ? negative : positive).add(said.node);
        }
        return new Said(
                text.toString(),
                asked -> (positive.isEmpty() || positive.stream().anyMatch(node -> node.holds(asked)))
                        && negative.stream().noneMatch(node -> node.holds(asked)));
    }

    @Test
    void holdsExactlyTheAddressesThatAreSaid() {
        int compiled = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            Said said = list(0);
            AddressSpec spec;
            try {
                spec = Variables.stock().addresses(new Expression(said.text, 1));
            } catch (RuleException emptied) {
                continue;
            }
            compiled++;
            for (int probe = 0; probe < PROBES; probe++) {
                Address asked = near(44);
                assertThat(spec.contains(asked.high(), asked.low()))
                        .as("seed %d, %s in %s", SEED, asked, said.text)
                        .isEqualTo(said.node.holds(asked));
            }
        }
        assertThat(compiled).isGreaterThan(EXPRESSIONS / 2);
    }

    @Test
    void holdsExactlyThePortsThatAreSaid() {
        for (int i = 0; i < EXPRESSIONS; i++) {
            int[] first = new int[1 + random.nextInt(5)];
            int[] last = new int[first.length];
            boolean[] negated = new boolean[first.length];
            StringJoiner text = new StringJoiner(",", "[", "]");
            for (int t = 0; t < first.length; t++) {
                first[t] = random.nextInt(30) + (random.nextBoolean() ? 0 : 65_500);
                last[t] = Math.min(65_535, first[t] + random.nextInt(8));
                negated[t] = random.nextInt(3) == 0;
                text.add((negated[t] ? "!" : "") + first[t] + ":" + last[t]);
            }
            LongPredicate meant = port -> {
                boolean anyPositive = false;
                boolean in = false;
                for (int t = 0; t < first.length; t++) {
                    boolean hit = port >= first[t] && port <= last[t];
                    if (hit && negated[t]) {
                        return false;
                    }
                    anyPositive |= !negated[t];
                    in |= hit;
                }
                return in || !anyPositive;
            };
            PortSpec spec;
            try {
                spec = Variables.stock().ports(new Expression(text.toString(), 1));
            } catch (RuleException emptied) {
                continue;
            }
            for (int port = 0; port <= 65_535; port += port == 45 ? 65_440 : 1) {
                assertThat(spec.contains(port))
                        .as("seed %d, %d in %s", SEED, port, text)
                        .isEqualTo(meant.test(port));
            }
        }
    }
}
