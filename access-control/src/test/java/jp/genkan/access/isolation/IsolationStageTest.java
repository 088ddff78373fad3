package jp.genkan.access.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.access.address.AddressSet;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.isolation.IsolationPolicy.Dhcp;
import jp.genkan.access.path.Allocation;
import jp.genkan.access.path.EventText;
import jp.genkan.access.path.TestFlow;
import jp.genkan.access.path.TestPath;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationStageTest {
    private static final long SICK = Mac.parse("00:1b:21:0a:0b:0c");
    private static final long OTHER = Mac.parse("00:1b:21:0a:0b:ff");
    private static final IsolationTarget SICK_MAC = new IsolationTarget.OfMac(SICK);
    private static final String SICK_IP = "192.168.1.10";
    private static final String HELP_DESK = "198.51.100.53";
    private static final String GATEWAY = "192.168.1.1";

    @TempDir
    Path directory;

    private Instant now = Instant.parse("2026-11-24T09:00:00Z");

    private IsolationTable table(IsolationPolicy policy) {
        return new IsolationTable(
                directory, HostResolver.NONE, policy, OwnAddresses.NONE, () -> now, event -> {}, () -> {});
    }

    private static IsolationPolicy policy(List<String> exceptions, List<String> gateways, Dhcp dhcp) {
        return new IsolationPolicy(AddressSet.parse(exceptions), AddressSet.parse(gateways), dhcp);
    }

    private TestPath isolating(IsolationTarget target, IsolationPolicy policy) throws IsolationRefused {
        IsolationTable table = table(policy);
        table.isolate(target, Duration.ofHours(2), "hana", "virus");
        return new TestPath(new IsolationStage(table, policy));
    }

    private static Packet from(TestFlow flow, long source, long destination) {
        Packet packet = flow.packet();
        packet.sourceMac = source;
        packet.destinationMac = destination;
        return packet;
    }

    @Test
    void cutsAMachineOffBothWaysByItsMacAddress() throws IsolationRefused {
        TestPath path = isolating(SICK_MAC, IsolationPolicy.STRICT);
        TestFlow v4 = new TestFlow(SICK_IP, "203.0.113.5");
        TestFlow v6 = new TestFlow("2001:db8::9", "2001:db8:1::1");
        assertThat(path.pass(from(v4, SICK, OTHER), v4)).isEqualTo(Verdict.REJECT);
        v4.toServer = false;
        assertThat(path.pass(from(v4, OTHER, SICK), v4)).isEqualTo(Verdict.REJECT);
        assertThat(path.pass(from(v6, SICK, OTHER), v6)).isEqualTo(Verdict.REJECT);
        v6.protocol = 17;
        assertThat(path.pass(from(v6, SICK, OTHER), v6)).isEqualTo(Verdict.DROP);
        TestFlow healthy = new TestFlow("192.168.1.11", "203.0.113.5");
        assertThat(path.pass(from(healthy, OTHER, OTHER + 1), healthy)).isEqualTo(Verdict.FORWARD);
        assertThat(healthy.settled).isTrue();
    }

    @Test
    void cutsOffByAddressWhateverTheMacAddressIs() throws IsolationRefused {
        TestPath path = isolating(IsolationTarget.parse(SICK_IP), IsolationPolicy.STRICT);
        TestFlow flow = new TestFlow(SICK_IP, "203.0.113.5");
        Packet packet = from(flow, OTHER, OTHER + 1);
        assertThat(path.pass(packet, flow)).isEqualTo(Verdict.REJECT);
        assertThat(DropReason.of(packet.dropReason)).isEqualTo(DropReason.ISOLATION);
        assertThat(path.events).hasSize(1);
    }

    @Test
    void worksOnTheNextPacketOfAnExistingFlowAndEndsTheSameWay() throws IsolationRefused {
        IsolationTable table = table(IsolationPolicy.STRICT);
        TestPath path = new TestPath(new IsolationStage(table, IsolationPolicy.STRICT));
        TestFlow flow = new TestFlow(SICK_IP, "203.0.113.5");
        assertThat(path.pass(from(flow, SICK, OTHER), flow)).isEqualTo(Verdict.FORWARD);
        table.isolate(SICK_MAC, null, "hana", "");
        assertThat(path.pass(from(flow, SICK, OTHER), flow)).isEqualTo(Verdict.REJECT);
        table.release(SICK_MAC, "hana");
        assertThat(path.pass(from(flow, SICK, OTHER), flow)).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void tellsOnceAFlowAndIsolation() throws IsolationRefused {
        IsolationTable table = table(IsolationPolicy.STRICT);
        TestPath path = new TestPath(new IsolationStage(table, IsolationPolicy.STRICT));
        table.isolate(SICK_MAC, Duration.ofHours(2), "hana", "virus");
        TestFlow flow = new TestFlow(SICK_IP, "203.0.113.5");
        path.pass(from(flow, SICK, OTHER), flow);
        path.pass(from(flow, SICK, OTHER), flow);
        assertThat(path.events).hasSize(1);
        assertThat(EventText.of(path.events.getFirst()))
                .isEqualTo("alert direction='to_server' alert{ action='blocked' gid=301 signature_id=2 rev=1"
                        + " signature='Genkan isolation: 00:1b:21:0a:0b:0c' category='Isolated machine' severity=3 }"
                        + " isolation{ mac='00:1b:21:0a:0b:0c' by='hana' reason='virus'"
                        + " since=1795510800000000000 until=1795518000000000000 }");
        table.isolate(SICK_MAC, null, "hana", "again");
        path.pass(from(flow, SICK, OTHER), flow);
        assertThat(path.events).hasSize(2);
    }

    @Test
    void dropsAnAttemptFromOutsideWithoutAWordAndNeverAnswersAReset() throws IsolationRefused {
        TestPath path = isolating(SICK_MAC, IsolationPolicy.STRICT);
        TestFlow flow = new TestFlow("203.0.113.5", SICK_IP);
        flow.clientSide = Side.OUTSIDE;
        assertThat(path.pass(from(flow, OTHER, SICK), flow)).isEqualTo(Verdict.DROP);
        flow.isNew = false;
        Packet packet = from(flow, OTHER, SICK);
        packet.tcpFlags = Packet.RST;
        assertThat(path.pass(packet, flow)).isEqualTo(Verdict.DROP);
    }

    @Test
    void keepsTheHelpDeskReachableBothWaysAndNobodyElseByAForgedSource() throws IsolationRefused {
        TestPath path = isolating(SICK_MAC, policy(List.of(HELP_DESK), List.of(), Dhcp.CUT));
        TestFlow flow = new TestFlow(SICK_IP, HELP_DESK);
        assertThat(path.pass(from(flow, SICK, OTHER), flow)).isEqualTo(Verdict.FORWARD);
        flow.toServer = false;
        assertThat(path.pass(from(flow, OTHER, SICK), flow)).isEqualTo(Verdict.FORWARD);
        TestFlow forged = new TestFlow(HELP_DESK, "203.0.113.5");
        assertThat(path.pass(from(forged, SICK, OTHER), forged)).isEqualTo(Verdict.REJECT);
    }

    @Test
    void cutsAnIsolatedAddressInsideATunnel() throws IsolationRefused {
        TestPath path = isolating(IsolationTarget.parse("10.8.0.5"), IsolationPolicy.STRICT);
        TestFlow tunnel = new TestFlow("192.168.1.20", "203.0.113.5");
        tunnel.protocol = 47;
        assertThat(path.pass(from(tunnel, OTHER, OTHER + 1), tunnel)).isEqualTo(Verdict.FORWARD);
        assertThat(tunnel.settled).isFalse();
        assertThat(path.pass(new TestFlow("10.8.0.5", "10.8.0.9").packet(), tunnel))
                .isEqualTo(Verdict.REJECT);
    }

    @Test
    void cutsDhcpUnlessThePolicyLetsItPass() throws IsolationRefused {
        TestFlow flow = new TestFlow("0.0.0.0", "255.255.255.255");
        flow.protocol = 17;
        flow.clientPort = 68;
        flow.serverPort = 67;
        assertThat(isolating(SICK_MAC, IsolationPolicy.STRICT).pass(from(flow, SICK, Mac.BROADCAST), flow))
                .isEqualTo(Verdict.DROP);
        assertThat(isolating(SICK_MAC, policy(List.of(), List.of(), Dhcp.PASS))
                        .pass(from(flow, SICK, Mac.BROADCAST), flow))
                .isEqualTo(Verdict.FORWARD);
    }

    @Test
    void cutsArpUnlessAnExceptionNeedsIt() throws IsolationRefused {
        Packet toGateway = arp(SICK, SICK_IP, GATEWAY);
        Packet toNeighbour = arp(SICK, SICK_IP, "192.168.1.77");
        Packet fromGateway = arp(OTHER, GATEWAY, SICK_IP);
        fromGateway.destinationMac = SICK;

        TestPath strict = isolating(SICK_MAC, IsolationPolicy.STRICT);
        assertThat(strict.passFlowless(toGateway)).isEqualTo(Verdict.DROP);
        assertThat(DropReason.of(toGateway.dropReason)).isEqualTo(DropReason.ISOLATION);
        assertThat(strict.passFlowless(fromGateway)).isEqualTo(Verdict.DROP);
        assertThat(strict.passFlowless(arp(OTHER, "192.168.1.11", GATEWAY))).isEqualTo(Verdict.FORWARD);

        TestPath gateway = isolating(SICK_MAC, policy(List.of(HELP_DESK), List.of(GATEWAY), Dhcp.CUT));
        assertThat(gateway.passFlowless(toGateway)).isEqualTo(Verdict.FORWARD);
        assertThat(gateway.passFlowless(fromGateway)).isEqualTo(Verdict.FORWARD);
        assertThat(gateway.passFlowless(toNeighbour)).isEqualTo(Verdict.DROP);

        TestPath onLan = isolating(SICK_MAC, policy(List.of("192.168.1.77"), List.of(GATEWAY), Dhcp.CUT));
        assertThat(onLan.passFlowless(toNeighbour)).isEqualTo(Verdict.FORWARD);

        TestPath unknownGateway = isolating(SICK_MAC, policy(List.of(HELP_DESK), List.of(), Dhcp.CUT));
        assertThat(unknownGateway.passFlowless(toGateway)).isEqualTo(Verdict.FORWARD);
    }

    @Test
    void cutsArpForAnIsolatedAddress() throws IsolationRefused {
        TestPath path = isolating(IsolationTarget.parse(SICK_IP), IsolationPolicy.STRICT);
        assertThat(path.passFlowless(arp(OTHER, GATEWAY, SICK_IP))).isEqualTo(Verdict.DROP);
        assertThat(path.passFlowless(arp(OTHER, SICK_IP, GATEWAY))).isEqualTo(Verdict.DROP);
    }

    @Test
    void cutsNeighbourDiscoveryUnlessAnExceptionNeedsIt() throws IsolationRefused {
        TestFlow flow = new TestFlow("fe80::10", "ff02::1:ff00:1");
        flow.protocol = 58;
        byte[] message = HexFormat.of().parseHex("8700000000000000" + "fe800000000000000000000000000001");
        Packet solicitation = new Packet().wrap(MemorySegment.ofArray(message), 0, message.length);
        copyDecoded(flow, solicitation);
        assertThat(isolating(SICK_MAC, IsolationPolicy.STRICT).pass(solicitation, flow))
                .isEqualTo(Verdict.DROP);
        assertThat(isolating(SICK_MAC, policy(List.of("2001:db8:53::1"), List.of("fe80::1"), Dhcp.CUT))
                        .pass(solicitation, flow))
                .isEqualTo(Verdict.FORWARD);
        assertThat(isolating(SICK_MAC, policy(List.of("2001:db8:53::1"), List.of("fe80::2"), Dhcp.CUT))
                        .pass(solicitation, flow))
                .isEqualTo(Verdict.DROP);
    }

    private static void copyDecoded(TestFlow flow, Packet packet) {
        packet.sourceMac = SICK;
        packet.destinationMac = Mac.parse("33:33:ff:00:00:01");
        packet.ipVersion = 6;
        packet.ipProtocol = 58;
        packet.sourceHigh = flow.clientHigh();
        packet.sourceLow = flow.clientLow();
        packet.destinationHigh = flow.serverHigh();
        packet.destinationLow = flow.serverLow();
        packet.sourcePort = 135;
        packet.transportOffset = 0;
    }

    @Test
    void cutsUnknownEtherTypesAndTruncatedArp() throws IsolationRefused {
        TestPath path = isolating(SICK_MAC, policy(List.of(HELP_DESK), List.of(), Dhcp.CUT));
        Packet packet = new Packet().wrap(MemorySegment.ofArray(new byte[20]), 0, 20);
        packet.sourceMac = SICK;
        packet.destinationMac = OTHER;
        packet.etherType = 0x88cc;
        assertThat(path.passFlowless(packet)).isEqualTo(Verdict.DROP);
        packet.etherType = 0x0806;
        assertThat(path.passFlowless(packet)).isEqualTo(Verdict.DROP);
    }

    @Test
    void allocatesNothingForCleanPackets() throws IsolationRefused {
        TestPath path = isolating(SICK_MAC, policy(List.of(HELP_DESK), List.of(), Dhcp.CUT));
        TestFlow flow = new TestFlow("192.168.1.11", "203.0.113.5");
        Packet packet = from(flow, OTHER, OTHER + 1);
        Packet arp = arp(OTHER, "192.168.1.11", GATEWAY);
        int[] forwarded = new int[1];
        long bytes = Allocation.bytesOf(() -> {
            for (int i = 0; i < 50_000; i++) {
                forwarded[0] += path.pass(packet, flow) == Verdict.FORWARD ? 1 : 0;
                forwarded[0] += path.passFlowless(arp) == Verdict.FORWARD ? 1 : 0;
            }
        });
        assertThat(bytes).isLessThan(200);
        assertThat(forwarded[0]).isEqualTo(100_000 * 21);
    }

    private static Packet arp(long source, String sender, String target) {
        String frame = "ffffffffffff" + "%012x".formatted(source) + "0806" + "0001080006040001"
                + "%012x".formatted(source) + hex(sender) + "000000000000" + hex(target);
        byte[] bytes = HexFormat.of().parseHex(frame);
        Packet packet = new Packet().wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
        packet.sourceMac = source;
        packet.destinationMac = Mac.BROADCAST;
        packet.etherType = 0x0806;
        return packet;
    }

    private static String hex(String address) {
        StringBuilder text = new StringBuilder();
        for (String part : address.split("\\.", -1)) {
            text.append("%02x".formatted(Integer.parseInt(part)));
        }
        return text.toString();
    }
}
