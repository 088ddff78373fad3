package jp.genkan.access.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.access.address.AddressSet;
import jp.genkan.access.path.EventText;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Mac;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationTableTest {
    private static final Instant START = Instant.parse("2026-11-24T09:00:00Z");
    private static final IsolationTarget MACHINE = IsolationTarget.parse("00:1b:21:0a:0b:0c");
    private static final IsolationTarget ADDRESS = IsolationTarget.parse("192.168.1.10");

    @TempDir
    Path directory;

    private Instant now = START;
    private int changes;
    private final List<Event> events = new ArrayList<>();
    private final Map<Address, Long> neighbours = new HashMap<>();

    private IsolationTable open() {
        HostResolver hosts = new HostResolver() {
            @Override
            public long macOf(Address address) {
                return neighbours.getOrDefault(address, 0L);
            }

            @Override
            public String nameOf(IsolationTarget target) {
                return "";
            }
        };
        IsolationPolicy policy = new IsolationPolicy(
                AddressSet.parse(List.of("192.168.1.2")), AddressSet.EMPTY, IsolationPolicy.Dhcp.CUT);
        Address own = Address.parse("192.168.1.250");
        return new IsolationTable(
                directory,
                hosts,
                policy,
                (high, low) -> high == own.high() && low == own.low(),
                () -> now,
                events::add,
                () -> changes++);
    }

    @Test
    void isolatesForATimeAndTellsWho() throws IsolationRefused {
        IsolationTable table = open();
        table.isolate(MACHINE, Duration.ofHours(2), "hana", "virus found");
        assertThat(table.snapshot().ofMac(0x001b210a0b0cL)).isZero();
        assertThat(changes).isEqualTo(1);
        now = START.plus(Duration.ofHours(2)).minusNanos(1);
        assertThat(table.doWork()).isZero();
        now = START.plus(Duration.ofHours(2));
        assertThat(table.doWork()).isEqualTo(1);
        assertThat(table.list()).isEmpty();
        assertThat(table.snapshot().ofMac(0x001b210a0b0cL)).isNegative();
        assertThat(changes).isEqualTo(2);
        assertThat(events.stream().map(EventText::of))
                .containsExactly(
                        "host host{ action='isolated' mac='00:1b:21:0a:0b:0c' by='hana' reason='virus found'"
                                + " since=1795510800000000000 until=1795518000000000000 }",
                        "host host{ action='expired' mac='00:1b:21:0a:0b:0c' by='hana' reason='virus found'"
                                + " since=1795510800000000000 until=1795518000000000000 }");
    }

    @Test
    void pinsTheMacAddressThatHasTheAddress() throws IsolationRefused {
        long mac = Mac.parse("00:1b:21:0a:0b:0c");
        IsolationTable table = open();
        table.isolate(ADDRESS, null, "hana", "");
        assertThat(table.snapshot().ofMac(mac)).isNegative();
        neighbours.put(Address.parse("192.168.1.10"), mac);
        assertThat(table.doWork()).isEqualTo(1);
        assertThat(table.snapshot().ofMac(mac)).isZero();
        neighbours.clear(); // it has another address now
        table.doWork();
        assertThat(table.snapshot().ofMac(mac)).isZero();
        assertThat(table.release(MACHINE, "hana")).hasSize(1);
        assertThat(table.snapshot().isEmpty()).isTrue();
    }

    @Test
    void isRestoredAfterARestart() throws IsolationRefused {
        IsolationTable before = open();
        neighbours.put(Address.parse("192.168.1.10"), Mac.parse("00:1b:21:0a:0b:0c"));
        before.isolate(ADDRESS, Duration.ofHours(1), "hana", "\"quoted\" \u79d8\u5bc6");
        before.isolate(IsolationTarget.parse("2001:db8::5"), null, "ken", "");
        before.isolate(IsolationTarget.parse("00:1b:21:0a:0b:0d"), Duration.ofMinutes(1), "ken", "");
        now = START.plus(Duration.ofMinutes(30));
        events.clear();
        IsolationTable after = open();
        assertThat(after.restoreProblems()).isEmpty();
        assertThat(after.list().stream()
                        .map(isolation -> isolation.target() + " " + isolation.until() + " " + isolation.by() + " "
                                + isolation.reason() + " " + Mac.format(isolation.mac())))
                .containsExactly(
                        "192.168.1.10 2026-11-24T10:00:00Z hana \"quoted\" \u79d8\u5bc6 00:1b:21:0a:0b:0c",
                        "2001:db8::5 null ken  00:00:00:00:00:00");
        assertThat(EventText.of(events.getFirst())).contains("action='expired' mac='00:1b:21:0a:0b:0d'");
    }

    @Test
    void aCrashWhileSavingLeavesTheOldState() throws IsolationRefused, IOException {
        open().isolate(MACHINE, null, "hana", "");
        Files.writeString(directory.resolve("isolation.jsonl.new"), "{\"target\":\"00:1b"); // cut off before the rename
        IsolationTable after = open();
        assertThat(after.list()).hasSize(1);
        after.isolate(ADDRESS, null, "hana", "");
        assertThat(open().list()).hasSize(2);
    }

    @Test
    void restoresWhatIsWholeOfADamagedFile() throws IsolationRefused, IOException {
        IsolationTable table = open();
        table.isolate(MACHINE, null, "hana", "");
        table.isolate(ADDRESS, null, "hana", "");
        Path file = directory.resolve("isolation.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int firstLine = new String(whole, java.nio.charset.StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(whole, length));
            IsolationTable restored = open();
            assertThat(restored.list())
                    .as("cut at %d", length)
                    .hasSize(length >= whole.length - 1 ? 2 : length >= firstLine - 1 ? 1 : 0);
        }
        Files.writeString(file, "{}\n[1]\n{\"target\":\"x\"}\n");
        assertThat(open().restoreProblems())
                .containsExactly(
                        file + ":1: 'target' is missing: skipped",
                        file + ":2: not a JSON object: skipped",
                        file + ":3: not an IPv4 or IPv6 address: 'x': skipped");
    }

    @Test
    void holdsWithoutADiskAndSaysSo() throws IsolationRefused, IOException {
        Path blocker = directory.resolve("isolation.jsonl");
        Files.createDirectories(blocker.resolve("in the way"));
        IsolationTable table = open();
        table.isolate(MACHINE, null, "hana", "");
        assertThat(table.snapshot().isEmpty()).isFalse();
        assertThat(table.storageProblem()).contains("cannot be written").endsWith("until the next restart only");
    }

    @Test
    void refusesWhatMustNotBeIsolated() {
        IsolationTable table = open();
        assertRefused(table, "192.168.1.250", "192.168.1.250 is this box itself");
        assertRefused(
                table, "192.168.1.2", "192.168.1.2 is an exception (isolation.exceptions) and always stays reachable");
        assertRefused(table, "255.255.255.255", "255.255.255.255 is not the address of one machine");
        assertThatThrownBy(() -> IsolationTarget.parse("ff:ff:ff:ff:ff:ff"))
                .hasMessage("ff:ff:ff:ff:ff:ff is not the MAC address of one machine");
        assertThatThrownBy(() -> table.isolate(MACHINE, Duration.ZERO, "hana", ""))
                .hasMessage("cannot isolate for PT0S: from one second to 366 days, or without an end");
        assertThatThrownBy(() -> table.release(MACHINE, "hana"))
                .hasMessage("00:1b:21:0a:0b:0c is not isolated: no machine is");
    }

    private static void assertRefused(IsolationTable table, String address, String message) {
        assertThatThrownBy(() -> table.isolate(IsolationTarget.parse(address), null, "hana", ""))
                .isInstanceOf(IsolationRefused.class)
                .hasMessage(message);
    }

    @Test
    void isBounded() throws IsolationRefused {
        IsolationTable table = open();
        for (int i = 0; i < IsolationTable.ISOLATIONS_MAX; i++) {
            table.isolate(IsolationTarget.parse("192.168.9." + (i % 250 + 1)), null, "hana", "");
            if (table.list().size() < i + 1) {
                table.isolate(IsolationTarget.parse("2001:db8::" + Integer.toHexString(i)), null, "hana", "");
            }
        }
        assertThat(table.list()).hasSize(IsolationTable.ISOLATIONS_MAX);
        assertThatThrownBy(() -> table.isolate(MACHINE, null, "hana", ""))
                .hasMessage("256 machines are isolated already, and that is the most: release one first");
        table.isolate(
                IsolationTarget.parse("192.168.9.1"), Duration.ofHours(1), "hana", ""); // a new end is no new entry
        for (Isolation isolation : table.list()) {
            Address address = ((IsolationTarget.OfAddress) isolation.target()).address();
            assertThat(table.snapshot().get(table.snapshot().ofAddress(address.high(), address.low())))
                    .isEqualTo(isolation);
        }
    }
}
