package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Commands;
import jp.genkan.testbed.net.FrameShape;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Downloads and mails are held and made harmless in frames of every form, whatever network cards make of them. */
class HeldFormsTest {
    private static final int NOISE = 50_000;
    private static final int LARGE = 3 << 20;

    @RegisterExtension
    static final TestNetwork NETWORK = TestNetwork.needing("curl", "ss", "nginx", "dovecot");

    @ParameterizedTest
    @EnumSource(names = {"VLAN", "QINQ", "PPPOE"})
    void replacesInFramesOfThisForm(FrameShape shape) throws Exception {
        Topology topology = NETWORK.build(TopologySpec.of(shape, OffloadMode.NIC));
        Peers peers = new Peers(topology);
        Path www = peers.nginx();
        byte[] clean = Viruses.noise(1, LARGE);
        byte[] infected = Viruses.archive(2, NOISE, Viruses.EICAR);
        Files.write(www.resolve("clean.bin"), clean);
        Files.write(www.resolve("infected.zip"), infected);
        String mail = Viruses.mail("infected", Viruses.noise(3, NOISE), infected);
        putInMailbox(peers, mail);
        peers.dovecot();
        GenkanBox box =
                NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start());
        for (OffloadMode mode : List.of(OffloadMode.WIRE, OffloadMode.NIC)) {
            topology.setOffloads(mode);
            for (String server : mode == OffloadMode.WIRE ? List.of("[fd77::1]") : List.of(Peers.SERVER, "[fd77::1]")) {
                String what = mode + ", " + server + ", ";
                byte[] arrived = fetch(topology, peers, "http://" + server + "/clean.bin");
                assertThat(Arrays.equals(arrived, clean))
                        .as("%sclean file; the engine counts\n%s", what, box.counters())
                        .isTrue();
                arrived = fetch(topology, peers, "http://" + server + "/infected.zip");
                assertThat(arrived.length).as(what + "infected file").isEqualTo(infected.length);
                Viruses.assertGone(what + "infected file", arrived);
            }
            String read = new String(
                    fetch(topology, peers, "pop3://" + Peers.SERVER + "/1", "-u", "receiver:secret"),
                    StandardCharsets.ISO_8859_1);
            assertThat(read).as(mode + ", mail").hasSize(mail.length());
            assertThat(Viruses.part(read, 2)).isEqualTo(Viruses.part(mail, 2));
            assertThat(Viruses.part(read, 3)).isNotEqualTo(Viruses.part(mail, 3));
        }
        assertThat(box.counters()).contains("genkan_hold_handed_back_total");
    }

    private static byte[] fetch(Topology topology, Peers peers, String url, String... options) throws IOException {
        Path to = peers.folder("arrived").resolve("file");
        Files.deleteIfExists(to);
        List<String> command = new ArrayList<>(List.of("curl", "-sS", "--max-time", "60", "-o", to.toString(), url));
        command.addAll(List.of(options));
        Commands.Result result = topology.lan().namespace().tryRun(command);
        assertThat(result.exit()).as(url + ": " + result.output()).isZero();
        return Files.readAllBytes(to);
    }

    /** A mail that was delivered by others. */
    private static void putInMailbox(Peers peers, String mail) throws IOException {
        Path mailbox = peers.openFolder("mail").resolve("box");
        for (String name : List.of("", "new", "cur", "tmp")) {
            Path folder = Files.createDirectories(mailbox.resolve(name));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        Path file = Files.writeString(mailbox.resolve("new/1.1.test"), mail, StandardCharsets.ISO_8859_1);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    }
}
