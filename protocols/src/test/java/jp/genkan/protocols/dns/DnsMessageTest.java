package jp.genkan.protocols.dns;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DnsMessageTest {
    /** A name as labels without an end. */
    private static String labels(String name) {
        StringBuilder hex = new StringBuilder();
        for (String label : name.split("\\.", -1)) {
            byte[] octets = label.getBytes(StandardCharsets.UTF_8);
            hex.append("%02x".formatted(octets.length)).append(HexFormat.of().formatHex(octets));
        }
        return hex.toString();
    }

    private static String name(String name) {
        return labels(name) + "00";
    }

    private static String header(int flags, int questions, int answers, int authorities, int additionals) {
        return "1234%04x%04x%04x%04x%04x".formatted(flags, questions, answers, authorities, additionals);
    }

    /** One question; an A, an AAAA, a PTR, an SRV and a TXT record, with pointers as a compressor makes them. */
    private static final String MESSAGE = header(0x8400, 1, 3, 0, 2)
            + name("pc1.local") + "0001" + "8001" // question at 12: mDNS's unicast-response bit
            + "c00c" + "0001" + "8001" + "00000078" + "0004" + "c0a8010a"
            + "c00c" + "001c" + "8001" + "00000078" + "0010" + "fe800000000000000000000000000010"
            + name("_http._tcp.local") + "000c" + "0001" + "00000078" + "0006" + "03"
            + HexFormat.of().formatHex("Web".getBytes(StandardCharsets.UTF_8)) + "c00c"
            + "c00c" + "0021" + "8001" + "00000078" + "0008" + "000000000050" + "c00c"
            + "c00c" + "0010" + "8001" + "00000078" + "0001" + "00";

    private static DnsMessage message(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        DnsMessage message = new DnsMessage();
        message.wrap(MemorySegment.ofArray(bytes), 0, bytes.length);
        return message;
    }

    @Test
    void readsEverySection() {
        DnsMessage message = message(MESSAGE);
        assertThat(message.id()).isEqualTo(0x1234);
        assertThat(message.isResponse()).isTrue();
        assertThat(message.questionCount()).isEqualTo(1);
        assertThat(message.answerCount()).isEqualTo(3);

        assertThat(message.nextQuestion()).isTrue();
        assertThat(message.name()).hasToString("pc1.local");
        assertThat(message.type()).isEqualTo(DnsMessage.A);
        assertThat(message.recordClass()).isEqualTo(DnsMessage.IN);
        assertThat(message.nextQuestion()).isFalse();

        assertThat(message.nextRecord()).isTrue();
        assertThat(message.name()).hasToString("pc1.local");
        assertThat(message.addressV4()).isEqualTo(0xc0a8010a);
        assertThat(message.timeToLive()).isEqualTo(120);
        assertThat(message.isAnswer()).isTrue();
        assertThat(message.readDataName()).isFalse();

        assertThat(message.nextRecord()).isTrue();
        assertThat(message.type()).isEqualTo(DnsMessage.AAAA);
        assertThat(message.addressHigh()).isEqualTo(0xfe80_0000_0000_0000L);
        assertThat(message.addressLow()).isEqualTo(0x10);

        assertThat(message.nextRecord()).isTrue();
        assertThat(message.readDataName()).isTrue();
        assertThat(message.dataName()).hasToString("Web.pc1.local");

        assertThat(message.nextRecord()).isTrue();
        assertThat(message.type()).isEqualTo(DnsMessage.SRV);
        assertThat(message.readDataName()).isTrue();
        assertThat(message.dataName()).hasToString("pc1.local");
        assertThat(message.isAnswer()).isFalse();

        assertThat(message.nextRecord()).isTrue();
        assertThat(message.type()).isEqualTo(DnsMessage.TXT);
        assertThat(message.dataLength()).isEqualTo(1);
        assertThat(message.nextRecord()).isFalse();
        assertThat(message.isMalformed()).isFalse();
    }

    @Test
    void passesOverQuestionsThatWereNotRead() {
        DnsMessage message = message(MESSAGE);
        int records = 0;
        while (message.nextRecord()) {
            records++;
        }
        assertThat(records).isEqualTo(5);
    }

    @Test
    void endsAtEveryCut() {
        byte[] whole = HexFormat.of().parseHex(MESSAGE);
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            DnsMessage message = new DnsMessage();
            message.wrap(MemorySegment.ofArray(cut), 0, length);
            int records = 0;
            while (message.nextRecord()) {
                message.readDataName();
                records++;
            }
            assertThat(message.isMalformed()).as("cut at %d", length).isTrue();
            assertThat(records).isLessThan(5);
        }
    }

    @Test
    void refusesPointersThatDoNotGoBackwards() {
        String toItself = header(0x8000, 1, 0, 0, 0) + "c00c" + "00010001";
        String forwards = header(0x8000, 1, 0, 0, 0) + "c010" + "00010001" + "00";
        String loop = header(0x8000, 1, 0, 0, 0) + "01610161c00c" + "00010001";
        for (String hex : new String[] {toItself, forwards, loop}) {
            DnsMessage message = message(hex);
            assertThat(message.nextQuestion()).isFalse();
            assertThat(message.isMalformed()).isTrue();
        }
    }

    @Test
    void refusesAChainOfPointersAndANameThatIsTooLong() {
        StringBuilder chain = new StringBuilder(header(0x8000, 0, 1, 0, 0)).append("00");
        int at = 12;
        for (int i = 0; i < 40; i++) {
            chain.append("%04x".formatted(0xc000 | (i == 0 ? 12 : at - 2 + 1)));
            at += 2;
        }
        byte[] bytes = HexFormat.of().parseHex(chain);
        assertThat(new DnsName().read(MemorySegment.ofArray(bytes), 0, bytes.length, bytes.length - 2))
                .isEqualTo(-1);
        String tooLong = header(0x8000, 1, 0, 0, 0) + labels("a".repeat(63)).repeat(4) + "00" + "00010001";
        assertThat(message(tooLong).nextQuestion()).isFalse();
        String longest = header(0x8000, 1, 0, 0, 0) + labels("a".repeat(63)).repeat(3) + labels("b".repeat(61)) + "00"
                + "00010001";
        DnsMessage message = message(longest);
        assertThat(message.nextQuestion()).isTrue();
        assertThat(message.name().length()).isEqualTo(253);
    }

    @Test
    void readsNoMoreRecordsThanItsLimit() {
        StringBuilder hex = new StringBuilder(header(0x8000, 0, 0xffff, 0, 0));
        for (int i = 0; i < 1_000; i++) {
            hex.append("00").append("0001").append("0001").append("00000000").append("0000");
        }
        DnsMessage message = message(hex.toString());
        int records = 0;
        while (message.nextRecord()) {
            records++;
        }
        assertThat(records).isEqualTo(DnsMessage.RECORDS_MAX);
        assertThat(message.isMalformed()).isTrue();
    }

    @Test
    void comparesSuffixesByWholeLabels() {
        DnsMessage message = message(header(0, 1, 0, 0, 0) + name("PC1.Local") + "00010001");
        message.nextQuestion();
        assertThat(message.name().endsWith("local")).isTrue();
        assertThat(message.name().endsWith("pc1.local")).isTrue();
        assertThat(message.name().endsWith("cal")).isFalse();
        assertThat(message.name().labels()).isEqualTo(2);
    }

    @Test
    void readsWithoutAllocating() {
        byte[] bytes = HexFormat.of().parseHex(MESSAGE);
        MemorySegment segment = MemorySegment.ofArray(bytes);
        DnsMessage message = new DnsMessage();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int round = 0; round < 30; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 2_000; i++) {
                message.wrap(segment, 0, bytes.length);
                while (message.nextRecord()) {
                    message.readDataName();
                }
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(200);
    }
}
