package jp.genkan.dataplane.guard;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.reject.SegmentEditor;
import jp.genkan.dataplane.reject.SegmentWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a worker notes, the guard reads, whatever the worker was doing when it died. */
class GuardTest {
    private static final String TCP = "1234005001020304" + "0a0b0c0d" + "50180200" + "0000" + "0000" + "616263";
    private static final String IPV4 = "4500002b00014000400600000a000001c0000209" + TCP;
    private static final String IPV6 =
            "6000000000170640" + "20010db8000000000000000000000001" + "20010db8000000000000000000000002" + TCP;
    private static final String MACS = "000000000002000000000001";
    private static final String PLAIN = MACS + "0800" + IPV4;
    private static final String DOUBLE_TAGGED6 = MACS + "88a80007" + "81000005" + "86dd" + IPV6;
    private static final String PPPOE = MACS + "81000005" + "8864" + "11000007002d" + "0021" + IPV4;

    private final GuardMemory memory;
    private final FrameDecoder strict = new FrameDecoder(ChecksumPolicy.VERIFY);
    private final SegmentWriter writer = new SegmentWriter(true);
    private final GuardSlots slots;

    GuardTest() throws LinuxException {
        memory = GuardMemory.make(2, 3);
        memory.interfaces(List.of(11, 12, 13));
        slots = memory.slots(1);
    }

    @AfterEach
    void close() {
        memory.close();
    }

    private static Packet decoded(String hex) {
        byte[] octets = HexFormat.of().parseHex(hex);
        MemorySegment segment = Arena.ofAuto().allocate(octets.length);
        segment.copyFrom(MemorySegment.ofArray(octets));
        Packet packet = new Packet().wrap(segment, 0, octets.length);
        new FrameDecoder(ChecksumPolicy.IGNORE).decode(packet, LinkType.ETHERNET);
        assertThat(packet.ipVersion).as("the test's own frame").isNotZero();
        packet.ingressPort = 1;
        return packet;
    }

    private int held(String like, int receiverHas, int senderTold) {
        int slot = slots.take(decoded(like), writer);
        slots.numbers(slot, receiverHas, receiverHas + 10, senderTold, 7000, 7100);
        return slot;
    }

    private List<OrphanEnd> orphans() {
        return Orphans.read(memory.segment());
    }

    @Test
    void readsWhatIsOwedAndNothingElse() {
        assertThat(orphans()).isEmpty();
        int owed = held(PLAIN, 100, 500);
        assertThat(orphans()).as("not published yet").isEmpty();
        slots.publish(owed);
        int delivered = held(PLAIN, 500, 500);
        slots.publish(delivered);
        List<OrphanEnd> ends = orphans();
        assertThat(ends).hasSize(2);
        assertThat(ends.get(0).has).isEqualTo(100);
        assertThat(ends.get(0).gets).isEqualTo(110);
        assertThat(ends.get(0).acknowledgment).isEqualTo(7000);
        assertThat(ends.get(0).interfaces()).containsExactly(11, 13);
        assertThat(ends.get(1).has).isEqualTo(7000);
        assertThat(ends.get(1).gets).isEqualTo(7100);
        assertThat(ends.get(1).acknowledgment).isEqualTo(500);
        assertThat(ends.get(1).interfaces()).containsExactly(12);
        assertThat(memory.flows()).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsHeldNoMoreAndUsesItsSlotAgain() {
        int first = held(PLAIN, 100, 500);
        slots.publish(first);
        slots.give(first);
        assertThat(orphans()).isEmpty();
        int second = held(PPPOE, 1, 2);
        assertThat(second).isEqualTo(first);
        assertThat(orphans()).as("half of the old, half of the new").isEmpty();
        slots.publish(second);
        assertThat(orphans().getFirst().has).isEqualTo(1);
    }

    @Test
    void guardsNoMoreThanThereAreSlots() {
        for (int i = 0; i < 3; i++) {
            assertThat(held(PLAIN, 1, 2)).isNotEqualTo(GuardSlots.NONE);
        }
        assertThat(slots.take(decoded(PLAIN), writer)).isEqualTo(GuardSlots.NONE);
        assertThat(memory.slots(0).take(decoded(PLAIN), writer)).isNotEqualTo(GuardSlots.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {PLAIN, DOUBLE_TAGGED6, PPPOE})
    void writesResetsThatBothEndsTakeForTheirPeers(String like) {
        slots.publish(held(like, 100, 500));
        Packet segment = decoded(like);
        List<OrphanEnd> ends = orphans();
        Packet toReceiver = reset(ends.get(0));
        assertThat(toReceiver.sourceMac).isEqualTo(segment.sourceMac);
        assertThat(toReceiver.sourceLow).isEqualTo(segment.sourceLow);
        assertThat(toReceiver.sourcePort).isEqualTo(segment.sourcePort);
        assertThat(toReceiver.tcpAcknowledgment).isEqualTo(7000);
        Packet toSender = reset(ends.get(1));
        assertThat(toSender.sourceMac).isEqualTo(segment.destinationMac);
        assertThat(toSender.destinationLow).isEqualTo(segment.sourceLow);
        assertThat(toSender.destinationPort).isEqualTo(segment.sourcePort);
        assertThat(toSender.tcpAcknowledgment).isEqualTo(500);
        for (Packet reset : List.of(toReceiver, toSender)) {
            assertThat(reset.anomalies).isZero();
            assertThat(reset.tcpFlags).isEqualTo(Packet.RST | Packet.ACK);
            assertThat(reset.vlanIds).isEqualTo(segment.vlanIds);
            assertThat(reset.pppoeSession).isEqualTo(segment.pppoeSession);
        }
    }

    /** As the guard does it, read by a decoder that verifies checksums. */
    private Packet reset(OrphanEnd end) {
        MemorySegment target = Arena.ofAuto().allocate(end.frame().length);
        target.copyFrom(MemorySegment.ofArray(end.frame()));
        Packet written = new Packet().wrap(target, 0, end.frame().length);
        strict.decode(written, LinkType.ETHERNET);
        SegmentEditor.sequence(written, 0xfffffff0);
        SegmentEditor.acknowledgment(written, end.acknowledgment, 0);
        Packet read = new Packet().wrap(target, 0, end.frame().length);
        strict.decode(read, LinkType.ETHERNET);
        assertThat(read.tcpSequence).isEqualTo(0xfffffff0);
        return read;
    }

    @Test
    void answersAnEndAFewTimesAndOnlyAboutItsOwnConnection() {
        slots.publish(held(PLAIN, 100, 500));
        OrphanEnd end = orphans().getFirst();
        assertThat(end.isAnswered(100 + (64 << 20))).isFalse();
        int answers = 0;
        for (int i = 0; i < 100; i++) {
            answers += end.isAnswered(105) ? 1 : 0;
        }
        assertThat(answers).isBetween(1, 20);
    }

    @Test
    void survivesMemoryThatSaysNonsense() {
        slots.publish(held(PLAIN, 100, 500));
        long slot = SlotLayout.slot(3);
        memory.segment().set(JAVA_INT, slot + SlotLayout.LENGTHS, Integer.MAX_VALUE);
        assertThat(orphans()).isEmpty();
        memory.segment().set(JAVA_INT, SlotLayout.SLOTS, Integer.MAX_VALUE);
        assertThat(orphans()).isEmpty();
    }

    @Test
    void rehearsesWithoutAWord() throws LinuxException {
        Guard guard;
        try {
            guard = Guard.over(memory.segment());
        } catch (LinuxException refused) {
            Assumptions.abort("packet sockets need CAP_NET_RAW: " + refused.getMessage());
            return;
        }
        try (guard) {
            guard.rehearse();
            assertThat(guard.reset()).isZero();
        }
    }
}
