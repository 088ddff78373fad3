package jp.genkan.appliance.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.PortQueue;

/**
 * Plays made-up conversations to a pipeline that nobody else uses, so that the JVM loads and compiles the path of a frame before real frames need it: what is
 * compiled serves all workers. Web pages of all sizes above all, since they make a box work hardest; names looked up, connections that end at once.
 *
 * <p>Addresses are those of RFC 5737 and names end in {@code .example}, so that nothing real is taken for it.
 *
 * <p>Thread rule: one thread.
 */
final class Rehearsal {
    /** Largest frame: what the kernel puts together from the segments of a stream. */
    private static final int PIECE = 14_480;

    private static final int ETHERNET = 14;
    private static final int IP = 20;
    private static final int TCP = 20;
    private static final int UDP = 8;
    private static final int ROOM = PortQueue.VNET_HEADER_LENGTH + ETHERNET + IP + TCP + PIECE;

    private static final byte[] TO_SERVER = header("020000000002020000000001", "c0000201c6336401");
    private static final byte[] TO_CLIENT = header("020000000001020000000002", "c6336401c0000201");

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

    private final PipelineRunner runner;
    private final RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    private final MemorySegment memory = Arena.ofAuto().allocate(ROOM, 8);
    private final Packet packet = new Packet();
    private final byte[][] pages;
    private long nanos;
    private int port;
    private int toServer;
    private int toClient;

    Rehearsal(PipelineRunner runner) {
        this.runner = runner;
        byte[] picture = new byte[40_000];
        random.nextBytes(picture);
        pages = new byte[][] {page(700), page(1_200), page(2_500), page(9_000), page(65_536), picture};
    }

    private static byte[] header(String macs, String addresses) {
        return HexFormat.of().parseHex(macs + "0800" + "4500000000004000" + "40000000" + addresses);
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
        return text.substring(0, length).getBytes(StandardCharsets.ISO_8859_1);
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
            runner.batchEnded();
            runner.expire(nanos, 16);
            played++;
        }
        return played;
    }

    /** Flows that are still open end. */
    void end() {
        runner.endAll();
    }

    private void begin(int serverPort) {
        port = port >= 60_000 ? 1_024 : Math.max(1_024, port + 1);
        toServer = random.nextInt();
        toClient = random.nextInt();
        segment(true, serverPort, Packet.SYN, new byte[0], 0, 0);
        toServer++;
        segment(false, serverPort, Packet.SYN | Packet.ACK, new byte[0], 0, 0);
        toClient++;
        segment(true, serverPort, Packet.ACK, new byte[0], 0, 0);
    }

    /** A connection in which nothing is said. */
    private void fleeting() {
        begin(443);
        segment(false, 443, Packet.ACK, new byte[0], 0, 0);
        segment(true, 443, Packet.ACK | Packet.RST, new byte[0], 0, 0);
    }

    /** A connection to a web server, with so many requests. */
    private void browse(int requests) {
        begin(80);
        for (int i = 0; i < requests; i++) {
            say(true, request());
            byte[] page = pages[random.nextInt(16) == 0 ? 4 + random.nextInt(2) : random.nextInt(4)];
            boolean text = page != pages[5];
            say(
                    false,
                    ("HTTP/1.1 200 OK\r\nServer: nginx/1.26.3\r\nDate: Thu, 26 Nov 2026 04:00:00 GMT\r\nContent-Type: "
                                    + (text ? "text/html; charset=utf-8" : "image/jpeg") + "\r\nContent-Length: "
                                    + page.length + "\r\nConnection: keep-alive\r\nETag: \"" + i + "\"\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            say(false, page);
        }
        segment(true, 80, Packet.ACK | Packet.FIN, new byte[0], 0, 0);
        toServer++;
        segment(false, 80, Packet.ACK | Packet.FIN, new byte[0], 0, 0);
        toClient++;
        segment(true, 80, Packet.ACK, new byte[0], 0, 0);
    }

    private byte[] request() {
        String body = random.nextInt(8) == 0 ? "name=" + word() + "&comment=" + word() + "+" + word() : "";
        String head = (body.isEmpty() ? "GET /" : "POST /") + word() + "/" + word() + ".html?id="
                + random.nextInt(100_000) + " HTTP/1.1\r\nHost: www." + word() + ".example\r\nUser-Agent: "
                + AGENTS.get(random.nextInt(AGENTS.size()))
                + "\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Language: ja,en;q=0.5\r\nAccept-Encoding: gzip\r\nReferer: http://www."
                + word() + ".example/\r\nCookie: session=" + Long.toHexString(random.nextLong()) + "\r\n";
        if (!body.isEmpty()) {
            head += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n";
        }
        return (head + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void say(boolean fromClient, byte[] octets) {
        for (int at = 0; at < octets.length; at += PIECE) {
            int count = Math.min(PIECE, octets.length - at);
            segment(fromClient, 80, Packet.ACK | Packet.PSH, octets, at, count);
            if (fromClient) {
                toServer += count;
            } else {
                toClient += count;
            }
        }
        segment(!fromClient, 80, Packet.ACK, new byte[0], 0, 0);
    }

    private void segment(boolean fromClient, int serverPort, int flags, byte[] octets, int from, int length) {
        long transport = frame(fromClient, 6, TCP + length);
        memory.set(Packet.U16, transport, (short) (fromClient ? port : serverPort));
        memory.set(Packet.U16, transport + 2, (short) (fromClient ? serverPort : port));
        memory.set(Packet.U32, transport + 4, fromClient ? toServer : toClient);
        memory.set(Packet.U32, transport + 8, (flags & Packet.ACK) == 0 ? 0 : fromClient ? toClient : toServer);
        memory.set(Packet.U32, transport + 12, 0x5000_ffff | flags << 16);
        memory.set(Packet.U32, transport + 16, 0);
        MemorySegment.copy(octets, from, memory, ValueLayout.JAVA_BYTE, transport + TCP, length);
        process(fromClient, TCP + length);
    }

    /** A name is looked up, and there is none. */
    private void lookUp() {
        byte[] name = (word() + random.nextInt(1_000)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] question = new byte[12 + 1 + name.length + 9 + 4];
        question[1] = (byte) port;
        question[2] = 1; // recursion desired
        question[5] = 1; // one question
        question[12] = (byte) name.length;
        System.arraycopy(name, 0, question, 13, name.length);
        byte[] rest = HexFormat.of().parseHex("076578616d706c6500" + "00010001"); // .example, A, IN
        System.arraycopy(rest, 0, question, 13 + name.length, rest.length);
        datagram(true, question);
        question[2] = (byte) 0x81;
        question[3] = (byte) 0x83; // no such name
        datagram(false, question);
    }

    private void datagram(boolean fromClient, byte[] octets) {
        long transport = frame(fromClient, 17, UDP + octets.length);
        memory.set(Packet.U16, transport, (short) (fromClient ? port + 1 : 53));
        memory.set(Packet.U16, transport + 2, (short) (fromClient ? 53 : port + 1));
        memory.set(Packet.U32, transport + 4, (UDP + octets.length) << 16);
        MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, transport + UDP, octets.length);
        process(fromClient, UDP + octets.length);
    }

    private long frame(boolean fromClient, int protocol, int length) {
        byte[] header = fromClient ? TO_SERVER : TO_CLIENT;
        long frame = PortQueue.VNET_HEADER_LENGTH;
        MemorySegment.copy(header, 0, memory, ValueLayout.JAVA_BYTE, frame, header.length);
        long ip = frame + ETHERNET;
        memory.set(Packet.U16, ip + 2, (short) (IP + length));
        memory.set(ValueLayout.JAVA_BYTE, ip + 9, (byte) protocol);
        memory.set(Packet.U16, ip + 10, ipChecksum(ip));
        return ip + IP;
    }

    private short ipChecksum(long header) {
        int sum = 0;
        for (int at = 0; at < IP; at += 2) {
            sum += at == 10 ? 0 : memory.get(Packet.U16, header + at) & 0xffff;
        }
        return (short) ~((sum & 0xffff) + (sum >>> 16));
    }

    private void process(boolean fromClient, int length) {
        nanos += 1_000;
        packet.wrap(memory, PortQueue.VNET_HEADER_LENGTH, ETHERNET + IP + length);
        packet.checksumTrusted = true;
        packet.side = fromClient ? Side.INSIDE : Side.OUTSIDE;
        packet.ingressPort = fromClient ? 0 : 1;
        runner.process(packet, LinkType.ETHERNET, nanos);
    }
}
