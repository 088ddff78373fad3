package jp.genkan.testbed.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import jp.genkan.testbed.box.GenkanBox;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Commands;
import jp.genkan.testbed.net.OffloadMode;
import jp.genkan.testbed.net.TestNetwork;
import jp.genkan.testbed.net.Topology;
import jp.genkan.testbed.net.TopologySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Mails between real programs: what is infected in them is replaced, everything else arrives octet for octet, and announced sizes are true. */
class HeldMailTest {
    private static final int NOISE = 100_000;

    /** Attachments of a mail of 30 MB. */
    private static final int LARGE = 11_000_000;

    @RegisterExtension
    static final TestNetwork NETWORK =
            TestNetwork.needing("ss", "python3", "postfix", "dovecot").shared();

    @SuppressWarnings("NullAway.Init")
    private static Topology topology;

    @SuppressWarnings("NullAway.Init")
    private static Peers peers;

    @SuppressWarnings("NullAway.Init")
    private static GenkanBox box;

    @SuppressWarnings("NullAway.Init")
    private static Told told;

    @SuppressWarnings("NullAway.Init")
    private static Path maildir;

    @SuppressWarnings("NullAway.Init")
    private static Path files;

    private static String infected = "";
    private static String clean = "";

    @BeforeAll
    static void startBox() throws Exception {
        topology = NETWORK.build(TopologySpec.plain(OffloadMode.NIC));
        peers = new Peers(topology);
        maildir = peers.postfix();
        peers.dovecot();
        files = peers.folder("files");
        box = NETWORK.closing(GenkanBox.in(topology).yaml(GenkanRig.PATIENT).start());
        told = new Told(box);
        byte[] noise = Viruses.noise(1, NOISE);
        infected = Viruses.mail("infected", noise, Viruses.archive(2, NOISE, Viruses.EICAR));
        clean = Viruses.mail("clean", noise, Viruses.archive(2, NOISE, Viruses.CLEAN));
        try (InputStream script = HeldMailTest.class.getResourceAsStream("mailclient.py")) {
            assertThat(script).isNotNull();
            Files.write(files.resolve("mailclient.py"), script == null ? new byte[0] : script.readAllBytes());
        }
    }

    @BeforeEach
    void emptyMailbox() throws Exception {
        for (Path mail : mails()) {
            Files.delete(mail);
        }
    }

    // ---- the mailbox

    private static List<Path> mails() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("new", "cur")) {
            if (Files.exists(maildir.resolve(folder))) {
                try (Stream<Path> all = Files.list(maildir.resolve(folder))) {
                    all.forEach(found::add);
                }
            }
        }
        found.sort(Comparator.comparing(mail -> mail.toFile().lastModified()));
        return found;
    }

    private static String delivered(int count) throws Exception {
        Await.until("the mail is delivered", GenkanRig.LIMIT, () -> mails().size() == count);
        return Files.readString(mails().getLast(), StandardCharsets.ISO_8859_1);
    }

    private static Commands.Result python(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("/usr/bin/python3", files.resolve("mailclient.py").toString()));
        command.addAll(List.of(arguments));
        return topology.lan().namespace().tryRun(command);
    }

    private static void send(String mail, int chunks, String how) throws IOException {
        Path file = Files.writeString(files.resolve("mail"), mail, StandardCharsets.ISO_8859_1);
        Commands.Result sent = python("send", Peers.SERVER, file.toString(), String.valueOf(chunks), how);
        assertThat(sent.exit())
                .as("%d chunks, %s: %s", chunks, how, sent.output())
                .isZero();
    }

    /** Text and first attachment as they were sent, the second another of the same length. */
    private static void assertReplaced(String what, String arrived, String sent) {
        assertThat(Viruses.part(arrived, 1)).as("text of %s", what).isEqualTo(Viruses.part(sent, 1));
        assertThat(Viruses.part(arrived, 2)).as("first of %s", what).isEqualTo(Viruses.part(sent, 2));
        String second = Viruses.part(arrived, 3);
        assertThat(second).as("second of %s", what).hasSameSizeAs(Viruses.part(sent, 3));
        Viruses.assertGone(what, decoded(second));
    }

    private static byte[] decoded(String part) {
        return Base64.getMimeDecoder().decode(part.substring(part.indexOf("\n\n")));
    }

    private static void assertSame(String what, String arrived, String sent) {
        for (int part = 1; part <= 3; part++) {
            assertThat(Viruses.part(arrived, part).equals(Viruses.part(sent, part)))
                    .as("part %d of %s arrives as it was sent", part, what)
                    .isTrue();
        }
    }

    // ---- out

    @Test
    void replacesWhatAMailProgramSends() throws Exception {
        Peers.need("swaks");
        Path first = Files.write(files.resolve("first.bin"), Viruses.noise(1, NOISE));
        Path second = Files.write(files.resolve("sent.zip"), Viruses.archive(2, NOISE, Viruses.EICAR));
        int count = 0;
        for (List<String> how : List.of(List.<String>of(), List.of("--pipeline"))) {
            List<String> command = new ArrayList<>(List.of(
                    "swaks",
                    "--server",
                    Peers.SERVER,
                    "--from",
                    "sender@genkan.test",
                    "--to",
                    "receiver@genkan.test",
                    "--attach-type",
                    "application/octet-stream",
                    "--attach",
                    "@" + first,
                    "--attach-type",
                    "application/zip",
                    "--attach",
                    "@" + second));
            command.addAll(how);
            Commands.Result sent = topology.lan().namespace().tryRun(command);
            assertThat(sent.exit()).as(sent.output()).isZero();
            String mail = delivered(++count).replace("\r", "");
            String kept = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(Viruses.noise(1, NOISE));
            assertThat(mail.contains(kept)).as("the first attachment is there").isTrue();
            String lost = Base64.getMimeEncoder(76, new byte[] {'\n'})
                    .encodeToString(Viruses.archive(2, NOISE, Viruses.EICAR));
            assertThat(mail.contains(lost.substring(lost.length() - 400)))
                    .as("the second attachment is there")
                    .isFalse();
        }
        told.all(2, "av", "/av/file/name", "sent.zip", "/av/action", "neutralised", "/av/transfer", "mail-out");
    }

    /** Who sends in chunks may wait for an answer to each of them: then the server gets each before the next. */
    @Test
    void deliversMailsInChunks() throws Exception {
        int count = 0;
        for (String how : List.of("waiting", "pipelined")) {
            for (int chunks : new int[] {1, 3}) {
                send(clean, chunks, how);
                assertSame(chunks + " chunks", delivered(++count), clean);
            }
            send(infected, 1, how);
            assertReplaced("one chunk", delivered(++count), infected);
        }
        send(infected, 3, "pipelined");
        assertReplaced("three chunks", delivered(++count), infected);
        Path file = Files.writeString(files.resolve("mail"), infected, StandardCharsets.ISO_8859_1);
        python("send", Peers.SERVER, file.toString(), "3", "waiting"); // replaced or cut, never whole
        for (Path mail : mails()) {
            String text = Files.readString(mail, StandardCharsets.ISO_8859_1);
            if (text.contains("Subject: infected")) {
                Viruses.assertGone("three chunks", decoded(Viruses.part(text, 3)));
            }
        }
    }

    /** Who closes in the middle of a mail: nothing more comes, so that nothing is held for ever. */
    @Test
    void holdsNothingOfAMailThatWasGivenUp() throws Exception {
        for (String mail : List.of(clean, infected)) {
            Path file = Files.writeString(files.resolve("mail"), mail, StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 3; i++) {
                Commands.Result result = python("abandon", Peers.SERVER, file.toString());
                assertThat(result.exit()).as(result.output()).isZero();
            }
        }
        Await.until(
                "nothing is held",
                GenkanRig.LIMIT,
                () -> box.status().path("guard").path("flows").asInt(-1) == 0);
        assertThat(mails()).isEmpty();
    }

    // ---- in

    private static void deliverBesideTheBox(List<String> all) throws Exception {
        for (int i = 0; i < all.size(); i++) {
            Path file = Files.writeString(files.resolve("mail"), all.get(i), StandardCharsets.ISO_8859_1);
            Commands.Result sent = topology.wan()
                    .namespace()
                    .tryRun(List.of(
                            "/usr/bin/python3",
                            files.resolve("mailclient.py").toString(),
                            "send",
                            Peers.SERVER,
                            file.toString(),
                            "1",
                            "waiting"));
            assertThat(sent.exit()).as(sent.output()).isZero();
            delivered(i + 1);
        }
    }

    @Test
    void deliversMailsToTheirReader() throws Exception {
        deliverBesideTheBox(List.of(clean, infected));
        Path read = peers.folder("read");
        Commands.Result result = python("read", Peers.SERVER, "2", read.toString());
        assertThat(result.exit()).as(result.output()).isZero();
        for (String way : List.of("pop3-", "pipelined-", "imap-")) {
            assertSame(way + 1, text(read, way + 1), clean);
            assertReplaced(way + 2, text(read, way + 2), infected);
        }
        for (int section = 1; section <= 3; section++) {
            assertThat(text(read, "section-1-" + section)).isEqualTo(body(clean, section));
            boolean replaced = section == 3;
            if (!replaced) {
                assertThat(text(read, "section-2-" + section)).isEqualTo(body(infected, section));
            }
            for (int step : new int[] {20_000, 3_000}) {
                String pieces = "-" + section + "-" + step;
                assertThat(text(read, "pieces-1" + pieces)).isEqualTo(body(clean, section));
                String ofInfected = text(read, "pieces-2" + pieces);
                assertThat(ofInfected).hasSameSizeAs(body(infected, section));
                assertThat(ofInfected.equals(body(infected, section)))
                        .as("section %d of the infected mail in pieces of %d is as it was", section, step)
                        .isEqualTo(!replaced);
            }
        }
        Viruses.assertGone("section 3", Base64.getMimeDecoder().decode(text(read, "section-2-3")));
        Viruses.assertGone("pieces", Base64.getMimeDecoder().decode(text(read, "pieces-2-3-20000")));
        Viruses.assertGone("smaller pieces", Base64.getMimeDecoder().decode(text(read, "pieces-2-3-3000")));
    }

    private static String text(Path folder, String name) throws IOException {
        return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
    }

    /** What IMAP gives of a part: without its header, and without the line end that belongs to the boundary. */
    private static String body(String mail, int part) {
        String whole = Viruses.part(mail, part);
        return whole.substring(whole.indexOf("\n\n") + 2, whole.length() - 1).replace("\n", "\r\n");
    }

    @Test
    void deliversAMailboxToAProgramThatCopiesIt() throws Exception {
        Peers.need("mbsync");
        deliverBesideTheBox(List.of(clean, infected));
        Path copy = peers.folder("copy");
        Path config = Files.writeString(
                files.resolve("mbsyncrc"), """
                IMAPAccount box
                Host SERVER
                User receiver
                Pass secret
                SSLType None
                AuthMechs LOGIN

                IMAPStore far
                Account box

                MaildirStore near
                Path COPY/
                Inbox COPY/inbox

                Channel all
                Far :far:
                Near :near:
                Create Near
                SyncState *
                """.replace("SERVER", Peers.SERVER).replace("COPY", copy.toString()));
        Commands.Result result = topology.lan().namespace().tryRun(List.of("mbsync", "-c", config.toString(), "-a"));
        assertThat(result.exit()).as(result.output()).isZero();
        List<String> copies = new ArrayList<>();
        try (Stream<Path> all = Files.walk(copy.resolve("inbox"))) {
            for (Path mail : all.filter(path -> path.getFileName().toString().contains(",U="))
                    .toList()) {
                copies.add(Files.readString(mail, StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(copies).hasSize(2);
        for (String mail : copies) {
            if (mail.contains("Subject: clean")) {
                assertSame("the copy", mail, clean);
            } else {
                assertReplaced("the copy", mail, infected);
            }
        }
    }

    @Test
    void deliversALargeCleanMail() throws Exception {
        String large = Viruses.mail("large", Viruses.noise(3, LARGE), Viruses.noise(4, LARGE));
        send(large, 1, "waiting");
        assertSame("the large mail on its way out", delivered(1), large);
        Path read = files.resolve("large");
        Commands.Result result = topology.lan()
                .namespace()
                .tryRun(List.of(
                        "curl",
                        "-sS",
                        "--max-time",
                        "60",
                        "-u",
                        "receiver:secret",
                        "-o",
                        read.toString(),
                        "pop3://" + Peers.SERVER + "/1"));
        assertThat(result.exit()).as(result.output()).isZero();
        assertSame("the large mail on its way in", Files.readString(read, StandardCharsets.ISO_8859_1), large);
    }

    // ---- slow

    /** A mail that takes longer than some mail programs wait for an octet. */
    @Test
    void keepsTheReaderOfASlowServerWaiting() throws Exception {
        byte[] mail = ("+OK\r\n" + infected + ".\r\n").getBytes(StandardCharsets.ISO_8859_1);
        try (ServerSocketChannel listening = topology.wan()
                        .namespace()
                        .call(() -> ServerSocketChannel.open()
                                .bind(new InetSocketAddress(topology.wan().ipv4(), 1110)));
                SocketChannel client = topology.lan().connect((InetSocketAddress) listening.getLocalAddress());
                SocketChannel server = listening.accept()) {
            assertThat(listening.isOpen()).isTrue();
            Talk.say(server, "+OK POP3 server ready\r\n");
            Talk.hear(client, "+OK POP3 server ready\r\n".length());
            for (String command : List.of("USER receiver\r\n", "PASS secret\r\n")) {
                Talk.say(client, command);
                Talk.hear(server, command.length());
                Talk.say(server, "+OK\r\n");
                Talk.hear(client, 5);
            }
            Talk.say(client, "RETR 1\r\n");
            Talk.hear(server, 8);
            Thread sender = Thread.ofVirtual().start(() -> sendSlowly(server, mail));
            Socket socket = client.socket();
            socket.setSoTimeout((int) GenkanRig.LIMIT.toMillis());
            long began = System.nanoTime();
            byte[] first = socket.getInputStream().readNBytes(1);
            long waited = (System.nanoTime() - began) / 1_000_000;
            byte[] rest = socket.getInputStream().readNBytes(mail.length - 1);
            long whole = (System.nanoTime() - began) / 1_000_000;
            sender.join();
            assertThat(waited).as("milliseconds until something came").isLessThan(whole - 1_000);
            String arrived =
                    new String(first, StandardCharsets.ISO_8859_1) + new String(rest, StandardCharsets.ISO_8859_1);
            assertThat(arrived).hasSize(mail.length).startsWith("+OK\r\n");
            assertReplaced("the slow mail", arrived, infected);
        }
    }

    private static final int SLOW_STEPS = 24;

    private static void sendSlowly(SocketChannel server, byte[] mail) {
        try {
            for (int step = 0; step < SLOW_STEPS; step++) {
                int from = (int) ((long) mail.length * step / SLOW_STEPS);
                int to = (int) ((long) mail.length * (step + 1) / SLOW_STEPS);
                Talk.say(server, new String(mail, from, to - from, StandardCharsets.ISO_8859_1));
                Thread.sleep(1_000);
            }
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
