package jp.genkan.testbed.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import jp.genkan.testbed.bench.MixFlow.Turn;

/**
 * What the connections of a {@link MixCapture} say: HTTP exchanges, TLS hellos with records behind them, DNS queries with answers.
 *
 * <p>Thread rule: one thread.
 */
final class MixWords {
    private static final int BODY_MIN = 1 << 10;
    private static final int BODY_MAX = 10 << 20;
    private static final int CHUNK = 16 << 10;
    private static final int RECORD = 16_384;
    private static final int GZIPPED_KINDS = 8;
    private static final int EXCHANGES_MAX = 4;

    private final Random random;
    private final byte[] body = new byte[BODY_MAX];
    private final byte[] records;
    private final List<byte[]> gzipped = new ArrayList<>();

    MixWords(Random random) throws IOException {
        this.random = random;
        random.nextBytes(body);
        for (int i = 0; i < body.length / 2; i++) { // half of it text, which packs; the files begin there
            body[i] = (byte) "etaoin shrdlu<p>".charAt(body[i] & 15);
        }
        for (int i = 0; i < GZIPPED_KINDS; i++) {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(body, 0, Math.min(size(), body.length / 2));
            }
            gzipped.add(packed.toByteArray());
        }
        records = records();
    }

    /** A size between 1 KB and 10 MB, each order of magnitude as likely as the next. */
    private int size() {
        return (int) (BODY_MIN * Math.exp(random.nextDouble() * Math.log((double) BODY_MAX / BODY_MIN)));
    }

    // ---- HTTP

    /** One to four exchanges of one connection. */
    List<Turn> http() {
        List<Turn> turns = new ArrayList<>();
        int exchanges = 1 + random.nextInt(EXCHANGES_MAX);
        for (int i = 0; i < exchanges; i++) {
            int kind = random.nextInt(10);
            if (kind == 0) {
                post(turns);
            } else {
                get(turns, kind);
            }
        }
        return turns;
    }

    private void post(List<Turn> turns) {
        int length = Math.min(size(), 1 << 18);
        turns.add(
                Turn.of(true, request("POST", "Content-Type: application/json\r\nContent-Length: " + length + "\r\n")));
        turns.add(new Turn(true, body, 0, length));
        turns.add(Turn.of(false, ascii("HTTP/1.1 204 No Content\r\nServer: bench\r\n\r\n")));
    }

    private void get(List<Turn> turns, int kind) {
        turns.add(Turn.of(true, request("GET", "")));
        String head =
                "HTTP/1.1 200 OK\r\nServer: bench\r\nDate: Wed, 25 Jun 2025 10:00:00 GMT\r\nContent-Type: text/html\r\n";
        if (kind <= 2) {
            turns.add(Turn.of(false, ascii(head + "Transfer-Encoding: chunked\r\n\r\n")));
            turns.add(Turn.of(false, chunked(size())));
        } else if (kind <= 4) {
            byte[] packed = gzipped.get(random.nextInt(GZIPPED_KINDS));
            turns.add(Turn.of(
                    false, ascii(head + "Content-Encoding: gzip\r\nContent-Length: " + packed.length + "\r\n\r\n")));
            turns.add(Turn.of(false, packed));
        } else {
            int length = size();
            turns.add(Turn.of(false, ascii(head + "Content-Length: " + length + "\r\n\r\n")));
            turns.add(new Turn(false, body, 0, length));
        }
    }

    private byte[] request(String method, String more) {
        return ascii(
                method + " /path/" + random.nextInt(100_000) + "/page.html?id=" + random.nextInt() + " HTTP/1.1\r\n"
                        + "Host: www" + random.nextInt(1_000)
                        + ".example.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n"
                        + "Accept: text/html,application/xhtml+xml\r\nAccept-Language: ja,en;q=0.5\r\nCookie: session="
                        + random.nextLong() + "\r\nReferer: http://www.example.com/\r\n" + more + "\r\n");
    }

    private byte[] chunked(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + length / 64 + 64);
        for (int at = 0; at < length; at += CHUNK) {
            int count = Math.min(CHUNK, length - at);
            out.writeBytes(ascii(Integer.toHexString(count) + "\r\n"));
            out.write(body, at, count);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("0\r\n\r\n"));
        return out.toByteArray();
    }

    // ---- TLS

    /** A handshake of TLS 1.3 and application data both ways. */
    List<Turn> tls() {
        return List.of(
                Turn.of(true, clientHello()),
                Turn.of(false, serverHello()),
                new Turn(true, records, 0, RECORD + 5),
                new Turn(false, records, 0, Math.max(1, size() / (RECORD + 5)) * (RECORD + 5)));
    }

    /** Whole application data records, one behind the other. */
    private byte[] records() {
        byte[] whole = Arrays.copyOfRange(body, 0, BODY_MAX / (RECORD + 5) * (RECORD + 5));
        ByteBuffer fields = ByteBuffer.wrap(whole);
        for (int at = 0; at < whole.length; at += RECORD + 5) {
            fields.put(at, (byte) 23).putShort(at + 1, (short) 0x0303).putShort(at + 3, (short) RECORD);
        }
        return whole;
    }

    private byte[] clientHello() {
        byte[] name = ascii("www" + random.nextInt(1_000) + ".example.com");
        ByteBuffer hello = ByteBuffer.allocate(1_024);
        hello.putShort((short) 0x0303).put(octets(32)).put((byte) 32).put(octets(32));
        hello.putShort((short) 10)
                .putShort((short) 0x1301)
                .putShort((short) 0x1302)
                .putShort((short) 0x1303);
        hello.putShort((short) 0xc02b).putShort((short) 0xc02f).putShort((short) 0x0100);
        int extensions = hello.position();
        hello.putShort((short) 0);
        extension(
                hello,
                0,
                ByteBuffer.allocate(name.length + 5)
                        .putShort((short) (name.length + 3))
                        .put((byte) 0)
                        .putShort((short) name.length)
                        .put(name)
                        .array());
        extension(hello, 10, new byte[] {0, 4, 0, 29, 0, 23});
        extension(hello, 11, new byte[] {1, 0});
        extension(hello, 13, new byte[] {0, 6, 4, 3, 8, 4, 4, 1});
        extension(hello, 16, new byte[] {0, 12, 2, 'h', '2', 8, 'h', 't', 't', 'p', '/', '1', '.', '1'});
        extension(hello, 43, new byte[] {4, 3, 4, 3, 3});
        byte[] share = octets(38);
        ByteBuffer.wrap(share).putShort((short) 36).putShort((short) 29).putShort((short) 32);
        extension(hello, 51, share);
        hello.putShort(extensions, (short) (hello.position() - extensions - 2));
        return handshake(1, hello);
    }

    private byte[] serverHello() {
        ByteBuffer hello = ByteBuffer.allocate(256);
        hello.putShort((short) 0x0303).put(octets(32)).put((byte) 32).put(octets(32));
        hello.putShort((short) 0x1301).put((byte) 0);
        int extensions = hello.position();
        hello.putShort((short) 0);
        extension(hello, 43, new byte[] {3, 4});
        byte[] share = octets(36);
        ByteBuffer.wrap(share).putShort((short) 29).putShort((short) 32);
        extension(hello, 51, share);
        hello.putShort(extensions, (short) (hello.position() - extensions - 2));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(handshake(2, hello));
        out.writeBytes(new byte[] {20, 3, 3, 0, 1, 1});
        out.write(records, 0, RECORD + 5);
        return out.toByteArray();
    }

    private static void extension(ByteBuffer hello, int type, byte[] content) {
        hello.putShort((short) type).putShort((short) content.length).put(content);
    }

    private static byte[] handshake(int type, ByteBuffer message) {
        int length = message.position();
        ByteBuffer record = ByteBuffer.allocate(length + 9);
        record.put((byte) 22).putShort((short) 0x0301).putShort((short) (length + 4));
        record.putInt(type << 24 | length).put(message.flip());
        return record.array();
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    // ---- DNS

    /** A query for the address of a name. */
    byte[] dnsQuery() {
        ByteBuffer query = ByteBuffer.allocate(128);
        query.putShort((short) random.nextInt()).putShort((short) 0x0100).putShort((short) 1);
        query.putShort((short) 0).putInt(0);
        for (String label : List.of("host" + random.nextInt(100_000), "cdn", "example", "com")) {
            query.put((byte) label.length()).put(ascii(label));
        }
        query.put((byte) 0).putShort((short) 1).putShort((short) 1);
        return Arrays.copyOf(query.array(), query.position());
    }

    /** Its answer: another name, and two addresses of that. */
    byte[] dnsAnswer(byte[] query) {
        ByteBuffer answer = ByteBuffer.allocate(query.length + 64).put(query);
        answer.putShort(2, (short) 0x8180).putShort(6, (short) 3);
        answer.putShort((short) 0xc00c)
                .putShort((short) 5)
                .putShort((short) 1)
                .putInt(300)
                .putShort((short) 7);
        int alias = answer.position();
        answer.put((byte) 4).put(ascii("edge")).putShort((short) (0xc000 | 13 + query[12]));
        for (int i = 0; i < 2; i++) {
            answer.putShort((short) (0xc000 | alias))
                    .putShort((short) 1)
                    .putShort((short) 1)
                    .putInt(60);
            answer.putShort((short) 4).putInt(0xcb00_7100 | random.nextInt(256));
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
