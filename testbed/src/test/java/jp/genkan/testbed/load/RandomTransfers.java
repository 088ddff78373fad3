package jp.genkan.testbed.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.genkan.testbed.net.Host;

/**
 * Downloads and mails of all sizes, infected ones among them, which either end gives up at any moment, by a FIN or by a reset. What arrives is looked at: a clean
 * transfer that nobody gave up has to be whole, and of an infected one the virus must never come.
 */
public final class RandomTransfers implements AutoCloseable {
    private static final byte[] EICAR = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*")
            .getBytes(StandardCharsets.US_ASCII);

    private static final int OCTETS_MIN = 200;
    private static final double OCTETS_SPREAD = 15_000; // up to three million
    private static final int LINE_MAX = 2_000;

    private final Host from;
    private final ServerSocketChannel files;
    private final ServerSocketChannel mails;
    private final List<Thread> clients = new ArrayList<>();
    private final Map<Outcome, AtomicLong> outcomes = new EnumMap<>(Outcome.class);
    private volatile boolean stopped;

    /** How a transfer ended. */
    public enum Outcome {
        /** A clean one arrived as it was sent. */
        WHOLE,
        /** An infected one arrived without its virus. */
        HARMLESS,
        /** An infected one was cut. */
        CUT,
        /** An infected one was cut when its virus had arrived, and before its end. */
        CUT_LATE,
        /** One end gave it up. */
        GIVEN_UP,
        /** A clean one did not arrive as it was sent. */
        BROKEN,
        /** A virus arrived. */
        PASSED
    }

    /** What is asked for. */
    private record Wish(boolean infected, int octets, int seed, int serverSends, boolean resets) {
        static Wish of(SplittableRandom dice) {
            int octets = (int) (OCTETS_MIN * Math.pow(OCTETS_SPREAD, dice.nextDouble()));
            int serverSends = dice.nextInt(5) == 0 ? dice.nextInt(100) : 100;
            return new Wish(dice.nextInt(3) == 0, octets, dice.nextInt(), serverSends, dice.nextBoolean());
        }

        static Wish parse(String path) {
            String[] words = path.split("/", -1);
            return new Wish(
                    words[1].equals("infected"),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    words[5].equals("resets"));
        }

        String path() {
            return "/" + (infected ? "infected" : "clean") + "/" + octets + "/" + seed + "/" + serverSends + "/"
                    + (resets ? "resets" : "ends");
        }

        byte[] file() throws IOException {
            byte[] noise = new byte[octets];
            new SplittableRandom(seed).nextBytes(noise);
            if (!infected) {
                return noise;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(octets + 1_000);
            try (ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.setLevel(Deflater.NO_COMPRESSION); // so that what is in it can be found
                zip.putNextEntry(new ZipEntry("noise.bin"));
                zip.write(noise);
                zip.putNextEntry(new ZipEntry("virus.com"));
                zip.write(EICAR);
            }
            return out.toByteArray();
        }
    }

    /** Begins so many transfers at a time. */
    public RandomTransfers(Host from, Host to, int atATime) throws IOException {
        this.from = from;
        files = to.listen(StandardProtocolFamily.INET);
        mails = to.listen(StandardProtocolFamily.INET);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, new AtomicLong());
        }
        serve("files", files, RandomTransfers::serveFile);
        serve("mails", mails, this::receiveMail);
        for (int i = 0; i < atATime; i++) {
            int seed = i;
            clients.add(Thread.ofPlatform().daemon().name("client-" + i).start(() -> transfer(seed)));
        }
    }

    /** How many transfers have ended so. */
    public long count(Outcome outcome) {
        AtomicLong count = outcomes.get(outcome);
        return count == null ? 0 : count.get();
    }

    private void note(Outcome outcome) {
        AtomicLong count = outcomes.get(outcome);
        if (count != null) {
            count.incrementAndGet();
        }
    }

    // ---- clients

    private void transfer(int seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        while (!stopped) {
            Wish wish = Wish.of(dice);
            boolean givesUp = dice.nextInt(5) == 0;
            int share = givesUp ? dice.nextInt(100) : 100;
            try {
                note(dice.nextInt(4) == 0 ? send(wish, share) : fetch(wish, share));
            } catch (IOException broken) {
                note(
                        givesUp || wish.serverSends < 100
                                ? Outcome.GIVEN_UP
                                : wish.infected ? Outcome.CUT : Outcome.BROKEN);
            }
        }
    }

    private Outcome fetch(Wish wish, int share) throws IOException {
        byte[] sent = wish.file();
        ByteArrayOutputStream arrived = new ByteArrayOutputStream(sent.length);
        try (SocketChannel client = from.connect((InetSocketAddress) files.getLocalAddress())) {
            OutputStream out = Channels.newOutputStream(client);
            InputStream in = new BufferedInputStream(Channels.newInputStream(client), 1 << 16);
            out.write(ascii("GET " + wish.path() + " HTTP/1.1\r\nHost: files.example\r\nConnection: close\r\n\r\n"));
            String line = line(in);
            boolean replaced = !line.contains("200");
            while (!line.isEmpty()) {
                line = line(in);
            }
            byte[] buffer = new byte[1 << 16];
            long wanted = (long) sent.length * share / 100;
            int read = 0;
            while (read >= 0 && (share == 100 || arrived.size() < wanted)) {
                arrived.write(buffer, 0, read);
                read = in.read(buffer);
            }
            if (share < 100 && wish.resets) {
                client.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            return judged(wish, share, sent, arrived.toByteArray(), replaced);
        }
    }

    private static Outcome judged(Wish wish, int share, byte[] sent, byte[] arrived, boolean replaced) {
        boolean whole = arrived.length == sent.length;
        if (find(arrived, EICAR)) {
            return whole ? Outcome.PASSED : Outcome.CUT_LATE;
        }
        if (share < 100 || wish.serverSends < 100) {
            return Outcome.GIVEN_UP;
        }
        if (wish.infected) {
            return replaced || whole ? Outcome.HARMLESS : Outcome.CUT;
        }
        return Arrays.equals(arrived, sent) ? Outcome.WHOLE : Outcome.BROKEN;
    }

    private Outcome send(Wish wish, int share) throws IOException {
        byte[] mail = mail(wish);
        try (SocketChannel client = from.connect((InetSocketAddress) mails.getLocalAddress())) {
            OutputStream out = Channels.newOutputStream(client);
            InputStream in = new BufferedInputStream(Channels.newInputStream(client), 1 << 12);
            line(in);
            for (String command :
                    List.of("EHLO client.example", "MAIL FROM:<a@example>", "RCPT TO:<b@example>", "DATA")) {
                out.write(ascii(command + "\r\n"));
                line(in);
            }
            int count = (int) ((long) mail.length * share / 100);
            out.write(mail, 0, count);
            if (share < 100) {
                if (wish.resets) {
                    client.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                return Outcome.GIVEN_UP;
            }
            String answer = line(in);
            out.write(ascii("QUIT\r\n"));
            line(in);
            return answer.startsWith("250 virus")
                    ? Outcome.PASSED
                    : !answer.startsWith("250 " + mail.length + " ")
                            ? Outcome.BROKEN
                            : wish.infected ? Outcome.HARMLESS : Outcome.WHOLE;
        }
    }

    private static byte[] mail(Wish wish) throws IOException {
        return ascii("From: a@example\r\nTo: b@example\r\nSubject: " + wish.path() + "\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/mixed; boundary=between\r\n\r\n--between\r\n\r\nHere it is.\r\n"
                + "--between\r\nContent-Type: application/octet-stream; name=file.zip\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(wish.file()) + "\r\n--between--\r\n.\r\n");
    }

    // ---- servers

    /** What a server does with a connection. */
    private interface Service {
        void serve(SocketChannel client, InputStream in, OutputStream out) throws IOException;
    }

    private static void serve(String name, ServerSocketChannel server, Service service) {
        Thread.ofPlatform().daemon().name(name).start(() -> {
            try {
                while (true) {
                    SocketChannel client = server.accept();
                    Thread.ofPlatform().daemon().start(() -> {
                        try (client) {
                            service.serve(
                                    client,
                                    new BufferedInputStream(Channels.newInputStream(client), 1 << 16),
                                    Channels.newOutputStream(client));
                        } catch (IOException gone) {
                            // its client knows
                        }
                    });
                }
            } catch (IOException closed) {
                // the end
            }
        });
    }

    private static void serveFile(SocketChannel client, InputStream in, OutputStream out) throws IOException {
        String request = line(in);
        Wish wish = Wish.parse(request.split(" ", -1)[1]);
        for (String line = request; !line.isEmpty(); ) {
            line = line(in);
        }
        byte[] file = wish.file();
        out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + file.length
                + "\r\n\r\n"));
        out.write(file, 0, (int) ((long) file.length * wish.serverSends / 100));
        if (wish.serverSends < 100 && wish.resets) {
            client.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
    }

    private void receiveMail(SocketChannel client, InputStream in, OutputStream out) throws IOException {
        out.write(ascii("220 mails.example\r\n"));
        for (String command = line(in); !command.equals("QUIT"); command = line(in)) {
            if (!command.equals("DATA")) {
                out.write(ascii("250 good\r\n"));
                continue;
            }
            out.write(ascii("354 go on\r\n"));
            ByteArrayOutputStream mail = new ByteArrayOutputStream();
            String line = "";
            while (!line.equals(".")) {
                line = line(in);
                mail.writeBytes(ascii(line + "\r\n"));
            }
            String text = mail.toString(StandardCharsets.US_ASCII);
            int begin = text.indexOf("base64\r\n\r\n");
            byte[] decoded = begin < 0
                    ? new byte[0]
                    : Base64.getMimeDecoder()
                            .decode(text.substring(begin + 10, text.indexOf("\r\n--between--", begin)));
            out.write(ascii(find(decoded, EICAR) ? "250 virus\r\n" : "250 " + mail.size() + " octets\r\n"));
        }
        out.write(ascii("221 bye\r\n"));
    }

    // ---- octets

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0 || line.length() > LINE_MAX) {
                throw new EOFException("in a line: " + line);
            }
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    private static boolean find(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            if (in[at] == what[0] && Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return true;
            }
        }
        return false;
    }

    /** Ends all transfers, those that run as they end. */
    @Override
    public void close() throws IOException {
        stopped = true;
        try {
            for (Thread client : clients) {
                client.join(60_000);
            }
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        files.close();
        mails.close();
    }
}
