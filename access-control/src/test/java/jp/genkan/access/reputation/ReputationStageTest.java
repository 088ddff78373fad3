package jp.genkan.access.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.access.address.AddressException;
import jp.genkan.access.path.Allocation;
import jp.genkan.access.path.EventText;
import jp.genkan.access.path.TestFlow;
import jp.genkan.access.path.TestPath;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReputationStageTest {
    private static final String INSIDE = "192.168.1.10";
    private static final String BAD = "203.0.113.9";

    @TempDir
    Path directory;

    private final List<AddressException> exceptions = new ArrayList<>();
    private final List<ReputationList> lists = new ArrayList<>();

    @BeforeEach
    void blockOneNetwork() throws IOException {
        add("feed", ListAction.BLOCK, ListDirection.BOTH, "203.0.113.0/24\n2001:db8:bad::/48\n");
    }

    private void add(String name, ListAction action, ListDirection direction, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, content);
        lists.add(new ReputationList(name, file, action, direction));
    }

    private ReputationLists open() {
        Address own = Address.parse("203.0.113.250");
        return new ReputationLists(
                lists,
                exceptions,
                ListLimits.DEFAULT,
                (high, low) -> high == own.high() && low == own.low(),
                InstantSource.system(),
                event -> {},
                () -> {});
    }

    private TestPath path() {
        return new TestPath(new ReputationStage(open()));
    }

    @Test
    void forwardsAndSettlesACleanFlow() {
        TestPath path = path();
        TestFlow flow = new TestFlow(INSIDE, "198.51.100.1");
        assertThat(path.next(flow)).isEqualTo(Verdict.FORWARD);
        assertThat(flow.settled).isTrue();
        assertThat(path.events).isEmpty();
    }

    @Test
    void rejectsWhatIsBegunInsideAndSaysSoOnce() {
        TestPath path = path();
        TestFlow flow = new TestFlow(INSIDE, BAD);
        Packet packet = flow.packet();
        assertThat(path.pass(packet, flow)).isEqualTo(Verdict.REJECT);
        assertThat(DropReason.of(packet.dropReason)).isEqualTo(DropReason.REPUTATION);
        assertThat(flow.dropped).isEqualTo(DropReason.REPUTATION);
        assertThat(flow.settled).isFalse();
        flow.isNew = false;
        assertThat(path.next(flow)).isEqualTo(Verdict.DROP);
        assertThat(path.events).hasSize(1);
        assertThat(EventText.of(path.events.getFirst()))
                .isEqualTo(
                        "alert direction='to_server' alert{ action='blocked' gid=301 signature_id=1 rev=1"
                                + " signature='Genkan reputation: feed' category='Misc Attack' severity=2 }"
                                + " reputation{ list='feed' entry='203.0.113.0/24' address='203.0.113.9' direction='to-outside' }");
    }

    @Test
    void rejectsIpv6AndUdpFromInside() {
        TestPath path = path();
        TestFlow flow = new TestFlow("2001:db8:1::5", "2001:db8:bad::1");
        flow.protocol = 17;
        assertThat(path.next(flow)).isEqualTo(Verdict.REJECT);
        TestFlow ping = new TestFlow(INSIDE, BAD);
        ping.protocol = 1;
        assertThat(path.next(ping)).isEqualTo(Verdict.DROP);
    }

    @Test
    void dropsUnsolicitedTrafficFromOutsideWithoutAWord() {
        TestPath path = path();
        TestFlow flow = new TestFlow(BAD, INSIDE);
        flow.clientSide = Side.OUTSIDE;
        assertThat(path.next(flow)).isEqualTo(Verdict.DROP);
        assertThat(EventText.of(path.events.getFirst())).contains("direction='from-outside'");
    }

    @Test
    void cutsAnExistingFlowOnTheNextPacketAfterAChange() throws IOException {
        ReputationLists holder = open();
        TestPath path = new TestPath(new ReputationStage(holder));
        TestFlow flow = new TestFlow("198.51.100.66", INSIDE);
        flow.clientSide = Side.OUTSIDE;
        assertThat(path.next(flow)).isEqualTo(Verdict.FORWARD);
        Files.writeString(directory.resolve("feed"), "198.51.100.66\n");
        holder.reload();
        assertThat(path.next(flow)).isEqualTo(Verdict.REJECT);
        assertThat(flow.dropped).isEqualTo(DropReason.REPUTATION);
    }

    @Test
    void onlyLogsWhatALoggingListHolds() throws IOException {
        add("watch", ListAction.LOG, ListDirection.BOTH, "198.51.100.7\n");
        TestPath path = path();
        TestFlow flow = new TestFlow(INSIDE, "198.51.100.7");
        assertThat(path.next(flow)).isEqualTo(Verdict.FORWARD);
        assertThat(path.next(flow)).isEqualTo(Verdict.FORWARD);
        assertThat(flow.settled).isTrue();
        assertThat(path.events).hasSize(1);
        assertThat(EventText.of(path.events.getFirst())).contains("action='allowed'");
    }

    @Test
    void blocksForTheOtherEndWhenOnlyOneEndIsLogged() throws IOException {
        add("watch", ListAction.LOG, ListDirection.BOTH, "198.51.100.7\n");
        add("own", ListAction.BLOCK, ListDirection.BOTH, INSIDE + "\n");
        TestPath path = path();
        assertThat(path.next(new TestFlow(INSIDE, "198.51.100.7"))).isEqualTo(Verdict.REJECT);
        assertThat(EventText.of(path.events.getFirst())).contains("list='own'").contains("address='192.168.1.10'");
    }

    @Test
    void listsOfOneDirectionLeaveTheOtherAlone() throws IOException {
        add("scanners", ListAction.BLOCK, ListDirection.FROM_OUTSIDE, "198.51.100.8\n");
        TestPath path = path();
        TestFlow in = new TestFlow("198.51.100.8", INSIDE);
        in.clientSide = Side.OUTSIDE;
        assertThat(path.next(in)).isEqualTo(Verdict.DROP);
        assertThat(path.next(new TestFlow(INSIDE, "198.51.100.8"))).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void neverBlocksExceptionsItselfOrGroups() throws IOException {
        add("wild", ListAction.BLOCK, ListDirection.BOTH, "224.0.0.0/8\nff02::/16\n255.255.255.255\n");
        exceptions.add(new AddressException(AddressRange.parse("203.0.113.16/28"), null, "hana"));
        TestPath path = path();
        for (String free : List.of("203.0.113.20", "203.0.113.250", "224.0.0.251", "255.255.255.255")) {
            assertThat(path.next(new TestFlow(INSIDE, free))).as(free).isEqualTo(Verdict.FORWARD);
        }
        assertThat(path.next(new TestFlow("fe80::1", "ff02::fb"))).isEqualTo(Verdict.FORWARD);
        assertThat(path.next(new TestFlow(INSIDE, "203.0.113.40"))).isEqualTo(Verdict.REJECT);
    }

    @Test
    void anExceptionEndsWithItsTime() {
        exceptions.add(new AddressException(AddressRange.parse(BAD), Instant.ofEpochSecond(2_000_000_000), "hana"));
        TestPath path = path();
        assertThat(path.next(new TestFlow(INSIDE, BAD))).isEqualTo(Verdict.FORWARD);
        path.epochNanos = 2_000_000_000L * 1_000_000_000L;
        assertThat(path.next(new TestFlow(INSIDE, BAD))).isEqualTo(Verdict.REJECT);
    }

    @Test
    void dropsAListedAddressInsideATunnelAndLeavesTheTunnelAlone() {
        TestPath path = path();
        TestFlow tunnel = new TestFlow(INSIDE, "198.51.100.1");
        tunnel.protocol = 47;
        assertThat(path.next(tunnel)).isEqualTo(Verdict.FORWARD);
        assertThat(tunnel.settled).isFalse();
        Packet inner = new TestFlow("10.9.9.9", BAD).packet();
        assertThat(path.pass(inner, tunnel)).isEqualTo(Verdict.DROP);
        assertThat(path.pass(inner, tunnel)).isEqualTo(Verdict.DROP);
        assertThat(tunnel.dropped).isEqualTo(DropReason.NONE);
        assertThat(path.events).hasSize(1);
        assertThat(path.pass(new TestFlow("10.9.9.9", "198.51.100.3").packet(), tunnel))
                .isEqualTo(Verdict.FORWARD);
        assertThat(path.next(tunnel)).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void blocksEvenWhenTheEventQueueIsFull() {
        ReputationStage stage = new ReputationStage(open());
        TestPath path = new TestPath(stage);
        path.queueFull = true;
        assertThat(path.next(new TestFlow(INSIDE, BAD))).isEqualTo(Verdict.REJECT);
        assertThat(stage.counters().get(ReputationCounter.EVENTS_SHED)).isEqualTo(1);
    }

    @Test
    void allocatesNothingForCleanPackets() {
        TestPath path = path();
        TestFlow flow = new TestFlow(INSIDE, "198.51.100.1");
        Packet packet = flow.packet();
        int[] forwarded = new int[1];
        long bytes = Allocation.bytesOf(() -> {
            for (int i = 0; i < 50_000; i++) {
                flow.slot(3, i % 2 == 0 ? 0 : flow.slot(3)); // every second packet is the first of its flow
                forwarded[0] += path.pass(packet, flow) == Verdict.FORWARD ? 1 : 0;
            }
        });
        assertThat(bytes).isLessThan(200);
        assertThat(forwarded[0]).isEqualTo(50_000 * 21);
    }
}
