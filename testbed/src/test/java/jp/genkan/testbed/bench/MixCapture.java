package jp.genkan.testbed.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import jp.genkan.core.capture.CaptureWriter;

/**
 * Makes a capture of HTTP, TLS or DNS, or of all three, for {@link ReplayBench}: many connections at a time, with handshakes and sound
 * checksums. The same arguments make the same file.
 *
 * <p>Thread rule: one thread.
 */
public final class MixCapture {
    private static final int ETHERNET = 1;
    private static final int SNAP_LENGTH = 262_144;
    private static final int FLOWS_AT_ONCE = 32;
    private static final long SEED = 20_250_625;
    private static final int CLIENT_NET = 0x0a00_0000;
    private static final int SERVER_NET = 0xc633_6400;
    private static final int FIRST_PORT = 10_000;
    private static final int PORTS = 50_000;

    /** DNS transactions that take their turn when one of the mix of all three does. */
    private static final int DNS_A_TURN = 200;

    private final Kind kind;
    private final MixFrames frames;
    private final Random random = new Random(SEED);
    private final MixWords words = new MixWords(random);
    private int flows;

    /** What is in the capture. */
    enum Kind {
        HTTP,
        TLS,
        DNS,
        /** All three: by octets HTTP and TLS about the same, DNS a few percent. */
        ALL;

        static Kind named(String name) {
            return Arrays.stream(values())
                    .filter(kind -> kind.title().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown mix " + name));
        }

        String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private MixCapture(Kind kind, CaptureWriter writer) throws IOException {
        this.kind = kind;
        this.frames = new MixFrames(writer);
    }

    /** Usage: {@code MixCapture MIX MEGABYTES FILE}. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            System.err.println("usage: MixCapture http|tls|dns|all MEGABYTES FILE");
            System.exit(2);
        }
        write(Kind.named(arguments[0]), Long.parseLong(arguments[1]) * 1_000_000, Path.of(arguments[2]));
    }

    /** Makes the file, with frames of about so many octets in all. */
    static void write(Kind kind, long octets, Path file) throws IOException {
        try (CaptureWriter writer = new CaptureWriter(file, ETHERNET, SNAP_LENGTH)) {
            new MixCapture(kind, writer).fill(octets);
        }
    }

    private void fill(long octets) throws IOException {
        List<MixFlow> open = new ArrayList<>();
        while (frames.octets() < octets || !open.isEmpty()) {
            if (kind == Kind.DNS) {
                dns();
                continue;
            }
            while (open.size() < FLOWS_AT_ONCE && frames.octets() < octets) {
                open.add(next());
            }
            int chosen = random.nextInt(open.size());
            if (!open.get(chosen).step(frames)) {
                open.remove(chosen);
            }
        }
    }

    private MixFlow next() throws IOException {
        boolean tls =
                kind == Kind.TLS || kind == Kind.ALL && random.nextInt(3) != 0; // an HTTP connection has more exchanges
        for (int i = 0; kind == Kind.ALL && i < DNS_A_TURN; i++) {
            dns();
        }
        return flow(tls ? 443 : 80, tls ? words.tls() : words.http());
    }

    private void dns() throws IOException {
        MixFlow flow = flow(53, List.of());
        byte[] query = words.dnsQuery();
        byte[] answer = words.dnsAnswer(query);
        frames.udp(flow, true, query, query.length);
        frames.udp(flow, false, answer, answer.length);
    }

    private MixFlow flow(int serverPort, List<MixFlow.Turn> turns) {
        int number = flows++;
        return new MixFlow(
                CLIENT_NET + 2 + number / PORTS,
                SERVER_NET + 1 + random.nextInt(250),
                FIRST_PORT + number % PORTS,
                serverPort,
                turns);
    }
}
