package jp.genkan.dataplane.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import org.junit.jupiter.api.Test;

/** Ports: 0 inside, 1 outside, 2 host; with more, 3 is a second inside port. */
class SwitchTest {
    private static final long BOX = 0x0200_0000_0001L;
    private static final long PC = 0x0000_1b00_0001L;
    private static final long ROUTER = 0x0000_1b00_0002L;

    private final Switch wire = new Switch(List.of(Side.INSIDE, Side.OUTSIDE, Side.HOST), BOX);
    private final Switch many = new Switch(List.of(Side.INSIDE, Side.OUTSIDE, Side.HOST, Side.INSIDE), BOX);

    @Test
    void isAWireBetweenOneInsideAndOneOutsidePortWhateverItLearned() {
        wire.learn(frame(PC, ROUTER, 0), 0);
        assertThat(wire.egress(frame(ROUTER, PC, 0), 0)).isEqualTo(1);
        assertThat(wire.egress(frame(ROUTER, PC, 1), 0)).isEqualTo(0);
    }

    @Test
    void givesTheBoxWhatIsForItsAddress() {
        assertThat(wire.egress(frame(PC, BOX, 0), 0)).isEqualTo(2);
        assertThat(many.egress(frame(PC, BOX, 3), 0)).isEqualTo(2);
    }

    @Test
    void sendsWhatTheBoxSaysToWhereTheOtherWasLastSeen() {
        assertThat(wire.egress(frame(BOX, PC, 2), 0)).isEqualTo(Switch.FLOOD);
        wire.learn(frame(PC, ROUTER, 0), 0);
        assertThat(wire.egress(frame(BOX, PC, 2), 0)).isEqualTo(0);
    }

    @Test
    void floodsGroupsToAllPortsButTheirOwn() {
        Packet broadcast = frame(PC, Mac.BROADCAST, 0);
        assertThat(wire.egress(broadcast, 0)).isEqualTo(Switch.FLOOD);
        assertThat(wire.floodsTo(0, broadcast)).isFalse();
        assertThat(wire.floodsTo(1, broadcast)).isTrue();
        assertThat(wire.floodsTo(2, broadcast)).isTrue();
    }

    @Test
    void keepsUnknownUnicastFromTheBox() {
        Packet unknown = frame(PC, ROUTER, 0);
        assertThat(many.egress(unknown, 0)).isEqualTo(Switch.FLOOD);
        assertThat(many.floodsTo(2, unknown)).isFalse();
        assertThat(many.floodsTo(3, unknown)).isTrue();
    }

    @Test
    void learnsWithSeveralInsidePorts() {
        many.learn(frame(ROUTER, PC, 1), 0);
        assertThat(many.egress(frame(PC, ROUTER, 3), 0)).isEqualTo(1);
        assertThat(many.egress(frame(PC, ROUTER, 1), 0)).isEqualTo(Switch.NOWHERE);
    }

    private static Packet frame(long source, long destination, int port) {
        Packet packet = new Packet();
        packet.sourceMac = source;
        packet.destinationMac = destination;
        packet.ingressPort = port;
        return packet;
    }
}
