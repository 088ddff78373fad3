package jp.genkan.protocols.conversation;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransactionEvent;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.dns.DnsDatagramParser;
import jp.genkan.protocols.http.HttpParser;
import jp.genkan.protocols.tls.Flights;
import jp.genkan.protocols.tls.TlsParser;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a transaction costs, from its octets to its end, with its event put into words and without. Run with {@code -prof gc}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConversationBenchmark {
    private static final String QUESTION = "03777777076578616d706c6503636f6d0000010001";
    private static final byte[] DNS_QUERY = HexFormat.of().parseHex("123401000001000000000000" + QUESTION);
    private static final byte[] DNS_ANSWER = HexFormat.of()
            .parseHex("123481800001000200000000" + QUESTION + "c00c000100010000003c0004cb007105"
                    + "c00c000100010000003c0004cb007106");
    private static final byte[] HTTP_REQUEST = ascii("""
            GET /path/page.html?id=12345 HTTP/1.1\r
            Host: www.example.com\r
            User-Agent: Mozilla/5.0 (X11; Linux x86_64)\r
            Accept: text/html,application/xhtml+xml\r
            Accept-Language: ja,en;q=0.5\r
            Cookie: session=0123456789abcdef\r
            \r
            """);
    private static final byte[] HTTP_RESPONSE = ascii("""
            HTTP/1.1 200 OK\r
            Server: bench\r
            Date: Wed, 25 Jun 2025 10:00:00 GMT\r
            Content-Type: text/html\r
            Content-Length: 16\r
            \r
            <p>sixteen</p>\r
            """);
    private static final byte[] CLIENT_HELLO = Flights.octets(Flights.recorded("tls13")[0].substring(3));

    /** Whether each transaction's event is written, in memory. */
    @Param({"no", "yes"})
    public String events = "no";

    private final DnsDatagramParser dns = new DnsDatagramParser(AppProtocol.DNS);
    private final HttpParser http = new HttpParser();
    private final Ear ear = new Ear();

    /** A query and its answer. */
    @Benchmark
    public int dnsQueryAndAnswer() {
        ear.telling = "yes".equals(events);
        dns.onDatagram(Direction.TO_SERVER, DNS_QUERY, 0, DNS_QUERY.length, ear);
        dns.onDatagram(Direction.TO_CLIENT, DNS_ANSWER, 0, DNS_ANSWER.length, ear);
        return ear.heard;
    }

    /** A request and its answer, among others of the same connection. */
    @Benchmark
    public int httpExchange() {
        ear.telling = "yes".equals(events);
        http.onOctets(Direction.TO_SERVER, HTTP_REQUEST, 0, HTTP_REQUEST.length, ear);
        http.onOctets(Direction.TO_CLIENT, HTTP_RESPONSE, 0, HTTP_RESPONSE.length, ear);
        return ear.heard;
    }

    /** A parser for a flow and its client's hello; with its event, JA3 and JA4 are made. */
    @Benchmark
    public int tlsClientHello() {
        ear.telling = "yes".equals(events);
        TlsParser tls = new TlsParser();
        tls.onOctets(Direction.TO_SERVER, CLIENT_HELLO, 0, CLIENT_HELLO.length, ear);
        tls.onFlowEnd(ear);
        return ear.heard;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Hears everything and keeps nothing. */
    private static final class Ear implements Conversation {
        private static final long NANOS = 1_750_000_000_123_456_789L;

        private final Address client = Address.parse("192.168.1.20");
        private final Address server = Address.parse("198.51.100.7");
        private final EveWriter writer = new EveWriter(ZoneOffset.UTC);
        private final FlowIdentity identity =
                new FlowIdentity(1_234_567_890_123L, client, 40_000, server, 443, 6, 0, 0, 0, 0, 0, Packet.NONE);
        private boolean telling;
        private int heard;

        @Override
        public void complete(Transaction transaction) {
            heard++;
            if (telling) {
                heard += writer.write(new TransactionEvent(identity, NANOS, transaction));
            }
        }

        @Override
        public void advance(Transaction transaction, Direction direction, Progress reached) {
            transaction.progress(direction, reached);
        }

        @Override
        public TransferredFile openFile(Transaction transaction, Direction direction, @Nullable String name) {
            return new TransferredFile(transaction, direction, 1, name);
        }

        @Override
        public void fileOctets(TransferredFile file, byte[] octets, int from, int to) {
            heard += to - from;
        }

        @Override
        public void anomaly(@Nullable Transaction transaction, Direction direction, String event) {
            heard++;
        }

        @Override
        public void fileGap(TransferredFile file, long missing) {}

        @Override
        public void closeFile(TransferredFile file, FileState state) {}

        @Override
        public void handOver(@Nullable AppProtocol next) {}

        @Override
        public void expect(Address address, int port, ExpectedParser next) {}

        @Override
        public void settle() {}

        @Override
        public long epochNanos() {
            return NANOS;
        }

        @Override
        public Address clientAddress() {
            return client;
        }

        @Override
        public Address serverAddress() {
            return server;
        }

        @Override
        public int clientPort() {
            return 40_000;
        }

        @Override
        public int serverPort() {
            return 443;
        }

        @Override
        public boolean isMidstream() {
            return false;
        }
    }
}
