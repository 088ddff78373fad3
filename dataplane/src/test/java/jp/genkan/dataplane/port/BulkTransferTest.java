package jp.genkan.dataplane.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * TCP from end to end, with the offloads of virtual machines (gso: super-frames with unfinished checksums), of cards (nic: GRO at the box),
 * and of none (wire).
 *
 * <pre>
 *  lan: (h0 ══ h1 ── tagger ──) e0 ══ p0 ── rings ── p1 ══ e1 (── tagger ── h1 ══ h0) :wan
 * </pre>
 */
class BulkTransferTest {
    private static final int LENGTH = 40_000_000;

    private final List<Tagger> taggers = new ArrayList<>();
    private NetworkNamespace box;
    private NetworkNamespace lan;
    private NetworkNamespace wan;

    @BeforeEach
    void makeNamespaces() throws Exception {
        box = NetworkNamespace.create();
        lan = NetworkNamespace.create();
        wan = NetworkNamespace.create();
    }

    @AfterEach
    void removeNamespaces() throws Exception {
        taggers.forEach(Tagger::close);
        for (NetworkNamespace namespace : new NetworkNamespace[] {lan, wan, box}) {
            if (namespace != null) {
                namespace.close();
            }
        }
    }

    private void lay(String offloads, boolean tagged, int mtu) throws Exception {
        Wire.lay(box, mtu);
        NetworkNamespace[] ends = {lan, wan};
        for (int i = 0; i < 2; i++) {
            box.run("ip link set e" + i + " netns " + ends[i].name());
            String outward = "e" + i;
            String device = outward;
            ends[i].run("sysctl -qw net.ipv6.conf.all.disable_ipv6=0");
            ends[i].run("ip link set " + device + " up");
            if (!offloads.equals("gso")) {
                Assumptions.assumeTrue(Command.find("ethtool").isPresent(), "needs ethtool");
                boolean merging = offloads.equals("nic");
                ends[i].run("ethtool -K " + device + " tx off tso off gso off" + (merging ? "" : " gro off"));
                box.run("ethtool -K p" + i + (merging ? " gro on" : " tx off tso off gso off gro off"));
            }
            if (tagged) {
                ends[i].run("ip link add h0 mtu " + mtu + " type veth peer name h1 mtu " + mtu);
                ends[i].run("ip link set h0 up");
                taggers.add(ends[i].call(() -> Tagger.start("h1", outward)));
                device = "h0";
            }
            ends[i].run("ip address add 10.7.0." + (i + 1) + "/24 dev " + device);
            ends[i].run("ip address add fd07::" + (i + 1) + "/64 dev " + device + " nodad");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gso, false, 1500, 10.7.0.2",
        "gso, true, 1500, fd07::2",
        "nic, false, 1500, fd07::2",
        "nic, true, 1500, 10.7.0.2",
        "wire, false, 1500, 10.7.0.2",
        "wire, true, 1500, fd07::2",
        "nic, false, 9000, 10.7.0.2"
    })
    void carriesEveryByte(String offloads, boolean tagged, int mtu, String address) throws Exception {
        lay(offloads, tagged, mtu);
        PortSettings settings = PortSettings.of(List.of("p0"), List.of("p1"), null);
        FloodingForwarder forwarder = box.call(() ->
                new FloodingForwarder(PortSetup.prepare(settings).open(2, RingFilters.NONE, PortListener.NONE), 2));
        try (forwarder) {
            ServerSocket listening = wan.call(() -> new ServerSocket(0, 1, InetAddress.getByName(address)));
            FutureTask<String> received = wan.fork(() -> receive(listening));
            String sent = lan.call(() -> send(new InetSocketAddress(address, listening.getLocalPort())));
            assertThat(received.get()).isEqualTo(sent);
            assertThat(wan.run("nstat -asz TcpInCsumErrors")).containsPattern("TcpInCsumErrors +0 ");
        }
        Port outside = forwarder.ports().get(1);
        assertThat(outside.total(PortCounter.BYTES_SENT)).isGreaterThan(LENGTH);
        assertThat(outside.total(PortCounter.DROPPED_EGRESS_REFUSED)).isZero();
        assertThat(outside.total(PortCounter.DROPPED_EGRESS_TOO_LARGE)).isZero();
        if (offloads.equals("gso")) {
            assertThat(forwarder.ports().get(0).total(PortCounter.SUPERFRAMES_RECEIVED))
                    .isPositive();
        }
    }

    private static String send(InetSocketAddress address) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 16];
        Random random = new Random(7);
        try (Socket socket = new Socket()) {
            socket.connect(address, 10_000);
            OutputStream out = socket.getOutputStream();
            for (int sent = 0; sent < LENGTH; sent += block.length) {
                random.nextBytes(block);
                digest.update(block);
                out.write(block);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String receive(ServerSocket listening) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] block = new byte[1 << 16];
        try (listening;
                Socket socket = listening.accept()) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                digest.update(block, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
