package jp.genkan.core.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.PacketBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureReaderTest {
    private static final byte[] ONE = PacketBuilder.ethernet()
            .ipv4("10.0.0.1", "10.0.0.2")
            .udp(1, 2)
            .payload(9)
            .bytes();
    private static final byte[] TWO = PacketBuilder.ethernet()
            .ipv6("2001:db8::1", "2001:db8::2")
            .tcp(3, 4)
            .payload(100)
            .bytes();

    @TempDir
    private @Nullable Path folder;

    private Path file(byte[] octets) throws IOException {
        return Files.write(Objects.requireNonNull(folder).resolve("input.pcap"), octets);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    /** One frame, copied out of the reader. */
    private record Seen(String hex, int wireLength, long nanos, long number, int link) {}

    private record Reading(List<Seen> frames, @Nullable String problem) {}

    private static Reading read(Path path) throws CaptureException {
        List<Seen> frames = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(path)) {
            Packet packet = new Packet();
            while (reader.next(packet)) {
                String octets = hex(packet.segment()
                        .asSlice(packet.frameOffset, packet.frameLength)
                        .toArray(ValueLayout.JAVA_BYTE));
                frames.add(new Seen(
                        octets, packet.wireLength, packet.epochNanos, packet.captureNumber, reader.linkNumber()));
            }
            assertThat(reader.next(packet)).as("after the end").isFalse();
            assertThat(reader.framesRead()).isEqualTo(frames.size());
            assertThat(reader.offset()).isEqualTo(reader.size());
            return new Reading(frames, reader.problem());
        }
    }

    private static byte[] classic(ByteOrder order, int magic, int link, int recordLength, byte[]... frames) {
        int length = 24;
        for (byte[] frame : frames) {
            length += recordLength + frame.length;
        }
        ByteBuffer file = ByteBuffer.allocate(length).order(order);
        file.putInt(magic)
                .putShort((short) 2)
                .putShort((short) 4)
                .putLong(0)
                .putInt(65535)
                .putInt(link);
        int seconds = 1_700_000_000;
        for (byte[] frame : frames) {
            int start = file.position();
            file.putInt(seconds++).putInt(123_456).putInt(frame.length).putInt(frame.length + 5);
            file.position(start + recordLength).put(frame);
        }
        return file.array();
    }

    // ---- classic pcap

    @ParameterizedTest
    @CsvSource({
        "a1b2c3d4, 16, 123456000",
        "a1b23c4d, 16, 123456",
        "a1b2cd34, 24, 123456000",
    })
    void readsEveryClassicVariantInBothByteOrders(String magic, int recordLength, long nanos) throws Exception {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            Reading reading = read(
                    file(classic(order, Integer.parseUnsignedInt(magic, 16), 0x1000_0071, recordLength, ONE, TWO)));
            assertThat(reading.problem()).isNull();
            assertThat(reading.frames()).hasSize(2);
            Seen second = reading.frames().get(1);
            assertThat(second.hex()).isEqualTo(hex(TWO));
            assertThat(second.wireLength()).isEqualTo(TWO.length + 5);
            assertThat(second.nanos()).isEqualTo(1_700_000_001_000_000_000L + nanos);
            assertThat(second.number()).isEqualTo(2);
            assertThat(second.link()).isEqualTo(0x71);
        }
    }

    @Test
    void givesTheWholeFramesOfAFileCutOffAnywhere() throws Exception {
        byte[] whole = classic(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1, 16, ONE, TWO);
        int first = 24 + 16 + ONE.length;
        for (int length = 24; length <= whole.length; length++) {
            Reading reading = read(file(java.util.Arrays.copyOf(whole, length)));
            assertThat(reading.frames()).hasSize(length == whole.length ? 2 : length >= first ? 1 : 0);
            boolean atBoundary = length == 24 || length == first || length == whole.length;
            if (atBoundary) {
                assertThat(reading.problem()).as("cut to " + length).isNull();
            } else {
                assertThat(reading.problem())
                        .as("cut to " + length)
                        .contains("cut off")
                        .doesNotContain("\n");
            }
        }
    }

    @Test
    void stopsAtALengthThatCannotBe() throws Exception {
        byte[] file = classic(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1, 16, ONE, TWO);
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(24 + 16 + ONE.length + 8, (1 << 26) + 1);
        Reading reading = read(file(file));
        assertThat(reading.frames()).hasSize(1);
        assertThat(reading.problem())
                .isEqualTo(
                        "octet " + (24 + 16 + ONE.length)
                                + ": a frame claims 67108865 octets, more than the 67108864 that are believed (after 1 whole frames)");
    }

    // ---- pcapng

    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    @Test
    void readsEveryPacketBlockInBothByteOrders() throws Exception {
        for (ByteOrder order : ORDERS) {
            PcapngFile made = new PcapngFile(order).section();
            made.describeInterface(1, 0)
                    .describeInterface(101, 0)
                    .enhanced(1, 1_700_000_000_123_456L, ONE, 999)
                    .block(5, made.body(16)) // interface statistics: passed over
                    .old(0, 2_000_000L, TWO, TWO.length)
                    .simple(ONE, ONE.length);
            Reading reading = read(file(made.bytes()));
            assertThat(reading.problem()).isNull();
            assertThat(reading.frames()).extracting(Seen::link).containsExactly(101, 1, 1);
            assertThat(reading.frames())
                    .extracting(Seen::nanos)
                    .containsExactly(1_700_000_000_123_456_000L, 2_000_000_000L, 0L);
            assertThat(reading.frames().get(0).hex()).isEqualTo(hex(ONE));
            assertThat(reading.frames().get(0).wireLength()).isEqualTo(999);
            assertThat(reading.frames().get(1).hex()).isEqualTo(hex(TWO));
            assertThat(reading.frames().get(2).hex()).isEqualTo(hex(ONE));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6, 1000001, 1000001000",
        "9, 1000000001, 1000000001",
        "3, 1001, 1001000000",
        "0, 7, 7000000000",
        "12, 1000000001999, 1000000001",
        "127, 1, 0",
        "0x80, 7, 7000000000",
        "0x8a, 1536, 1500000000",
        "0xa0, 6442450944, 1500000000",
        "0xbf, 4611686018427387904, 500000000",
        "0xff, 1, 0"
    })
    void understandsEveryResolution(String resolution, long ticks, long nanos) throws Exception {
        for (ByteOrder order : ORDERS) {
            PcapngFile made = new PcapngFile(order).section();
            made.describeInterface(1, 0, made.resolution(Integer.decode(resolution)))
                    .enhanced(0, ticks, ONE, ONE.length);
            assertThat(read(file(made.bytes())).frames().getFirst().nanos()).isEqualTo(nanos);
        }
    }

    @Test
    void addsTheOffsetOfAnInterface() throws Exception {
        for (ByteOrder order : ORDERS) {
            PcapngFile made = new PcapngFile(order).section();
            made.describeInterface(1, 0, made.offsetSeconds(1_600_000_000L), made.resolution(9))
                    .enhanced(0, 5, ONE, ONE.length);
            assertThat(read(file(made.bytes())).frames().getFirst().nanos()).isEqualTo(1_600_000_000_000_000_005L);
        }
    }

    @Test
    void forgetsInterfacesAndByteOrderAtASectionHeader() throws Exception {
        byte[] little = new PcapngFile(ByteOrder.LITTLE_ENDIAN)
                .section()
                .describeInterface(1, 0)
                .enhanced(0, 0, ONE, ONE.length)
                .bytes();
        byte[] big = new PcapngFile(ByteOrder.BIG_ENDIAN)
                .section()
                .simple(ONE, ONE.length)
                .describeInterface(101, 0)
                .enhanced(0, 0, TWO, TWO.length)
                .bytes();
        Reading reading = read(file(PacketBuilder.join(little, big)));
        assertThat(reading.frames()).extracting(Seen::link).containsExactly(1, 101);
        assertThat(reading.problem()).contains("without an interface").contains("octet " + (little.length + 28));
    }

    @Test
    void boundsASimplePacketByTheSnapLength() throws Exception {
        PcapngFile made = new PcapngFile(ByteOrder.LITTLE_ENDIAN)
                .section()
                .describeInterface(1, 32)
                .simple(java.util.Arrays.copyOf(TWO, 32), TWO.length);
        Seen frame = read(file(made.bytes())).frames().getFirst();
        assertThat(frame.hex()).hasSize(2 * 32);
        assertThat(frame.wireLength()).isEqualTo(TWO.length);
    }

    @Test
    void leavesBrokenPacketBlocksOut() throws Exception {
        PcapngFile made = new PcapngFile(ByteOrder.LITTLE_ENDIAN).section().describeInterface(1, 0);
        made.enhanced(3, 0, ONE, ONE.length)
                .block(6, made.body(12))
                .block(6, made.body(24).putInt(12, 5))
                .enhanced(0, 0, TWO, TWO.length);
        Reading reading = read(file(made.bytes()));
        assertThat(reading.frames()).hasSize(1);
        assertThat(reading.problem()).contains("interface 3");
    }

    @Test
    void givesTheWholeFramesOfAPcapngFileCutOffAnywhere() throws Exception {
        PcapngFile made = new PcapngFile(ByteOrder.BIG_ENDIAN).section().describeInterface(1, 0);
        int described = made.bytes().length;
        int first = made.enhanced(0, 0, ONE, ONE.length).bytes().length;
        byte[] whole = made.enhanced(0, 0, TWO, TWO.length).bytes();
        for (int length = 12; length <= whole.length; length++) {
            Reading reading = read(file(java.util.Arrays.copyOf(whole, length)));
            assertThat(reading.frames()).hasSize(length == whole.length ? 2 : length >= first ? 1 : 0);
            boolean atBoundary = length == 28 || length == described || length == first || length == whole.length;
            assertThat(reading.problem() == null).as("cut to " + length).isEqualTo(atBoundary);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 11, 13, 14})
    void stopsAtABlockLengthThatCannotBe(int length) throws Exception {
        PcapngFile made = new PcapngFile(ByteOrder.LITTLE_ENDIAN).section().describeInterface(1, 0);
        made.enhanced(0, 0, ONE, ONE.length);
        byte[] good = made.bytes();
        byte[] bad = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(6)
                .putInt(length)
                .array();
        Reading reading = read(file(PacketBuilder.join(good, bad)));
        assertThat(reading.frames()).hasSize(1);
        assertThat(reading.problem()).startsWith("octet " + good.length + ": a block of " + length);
    }

    // ---- whole files

    @Test
    void knowsTheLinkTypeBeforeTheFirstFrame() throws Exception {
        PcapngFile made = new PcapngFile(ByteOrder.LITTLE_ENDIAN)
                .section()
                .describeInterface(113, 0)
                .simple(ONE, ONE.length);
        try (CaptureReader reader = CaptureReader.open(file(made.bytes()))) {
            assertThat(reader.linkType()).isEqualTo(LinkType.LINUX_SLL);
        }
        try (CaptureReader reader =
                CaptureReader.open(file(classic(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 147, 16, ONE)))) {
            assertThat(reader.linkType()).isNull();
            assertThat(reader.linkNumber()).isEqualTo(147);
        }
    }

    @Test
    void unpacksGzip() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(classic(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1, 16, ONE, TWO));
        }
        assertThat(read(file(packed.toByteArray())).frames()).hasSize(2);
        byte[] broken = packed.toByteArray();
        broken[broken.length - 6] ^= 1;
        assertThatThrownBy(() -> read(file(broken)))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("gzip data is broken");
    }

    @Test
    void refusesWhatIsNoCaptureInOneLine() throws IOException {
        assertRefused(new byte[0], "too short for a capture: 0 octets");
        assertRefused(new byte[3], "too short for a capture: 3 octets");
        assertRefused("hello world".getBytes(StandardCharsets.US_ASCII), "octet 0: neither pcap nor pcapng");
        assertRefused(
                java.util.Arrays.copyOf(classic(ByteOrder.LITTLE_ENDIAN, 0xa1b2c3d4, 1, 16), 23),
                "octet 23: the capture is cut off inside its header");
        assertRefused(PacketBuilder.hex("0a0d0d0a1c000000"), "octet 8: the capture is cut off");
        assertRefused(PacketBuilder.hex("0a0d0d0a1c00000000000000"), "octet 8: the section header's byte-order magic");
        Path folderItself = Objects.requireNonNull(folder);
        assertThatThrownBy(() -> CaptureReader.open(folderItself))
                .isInstanceOf(CaptureException.class)
                .hasMessageContaining("not a regular file");
        Path missing = folderItself.resolve("missing.pcap");
        assertThatThrownBy(() -> CaptureReader.open(missing))
                .isInstanceOf(CaptureException.class)
                .hasMessage(missing + ": no such file");
    }

    private void assertRefused(byte[] octets, String why) throws IOException {
        Path path = file(octets);
        assertThatThrownBy(() -> CaptureReader.open(path))
                .isInstanceOf(CaptureException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining(why)
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("\n"));
    }
}
