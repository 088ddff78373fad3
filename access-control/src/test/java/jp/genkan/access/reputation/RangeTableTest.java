package jp.genkan.access.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.genkan.access.path.Allocation;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import org.junit.jupiter.api.Test;

class RangeTableTest {
    private static ReputationList list(String name, ListAction action) {
        return new ReputationList(name, Path.of(name), action, ListDirection.BOTH);
    }

    private static RangeColumns columns(List<AddressRange> ranges) {
        RangeColumns columns = new RangeColumns();
        ranges.forEach(columns::add);
        return columns;
    }

    private static RangeTable table(String... entries) {
        List<AddressRange> ranges =
                List.of(entries).stream().map(AddressRange::parse).toList();
        return RangeTable.compile(
                List.of(list("a", ListAction.BLOCK)), List.of(columns(ranges)), ListDirection.TO_OUTSIDE);
    }

    private static int find(RangeTable table, String address) {
        Address parsed = Address.parse(address);
        return table.find(parsed.high(), parsed.low());
    }

    @Test
    void findsNothingInAnEmptyTable() {
        RangeTable table = table();
        assertThat(find(table, "192.0.2.1")).isEqualTo(RangeTable.NOT_LISTED);
        assertThat(find(table, "2001:db8::1")).isEqualTo(RangeTable.NOT_LISTED);
    }

    @Test
    void findsTheLowestAndTheHighestAddress() {
        RangeTable table = table("0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        for (String listed : List.of("0.0.0.0", "255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")) {
            int match = find(table, listed);
            assertThat(match).isNotEqualTo(RangeTable.NOT_LISTED);
            assertThat(table.entry(match)).hasToString(listed);
        }
        assertThat(find(table, "0.0.0.1")).isEqualTo(RangeTable.NOT_LISTED);
        assertThat(find(table, "255.255.255.254")).isEqualTo(RangeTable.NOT_LISTED);
        assertThat(find(table, "::1")).isEqualTo(RangeTable.NOT_LISTED);
    }

    @Test
    void keepsTheFamiliesApart() {
        RangeTable table = table("::/0");
        assertThat(find(table, "192.0.2.1")).isEqualTo(RangeTable.NOT_LISTED);
        assertThat(find(table, "2001:db8::1")).isNotEqualTo(RangeTable.NOT_LISTED);
    }

    @Test
    void namesTheNarrowerEntryAndTheWholeNetworkAroundIt() {
        RangeTable table = table("198.51.100.0/24", "198.51.100.77");
        assertThat(table.entry(find(table, "198.51.100.77"))).hasToString("198.51.100.77");
        assertThat(table.entry(find(table, "198.51.100.76"))).hasToString("198.51.100.0/24");
        assertThat(table.entry(find(table, "198.51.100.78"))).hasToString("198.51.100.0/24");
        assertThat(table.ranges()).isEqualTo(3);
    }

    @Test
    void agreesWithLookingThroughEveryEntry() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            boolean v6 = seed % 2 == 1;
            List<ReputationList> lists = List.of(
                    list("first", ListAction.LOG), list("second", ListAction.BLOCK), list("third", ListAction.BLOCK));
            List<List<AddressRange>> entries = new ArrayList<>();
            for (int i = 0; i < lists.size(); i++) {
                entries.add(randomRanges(random, v6, random.nextInt(400)));
            }
            RangeTable table = RangeTable.compile(
                    lists, entries.stream().map(RangeTableTest::columns).toList(), ListDirection.TO_OUTSIDE);
            for (int i = 0; i < 2_000; i++) {
                Address address = randomAddress(random, v6);
                String expected = oracle(lists, entries, address);
                int match = table.find(address.high(), address.low());
                String found = match == RangeTable.NOT_LISTED
                        ? "none"
                        : lists.get(table.list(match)).name() + " " + table.entry(match);
                assertThat(found).as("seed %d, address %s", seed, address).isEqualTo(expected);
            }
        }
    }

    /** Blocking before logging, then the narrower, then the earlier list. */
    private static String oracle(List<ReputationList> lists, List<List<AddressRange>> entries, Address address) {
        String best = "none";
        ListAction bestAction = ListAction.LOG;
        java.math.BigInteger bestWidth = java.math.BigInteger.ZERO;
        for (int i = 0; i < lists.size(); i++) {
            for (AddressRange range : entries.get(i)) {
                if (!range.contains(address.high(), address.low())) {
                    continue;
                }
                ListAction action = lists.get(i).action();
                java.math.BigInteger width = number(range.last()).subtract(number(range.first()));
                boolean better = best.equals("none")
                        || (action == ListAction.BLOCK && bestAction == ListAction.LOG)
                        || (action == bestAction && width.compareTo(bestWidth) < 0);
                if (better) {
                    best = lists.get(i).name() + " " + range;
                    bestAction = action;
                    bestWidth = width;
                }
            }
        }
        return best;
    }

    private static java.math.BigInteger number(Address address) {
        return new java.math.BigInteger(1, address.toBytes());
    }

    private static List<AddressRange> randomRanges(Random random, boolean v6, int count) {
        List<AddressRange> ranges = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Address one = randomAddress(random, v6);
            Address other = randomAddress(random, v6);
            ranges.add(
                    switch (random.nextInt(4)) {
                        case 0 -> AddressRange.of(one);
                        case 1 ->
                            one.compareTo(other) <= 0 ? new AddressRange(one, other) : new AddressRange(other, one);
                        default -> AddressRange.of(one, v6 ? 112 + random.nextInt(17) : 22 + random.nextInt(11));
                    });
        }
        return ranges;
    }

    /** Addresses close together, so that entries meet; some across the borders of the index, some at the ends. */
    private static Address randomAddress(Random random, boolean v6) {
        int near = random.nextInt(3_000) - 1_500;
        if (v6) {
            return switch (random.nextInt(8)) {
                case 0 -> new Address(0, random.nextInt(3));
                case 1 -> new Address(-1L, -1L - random.nextInt(3));
                case 2 -> new Address(random.nextLong() | 1L << 62, random.nextLong());
                default -> new Address(near < 0 ? 0x2001_0db7_ffff_ffffL : 0x2001_0db8_0000_0000L, near);
            };
        }
        return switch (random.nextInt(8)) {
            case 0 -> Address.ofV4(random.nextInt(3));
            case 1 -> Address.ofV4(-1 - random.nextInt(3));
            case 2 -> Address.ofV4(random.nextInt());
            default -> Address.ofV4(0xc633_0000 + near);
        };
    }

    @Test
    void looksUpWithoutAllocating() {
        RangeTable table = table("198.51.100.0/24", "2001:db8::/32", "203.0.113.9");
        long[] sum = new long[1];
        long bytes = Allocation.bytesOf(() -> {
            for (int i = 0; i < 100_000; i++) {
                sum[0] += table.find(0, Address.MAPPED_PREFIX | 0xc633_6400L + (i & 511));
                sum[0] += table.find(0x2001_0db8_0000_0000L, i);
            }
        });
        assertThat(bytes).isLessThan(200);
        assertThat(sum[0]).isNotZero();
    }

    @Test
    void findsEveryEntryOfACrowdedNetwork() {
        RangeColumns columns = new RangeColumns();
        for (int i = 0; i < 20_000; i++) {
            columns.add(AddressRange.of(new Address(0x2001_0db8_0000_0000L + i / 100, 2L * (i % 100))));
            columns.add(AddressRange.of(Address.ofV4(0xc000_0000 + 2 * i)));
        }
        columns.add(AddressRange.parse("9999::/16"));
        columns.add(AddressRange.parse("1.0.0.0"));
        RangeTable table =
                RangeTable.compile(List.of(list("a", ListAction.BLOCK)), List.of(columns), ListDirection.TO_OUTSIDE);
        for (int i = 0; i < 20_000; i++) {
            long high = 0x2001_0db8_0000_0000L + i / 100;
            assertThat(table.find(high, 2L * (i % 100))).isNotEqualTo(RangeTable.NOT_LISTED);
            assertThat(table.find(high, 2L * (i % 100) + 1)).isEqualTo(RangeTable.NOT_LISTED);
            long low = Address.MAPPED_PREFIX | (0xc000_0000L + 2L * i);
            assertThat(table.find(0, low)).isNotEqualTo(RangeTable.NOT_LISTED);
            assertThat(table.find(0, low + 1)).isEqualTo(RangeTable.NOT_LISTED);
        }
    }

    @Test
    void holdsAMillionEntriesInTheStatedMemory() {
        Random random = new Random(5);
        RangeColumns v4 = new RangeColumns();
        RangeColumns v6 = new RangeColumns();
        for (int i = 0; i < 1_000_000; i++) {
            v4.add(AddressRange.of(Address.ofV4(random.nextInt())));
            v6.add(AddressRange.of(new Address(0x2000_0000_0000_0000L | random.nextLong() >>> 4, 0), 64));
        }
        List<ReputationList> lists = List.of(list("a", ListAction.BLOCK));
        assertThat(RangeTable.compile(lists, List.of(v4), ListDirection.TO_OUTSIDE)
                        .bytes())
                .isLessThan(17_000_000);
        assertThat(RangeTable.compile(lists, List.of(v6), ListDirection.TO_OUTSIDE)
                        .bytes())
                .isLessThan(41_000_000);
    }
}
