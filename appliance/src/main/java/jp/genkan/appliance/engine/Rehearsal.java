package jp.genkan.appliance.engine;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;
import jp.genkan.dataplane.pipeline.PipelineRunner;

/**
 * Plays made-up conversations to a pipeline that nobody else uses, so that the JVM loads and compiles the path of a frame before real frames need it: what is
 * compiled serves all workers. Web pages of all sizes above all, since they make a box work hardest; encrypted connections, names looked up, mails, connections that
 * end at once.
 *
 * <p>Names end in {@code .example}, so that nothing real is taken for it. Thread rule: one thread.
 */
final class Rehearsal {
    private static final List<String> AGENTS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148",
            "Microsoft-CryptoAPI/10.0",
            "curl/8.14.1");

    private static final List<String> WORDS = List.of(
            "order",
            "delivery",
            "estimate",
            "invoice",
            "meeting",
            "holiday",
            "class",
            "function",
            "return",
            "window",
            "div",
            "script",
            "image",
            "button",
            "price",
            "stock",
            "shop",
            "office",
            "printer",
            "Tokyo",
            "Osaka",
            "table",
            "query");

    /** The random octets of a hello, its session, and what else an ordinary client says: RFC 8446 §4.1.2. */
    private static final String HELLO_REST =
            "0020" + "130113021303c02bc02fc02cc030cca9cca8c013c014009c009d002f0035000a" + "0100";

    /** Always the same conversations: what fails once fails again. */
    private static final long SEED = 1;

    private static final int DNS_PORT = 53;

    /** Conversations that go on at a time. */
    private static final int AT_A_TIME = 8;

    private final PipelineRunner runner;
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final RehearsalWire wire;
    private final byte[][] pages;

    Rehearsal(PipelineRunner runner) {
        this.runner = runner;
        this.wire = new RehearsalWire(runner, random);
        byte[] picture = new byte[40_000];
        random.nextBytes(picture);
        byte[] pressed = gzip(page(60_000));
        pages = new byte[][] {page(700), page(1_200), page(2_500), page(9_000), page(65_536), picture, pressed};
    }

    private byte[] page(int length) {
        StringBuilder text = new StringBuilder(length + 200).append("<!DOCTYPE html><html><body>\n");
        while (text.length() < length) {
            text.append("<p class=\"")
                    .append(word())
                    .append("\"><a href=\"/")
                    .append(word())
                    .append(".html\">");
            for (int i = 0; i < 12; i++) {
                text.append(word()).append(' ');
            }
            text.append("</a></p>\n");
        }
        return octets(text.substring(0, length));
    }

    private static byte[] gzip(byte[] page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(page);
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array takes everything", impossible);
        }
        return out.toByteArray();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private String word() {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    /** Plays until a time of {@link System#nanoTime}, or until so many conversations are over; says how many. */
    int play(long until, int conversationsMax) {
        int played = 0;
        while (played < conversationsMax && System.nanoTime() - until < 0) {
            lookUp();
            fleeting();
            browse(played % 4 == 0 ? 1 : 8);
            if (played % 2 == 0) {
                encrypted();
            }
            if (played % 8 == 3) {
                mail();
            }
            if (played % 8 == 5) {
                unknown();
            }
            if (played % 16 == 7) {
                wire.askForAddress();
            }
            played++;
            if (played % AT_A_TIME == 0) {
                wire.play();
            }
        }
        wire.play();
        wire.batchEnds();
        return played;
    }

    /** Flows that are still open end. */
    void end() {
        runner.endAll();
    }

    // ---- connections

    /** A connection in which nothing is said. */
    private void fleeting() {
        RehearsalWire.Connection connection = wire.connect(443);
        connection.acknowledge(false);
        if (random.nextBoolean()) {
            connection.reset(random.nextBoolean());
        } else {
            connection.close(true);
        }
    }

    /** A connection to a web server, with so many requests. */
    private void browse(int requests) {
        boolean brief = random.nextInt(3) == 0; // as programs ask, not browsers
        int port = random.nextInt(8) == 0 ? 8080 : 80;
        RehearsalWire.Connection connection = wire.connect(port);
        for (int i = 0; i < requests; i++) {
            connection.say(true, brief ? briefRequest(i, port) : request(port));
            boolean last = i == requests - 1;
            byte[] answer = answer(brief, last, i);
            if (random.nextInt(3) == 0) { // head and body in one
                connection.say(false, answer);
            } else {
                int head = headLength(answer);
                connection.say(false, cut(answer, 0, head));
                connection.say(false, cut(answer, head, answer.length));
            }
        }
        connection.close(requests > 1);
    }

    private static byte[] cut(byte[] octets, int from, int to) {
        return Arrays.copyOfRange(octets, from, to);
    }

    private static int headLength(byte[] answer) {
        for (int at = 3; at < answer.length; at++) {
            if (answer[at] == '\n' && answer[at - 2] == '\n') {
                return at + 1;
            }
        }
        return answer.length;
    }

    private byte[] briefRequest(int number, int port) {
        String host = (random.nextBoolean() ? "198.51.100.1" : "files." + word() + ".example") + authorityPort(port);
        return octets("GET /" + word() + number + ".bin HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private static String authorityPort(int port) {
        return port == 80 ? "" : ":" + port;
    }

    private byte[] request(int port) {
        String body = random.nextInt(8) == 0 ? "name=" + word() + "&comment=" + word() + "+" + word() : "";
        String query = random.nextInt(3) == 0
                ? ""
                : "?id=" + random.nextInt(100_000) + (random.nextInt(4) == 0 ? "&q=%E6%9D%B1" : "");
        StringBuilder head = new StringBuilder(400)
                .append(body.isEmpty() ? "GET /" : "POST /")
                .append(word())
                .append('/')
                .append(word())
                .append(".html")
                .append(query)
                .append(" HTTP/1.1\r\nHost: www.")
                .append(word())
                .append(".example")
                .append(authorityPort(port))
                .append("\r\nUser-Agent: ")
                .append(AGENTS.get(random.nextInt(AGENTS.size())))
                .append("\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Language: ja,en;q=0.5\r\nAccept-Encoding: gzip\r\n");
        if (random.nextBoolean()) {
            head.append("Referer: http://www.").append(word()).append(".example/\r\n");
        }
        if (random.nextBoolean()) {
            head.append("Cookie: session=")
                    .append(Long.toHexString(random.nextLong()))
                    .append("\r\n");
        }
        if (!body.isEmpty()) {
            head.append("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ")
                    .append(body.length())
                    .append("\r\n");
        }
        return octets(head.append("\r\n").append(body).toString());
    }

    /** An answer: a page as it was or as it is now, a picture, one that is compressed, one in chunks, or that there is nothing new. */
    private byte[] answer(boolean brief, boolean last, int number) {
        if (!brief && random.nextInt(12) == 0) {
            return octets(
                    "HTTP/1.1 304 Not Modified\r\nServer: nginx\r\nDate: Thu, 26 Nov 2026 04:00:00 GMT\r\nETag: \""
                            + number + "\"\r\n\r\n");
        }
        int kind = random.nextInt(16) == 0 ? 4 + random.nextInt(3) : random.nextInt(4);
        byte[] page = pages[kind];
        if (random.nextInt(3) == 0 && kind < 4) {
            page = page.clone(); // nobody has seen it
            System.arraycopy(octets(Long.toHexString(random.nextLong() | Long.MIN_VALUE)), 0, page, 200, 16);
        }
        boolean chunked = !brief && random.nextInt(6) == 0;
        StringBuilder head = new StringBuilder(400)
                .append(random.nextInt(16) == 0 ? "HTTP/1.1 404 Not Found" : "HTTP/1.1 200 OK")
                .append("\r\nServer: nginx/1.26.3\r\nDate: Thu, 26 Nov 2026 04:00:00 GMT\r\nContent-Type: ")
                .append(brief ? "application/octet-stream" : kind == 5 ? "image/jpeg" : "text/html; charset=utf-8")
                .append(chunked ? "\r\nTransfer-Encoding: chunked" : "\r\nContent-Length: " + page.length);
        if (kind == 6) {
            head.append("\r\nContent-Encoding: gzip");
        }
        if (random.nextBoolean()) {
            head.append("\r\nLast-Modified: Wed, 25 Nov 2026 04:00:00 GMT\r\nETag: \"")
                    .append(number)
                    .append("\"\r\nAccept-Ranges: bytes");
        }
        head.append(last ? "\r\nConnection: close\r\n\r\n" : "\r\nConnection: keep-alive\r\n\r\n");
        return joined(octets(head.toString()), chunked ? chunks(page) : page);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static byte[] chunks(byte[] page) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(page.length + 100);
        for (int at = 0; at < page.length; at += 4_096) {
            int count = Math.min(4_096, page.length - at);
            out.writeBytes(octets(Integer.toHexString(count) + "\r\n"));
            out.write(page, at, count);
            out.writeBytes(octets("\r\n"));
        }
        out.writeBytes(octets("0\r\n\r\n"));
        return out.toByteArray();
    }

    /** A connection in TLS: two hellos, then what nobody reads. */
    private void encrypted() {
        RehearsalWire.Connection connection = wire.connect(443);
        connection.say(true, clientHello("www." + word() + random.nextInt(1_000) + ".example"));
        byte[] serverHello = HexFormat.of()
                .parseHex("160303007a" + "02000076" + "0303" + "22".repeat(32) + "20" + "33".repeat(32) + "130100"
                        + "002e" + "002b00020304" + "00330024001d0020" + "44".repeat(32) + "140303000101");
        connection.say(false, joined(serverHello, record(2_400)));
        connection.say(true, joined(HexFormat.of().parseHex("140303000101"), record(69)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            connection.say(true, record(300 + random.nextInt(600)));
            connection.say(false, record(1_000 + random.nextInt(14_000)));
        }
        connection.close(random.nextBoolean());
    }

    private byte[] clientHello(String name) {
        String host = HexFormat.of().formatHex(octets(name));
        String serverName = hex(2, name.length() + 5) + hex(2, name.length() + 3) + "00" + hex(2, name.length()) + host;
        String extensions = "0000" + serverName + "00170000" + "ff01000100" + "000a00080006001d00170018"
                + "000b00020100" + "00230000"
                + "0010000e000c02683208687474702f312e31" + "000500050100000000"
                + "000d0012001004030804040105030805050108060601" + "002b000504" + "03040303"
                + "002d00020101" + "00330026" + "0024001d0020" + "55".repeat(32);
        String body = "0303" + "66".repeat(32) + "20" + "77".repeat(32) + HELLO_REST + hex(2, extensions.length() / 2)
                + extensions;
        String handshake = "01" + hex(3, body.length() / 2) + body;
        return HexFormat.of().parseHex("160301" + hex(2, handshake.length() / 2) + handshake);
    }

    private static String hex(int octets, int number) {
        String digits = Integer.toHexString(number);
        return "0".repeat(2 * octets - digits.length()) + digits;
    }

    private byte[] record(int length) {
        byte[] record = new byte[5 + length];
        random.nextBytes(record);
        record[0] = 23;
        record[1] = 3;
        record[2] = 3;
        record[3] = (byte) (length >>> 8);
        record[4] = (byte) length;
        return record;
    }

    /** A mail with an attachment, sent. */
    private void mail() {
        RehearsalWire.Connection connection = wire.connect(25);
        connection.say(false, octets("220 mail.example ESMTP\r\n"));
        connection.say(true, octets("EHLO pc.example\r\n"));
        connection.say(false, octets("250-mail.example\r\n250-SIZE 52428800\r\n250 8BITMIME\r\n"));
        connection.say(true, octets("MAIL FROM:<" + word() + "@office.example>\r\n"));
        connection.say(false, octets("250 2.1.0 Ok\r\n"));
        connection.say(true, octets("RCPT TO:<" + word() + "@shop.example>\r\n"));
        connection.say(false, octets("250 2.1.5 Ok\r\n"));
        connection.say(true, octets("DATA\r\n"));
        connection.say(false, octets("354 End data with <CR><LF>.<CR><LF>\r\n"));
        byte[] attached = new byte[random.nextInt(9_000)];
        random.nextBytes(attached);
        String mail = "From: <a@office.example>\r\nTo: <b@shop.example>\r\nSubject: " + word() + " " + word()
                + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_x\"\r\n\r\n--=_x\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
                + word() + " " + word() + "\r\n\r\n--=_x\r\nContent-Type: application/octet-stream; name=\"" + word()
                + ".dat\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"" + word()
                + ".dat\"\r\n\r\n"
                + Base64.getMimeEncoder().encodeToString(attached) + "\r\n--=_x--\r\n.\r\n";
        connection.say(true, octets(mail));
        connection.say(false, octets("250 2.0.0 Ok: queued\r\n"));
        connection.say(true, octets("QUIT\r\n"));
        connection.say(false, octets("221 2.0.0 Bye\r\n"));
        connection.close(false);
    }

    /** Much of something that nobody knows. */
    private void unknown() {
        RehearsalWire.Connection connection = wire.connect(5_201);
        byte[] octets = new byte[60_000];
        random.nextBytes(octets);
        octets[0] = 0;
        connection.say(true, octets);
        connection.say(false, cut(octets, 100, 2_000));
        connection.close(random.nextBoolean());
    }

    // ---- datagrams

    /** A name is looked up: there is none, or there is one. */
    private void lookUp() {
        byte[] name = octets(word() + random.nextInt(1_000));
        boolean known = random.nextBoolean();
        byte[] question = new byte[12 + 1 + name.length + 9 + 4];
        int clientPort = wire.nextPort();
        question[1] = (byte) clientPort;
        question[2] = 1; // recursion desired
        question[5] = 1; // one question
        question[12] = (byte) name.length;
        System.arraycopy(name, 0, question, 13, name.length);
        byte[] rest = HexFormat.of().parseHex("076578616d706c6500" + "00010001"); // .example, A, IN
        System.arraycopy(rest, 0, question, 13 + name.length, rest.length);
        wire.datagram(true, clientPort, DNS_PORT, question);
        question[2] = (byte) 0x81;
        question[3] = (byte) (known ? 0x80 : 0x83); // an answer, or no such name
        question[7] = (byte) (known ? 1 : 0);
        byte[] answer = HexFormat.of().parseHex("c00c00010001000001000004" + "c6336401");
        wire.datagram(false, clientPort, DNS_PORT, known ? joined(question, answer) : question);
    }
}
