package jp.genkan.testbed.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import jp.genkan.testbed.net.Host;

/** How many mails with an attachment a second go out by SMTP, one after the other over each of some connections. */
public final class MailRate {
    /** Octets of an attachment: a scanned page. */
    private static final int ATTACHMENT = 100_000;

    private MailRate() {}

    /** Sends for this long; mails a second. */
    public static double run(Host from, Host to, int connections, Duration duration)
            throws IOException, InterruptedException {
        AtomicInteger sent = new AtomicInteger();
        long begin = System.nanoTime();
        long end = begin + duration.toNanos();
        try (ServerSocketChannel server = to.listen(StandardProtocolFamily.INET)) {
            Thread.ofPlatform().daemon().name("mails").start(() -> accept(server));
            InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                long seed = i;
                clients.add(Thread.ofPlatform().daemon().start(() -> send(from, address, seed, end, sent)));
            }
            for (Thread client : clients) {
                client.join();
            }
        }
        return sent.get() / ((System.nanoTime() - begin) / 1e9);
    }

    private static void send(Host from, InetSocketAddress server, long seed, long end, AtomicInteger sent) {
        SplittableRandom dice = new SplittableRandom(seed);
        byte[] attachment = new byte[ATTACHMENT];
        try (SocketChannel client = from.connect(server)) {
            BufferedReader answers = reader(client);
            OutputStream out = Channels.newOutputStream(client);
            expect(answers, "220");
            say(out, answers, "EHLO client.example", "250");
            while (System.nanoTime() - end < 0) {
                dice.nextBytes(attachment);
                say(out, answers, "MAIL FROM:<a@client.example>", "250");
                say(out, answers, "RCPT TO:<b@server.example>", "250");
                say(out, answers, "DATA", "354");
                say(out, answers, mail(attachment), "250");
                sent.incrementAndGet();
            }
            say(out, answers, "QUIT", "221");
        } catch (IOException broken) {
            System.err.println("bench: a mail did not go out: " + broken);
        }
    }

    private static String mail(byte[] attachment) {
        return "From: a@client.example\r\nTo: b@server.example\r\nSubject: A page\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=between\r\n\r\n--between\r\n\r\nHere it is.\r\n"
                + "--between\r\nContent-Type: application/octet-stream; name=page.bin\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(attachment) + "\r\n--between--\r\n.";
    }

    private static void say(OutputStream out, BufferedReader answers, String text, String code) throws IOException {
        out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        expect(answers, code);
    }

    private static void expect(BufferedReader answers, String code) throws IOException {
        String line = answers.readLine();
        if (line == null || !line.startsWith(code)) {
            throw new IOException("instead of " + code + ": " + line);
        }
    }

    private static BufferedReader reader(SocketChannel channel) {
        Reader octets = new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII);
        return new BufferedReader(octets, 1 << 16);
    }

    private static void accept(ServerSocketChannel server) {
        try {
            while (true) {
                SocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // the end
        }
    }

    private static void serve(SocketChannel client) {
        try (client) {
            BufferedReader lines = reader(client);
            OutputStream out = Channels.newOutputStream(client);
            answer(out, "220 server.example");
            boolean inMail = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (inMail) {
                    if (line.equals(".")) {
                        inMail = false;
                        answer(out, "250 taken");
                    }
                } else if (line.equals("DATA")) {
                    inMail = true;
                    answer(out, "354 go on");
                } else {
                    answer(out, line.equals("QUIT") ? "221 bye" : "250 good");
                }
            }
        } catch (IOException gone) {
            // the client knows
        }
    }

    private static void answer(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
