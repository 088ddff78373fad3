package jp.genkan.dataplane.host;

import static jp.genkan.dataplane.host.HostPackets.SECOND;
import static jp.genkan.dataplane.host.HostPackets.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostTableTest {
    private static final long PC = Mac.parse("00:1b:21:0a:0b:0c");
    private static final long PRINTER = Mac.parse("00:1b:21:0a:0b:0d");
    private static final long ROUTER = Mac.parse("00:1b:21:00:00:01");
    private static final Instant NOW = Instant.ofEpochSecond(START / SECOND);

    @TempDir
    Path directory;

    private final NewsRing ring = new NewsRing();
    private final HostObserver observer = new HostObserver(ring);
    private final List<Event> events = new ArrayList<>();
    private long nanos = 5;

    private HostTable open(HostLimits limits, @Nullable Path state) {
        return new HostTable(
                limits,
                OuiTable.EMPTY,
                port -> port == 2 ? Host.Medium.WIFI : Host.Medium.WIRE,
                List.of(ring),
                events::add,
                state);
    }

    private HostTable open() {
        return open(HostLimits.DEFAULT, null);
    }

    private void see(Packet packet) {
        observer.observe(packet, nanos);
    }

    private static Host found(HostTable table, String text) {
        assertThat(table.find(text)).as(text).isInstanceOf(HostLookup.Found.class);
        return ((HostLookup.Found) table.find(text)).host();
    }

    @Test
    void learnsMachinesByIpArpAndBareFrames() {
        HostTable table = open();
        see(HostPackets.ip(PC, "192.168.1.10"));
        see(HostPackets.ip(PC, "fe80::10"));
        see(HostPackets.arp(PRINTER, "192.168.1.20"));
        see(HostPackets.frame(ROUTER));
        table.doWork(NOW);
        assertThat(table.size()).isEqualTo(3);
        assertThat(found(table, "00:1b:21:0a:0b:0c").addresses().stream()
                        .map(address -> address.address().toString()))
                .containsExactlyInAnyOrder("192.168.1.10", "fe80::10");
        assertThat(found(table, "192.168.1.20").mac()).isEqualTo(PRINTER);
        assertThat(found(table, "00:1b:21:00:00:01").addresses()).isEmpty();
        assertThat(found(table, "fe80::10").via()).isEqualTo(Host.Medium.WIRE);
    }

    @Test
    void learnsNothingFromOutsideOrFromAddressesThatNoMachineHas() {
        HostTable table = open();
        Packet outside = HostPackets.ip(ROUTER, "203.0.113.5");
        outside.side = Side.OUTSIDE;
        see(outside);
        see(HostPackets.ip(PC, "0.0.0.0"));
        see(HostPackets.ip(PC, "::"));
        see(HostPackets.ip(PC, "224.0.0.1"));
        see(HostPackets.ip(PC, "127.0.0.1"));
        see(HostPackets.arp(PC, "0.0.0.0"));
        see(HostPackets.frame(Mac.BROADCAST));
        table.doWork(NOW);
        assertThat(table.snapshot()).hasSize(1);
        assertThat(table.snapshot().getFirst().addresses()).isEmpty();
    }

    @Test
    void tellsTheSameNewsOnceAMinute() {
        HostTable table = open();
        for (int i = 0; i < 100; i++) {
            see(HostPackets.ip(PC, "192.168.1.10"));
        }
        assertThat(table.doWork(NOW)).isEqualTo(1);
        nanos += 61 * SECOND;
        Packet later = HostPackets.ip(PC, "192.168.1.10");
        later.epochNanos = START + 61 * SECOND;
        see(later);
        table.doWork(NOW);
        assertThat(found(table, "192.168.1.10").lastSeen()).isEqualTo(NOW.plusSeconds(61));
        assertThat(found(table, "192.168.1.10").firstSeen()).isEqualTo(NOW);
    }

    @Test
    void prefersDhcpToMdnsToNetbiosToLlmnr() {
        HostTable table = open();
        see(HostPackets.udp(PC, "192.168.1.10", 5355, 50_000, HostPackets.answer("llmnr-pc", "192.168.1.10")));
        table.doWork(NOW);
        assertThat(found(table, "192.168.1.10").name()).isEqualTo("llmnr-pc");
        see(HostPackets.udp(PC, "192.168.1.10", 137, 137, HostPackets.registration("NB-PC", "192.168.1.10")));
        table.doWork(NOW);
        assertThat(found(table, "192.168.1.10").name()).isEqualTo("NB-PC");
        see(HostPackets.udp(PC, "192.168.1.10", 5353, 5353, HostPackets.answer("bonjour-pc.local", "192.168.1.10")));
        table.doWork(NOW);
        assertThat(found(table, "192.168.1.10").name()).isEqualTo("bonjour-pc");
        see(HostPackets.udp(
                PC,
                "0.0.0.0",
                68,
                67,
                HostPackets.dhcp(1, PC, "00000000", "350103" + HostPackets.hostNameOption("pc-1"))));
        nanos += 2 * SECOND;
        see(HostPackets.udp(PC, "192.168.1.10", 5353, 5353, HostPackets.answer("bonjour-pc.local", "192.168.1.10")));
        table.doWork(NOW);
        Host host = found(table, "PC-1");
        assertThat(host.name()).isEqualTo("pc-1");
        assertThat(host.nameSource()).isEqualTo(NameSource.DHCP);
        assertThat(table.nameOf(PC)).isEqualTo("pc-1");
        assertThat(found(table, "pc-1.local")).isEqualTo(host);
    }

    @Test
    void letsNoMachineNameAnother() {
        HostTable table = open();
        see(HostPackets.ip(PC, "192.168.1.10"));
        see(HostPackets.udp(PRINTER, "192.168.1.20", 5353, 5353, HostPackets.answer("evil.local", "192.168.1.10")));
        see(HostPackets.udp(PRINTER, "192.168.1.20", 137, 137, HostPackets.registration("EVIL", "192.168.1.10")));
        table.doWork(NOW);
        assertThat(table.snapshot()).allMatch(host -> host.name().isEmpty());
    }

    @Test
    void takesTheAddressThatTheServerGivesOnlyForMachinesBehindTheBox() {
        HostTable table = open();
        see(HostPackets.udp(
                PC, "0.0.0.0", 68, 67, HostPackets.dhcp(1, PC, "00000000", "350103" + "3c084d53465420352e30")));
        Packet ack = HostPackets.udp(ROUTER, "192.168.1.1", 67, 68, HostPackets.dhcp(2, PC, "c0a8010a", "350105"));
        ack.side = Side.OUTSIDE;
        see(ack);
        Packet other =
                HostPackets.udp(ROUTER, "192.168.1.1", 67, 68, HostPackets.dhcp(2, PRINTER, "c0a80114", "350105"));
        other.side = Side.OUTSIDE;
        see(other);
        table.doWork(NOW);
        assertThat(found(table, "192.168.1.10").kind()).isEqualTo("MSFT 5.0");
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void cleansNamesOfWhatIsNotPrintable() {
        HostTable table = open();
        String hostile = "a\u0000b\u001b[31m\u202ec" + "x".repeat(100);
        see(HostPackets.udp(
                PC, "0.0.0.0", 68, 67, HostPackets.dhcp(1, PC, "00000000", HostPackets.hostNameOption(hostile))));
        table.doWork(NOW);
        assertThat(table.snapshot().getFirst().name()).startsWith("ab[31mcx").hasSize(63);
    }

    @Test
    void announcesANewMachineOnceItHasANameOrAfterAWhile() {
        HostTable table = open();
        see(HostPackets.ip(PC, "192.168.1.10"));
        table.doWork(NOW);
        assertThat(events).isEmpty();
        see(HostPackets.udp(
                PC, "192.168.1.10", 68, 67, HostPackets.dhcp(1, PC, "00000000", HostPackets.hostNameOption("pc-1"))));
        table.doWork(NOW);
        assertThat(events).hasSize(1);
        see(HostPackets.ip(PRINTER, "192.168.1.20"));
        table.doWork(NOW.plusSeconds(9));
        assertThat(events).hasSize(1);
        table.doWork(NOW.plusSeconds(10));
        assertThat(events).hasSize(2);
        HostEvent first = (HostEvent) events.getFirst();
        assertThat(first.type()).isEqualTo("host");
        assertThat(first.host().name()).isEqualTo("pc-1");
        assertThat(first.epochNanos()).isEqualTo(START);
    }

    @Test
    void marksARouterAndStopsListingItsAddresses() {
        HostTable table = open(new HostLimits(100, 8, 60), null);
        for (int i = 1; i <= 200; i++) {
            see(HostPackets.ip(ROUTER, "10.0.0." + i));
            table.doWork(NOW);
        }
        Host router = found(table, "00:1b:21:00:00:01");
        assertThat(router.isRouter()).isTrue();
        assertThat(router.addresses()).hasSize(8);
        assertThat(table.macOf(Address.parse("10.0.0.1"))).isZero();
        assertThat(table.counters().get(HostCounter.ADDRESSES_IGNORED)).isEqualTo(192);
    }

    @Test
    void replacesAnOldTemporaryAddress() {
        HostTable table = open(new HostLimits(100, 2, 60), null);
        for (int hour = 0; hour < 5; hour++) {
            Packet packet = HostPackets.ip(PC, "2001:db8::" + (hour + 1));
            packet.epochNanos = START + hour * 7_200L * SECOND;
            see(packet);
        }
        table.doWork(NOW);
        Host host = table.snapshot().getFirst();
        assertThat(host.isRouter()).isFalse();
        assertThat(host.addresses().stream().map(address -> address.address().toString()))
                .containsExactly("2001:db8::5", "2001:db8::4");
    }

    @Test
    void forgetsTheOldestUnnamedMachineWhenFull() {
        HostTable table = open(new HostLimits(3, 8, 2), null);
        see(HostPackets.udp(
                PC, "192.168.1.10", 68, 67, HostPackets.dhcp(1, PC, "00000000", HostPackets.hostNameOption("pc-1"))));
        for (int i = 0; i < 5; i++) {
            Packet packet = HostPackets.frame(0x0200_0000_0000L + i);
            packet.epochNanos = START + (i + 1) * SECOND;
            see(packet);
        }
        table.doWork(NOW.plusSeconds(60));
        assertThat(table.size()).isEqualTo(3);
        assertThat(found(table, "pc-1").mac()).isEqualTo(PC);
        assertThat(table.find("02:00:00:00:00:00")).isInstanceOf(HostLookup.Unknown.class);
        assertThat(table.counters().get(HostCounter.HOSTS_FORGOTTEN)).isEqualTo(3);
        assertThat(events).hasSize(2);
        assertThat(table.counters().get(HostCounter.EVENTS_SHED)).isEqualTo(1);
    }

    @Test
    void saysWhoTheCandidatesAreWhenATextIsAmbiguous() {
        HostTable table = open();
        see(HostPackets.udp(
                PC, "192.168.1.10", 68, 67, HostPackets.dhcp(1, PC, "00000000", HostPackets.hostNameOption("iPhone"))));
        see(HostPackets.udp(
                PRINTER,
                "192.168.1.11",
                68,
                67,
                HostPackets.dhcp(1, PRINTER, "00000000", HostPackets.hostNameOption("iphone"))));
        see(HostPackets.ip(PC, "192.168.1.10"));
        table.doWork(NOW);
        assertThat(table.find("iphone")).isInstanceOf(HostLookup.Ambiguous.class);
        assertThat(((HostLookup.Ambiguous) table.find("iphone")).message())
                .startsWith("'iphone' is 2 machines: ")
                .contains("iPhone (00:1b:21:0a:0b:0c) 192.168.1.10")
                .endsWith(": say which by its MAC address");
        assertThat(((HostLookup.Unknown) table.find("nobody")).message())
                .isEqualTo("no machine 'nobody' is known: give its MAC address, its IP address, or its name");
        assertThat(table.find("")).isInstanceOf(HostLookup.Unknown.class);
    }

    @Test
    void isRestoredAfterARestart() {
        HostTable before = open(HostLimits.DEFAULT, directory);
        see(HostPackets.udp(
                PC,
                "192.168.1.10",
                68,
                67,
                HostPackets.dhcp(1, PC, "00000000", HostPackets.hostNameOption("\u4e8b\u52d9\u6240"))));
        see(HostPackets.ip(PC, "192.168.1.10"));
        before.close();
        events.clear();
        HostTable after = open(HostLimits.DEFAULT, directory);
        assertThat(after.restoreProblems()).isEmpty();
        assertThat(after.snapshot().getFirst())
                .usingRecursiveComparison()
                .ignoringFields("port", "via")
                .isEqualTo(before.snapshot().getFirst());
        nanos += 61 * SECOND;
        see(HostPackets.ip(PC, "192.168.1.10"));
        after.close();
        assertThat(events).as("a known machine is not new").isEmpty();
    }

    @Test
    void restoresWhatIsWholeOfADamagedFile() throws IOException {
        HostTable before = open(HostLimits.DEFAULT, directory);
        see(HostPackets.ip(PC, "192.168.1.10"));
        see(HostPackets.ip(PRINTER, "192.168.1.20"));
        before.close();
        Path file = directory.resolve("hosts.jsonl");
        byte[] whole = Files.readAllBytes(file);
        int firstLine = new String(whole, StandardCharsets.UTF_8).indexOf('\n');
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            int expected = length >= whole.length - 1 ? 2 : length >= firstLine ? 1 : 0;
            assertThat(open(HostLimits.DEFAULT, directory).size())
                    .as("cut at %d", length)
                    .isEqualTo(expected);
        }
        Files.writeString(file, "{}\n{\"mac\":\"x\"}\n[]\n");
        assertThat(open(HostLimits.DEFAULT, directory).restoreProblems())
                .containsExactly(
                        file + ":1: not a whole JSON object with a MAC address: skipped",
                        file + ":2: not a MAC address: 'x' (example: 00:1b:21:0a:0b:0c): skipped",
                        file + ":3: not a JSON object: skipped");
    }

    @Test
    void worksOnWithoutADisk() throws IOException {
        Files.createDirectories(directory.resolve("hosts.jsonl").resolve("in the way"));
        HostTable table = open(HostLimits.DEFAULT, directory);
        see(HostPackets.ip(PC, "192.168.1.10"));
        table.doWork(NOW);
        assertThat(table.size()).isEqualTo(1);
        assertThat(table.storageProblem()).contains("cannot be written");
    }

    @Test
    void countsNewsThatAFullQueueDoesNotTakeAndTellsItAgain() {
        NewsRing small = new NewsRing(2);
        HostObserver busy = new HostObserver(small);
        for (int i = 1; i <= 5; i++) {
            busy.observe(HostPackets.ip(PC, "192.168.1." + i), 1);
        }
        assertThat(busy.counters().get(HostObserverCounter.NEWS_DROPPED)).isEqualTo(3);
        List<Long> told = new ArrayList<>();
        NewsRing.Reader reader =
                (mac, high, low, epoch, port, service, payload, offset, length) -> told.add(low & 0xff);
        small.drain(reader, 10);
        busy.observe(HostPackets.ip(PC, "192.168.1.5"), 2);
        busy.observe(HostPackets.ip(PC, "192.168.1.1"), 2);
        small.drain(reader, 10);
        assertThat(told).containsExactly(1L, 2L, 5L);
    }

    @Test
    void observesWithoutAllocating() {
        Packet known = HostPackets.ip(PC, "192.168.1.10");
        Packet named = HostPackets.udp(PC, "192.168.1.10", 5353, 5353, HostPackets.answer("pc.local", "192.168.1.10"));
        NewsRing.Reader nobody = (mac, high, low, epoch, port, service, payload, offset, length) -> {};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int round = 0; round < 30; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2_000; i++) {
                nanos += 100_000_000;
                observer.observe(known, nanos);
                observer.observe(named, nanos);
                ring.drain(nobody, 10);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(200);
    }
}
