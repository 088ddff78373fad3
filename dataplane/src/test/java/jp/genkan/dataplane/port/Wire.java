package jp.genkan.dataplane.port;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.dataplane.linux.CallState;
import jp.genkan.dataplane.linux.Interfaces;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.linux.Sockets;
import org.junit.jupiter.api.Assumptions;

/**
 * The far ends of a box's two ports, for frames by hand: they are sent by a plain socket on {@code e0} and captured by tcpdump on
 * {@code e1}, so that neither shares code with the queues.
 */
final class Wire implements AutoCloseable {
    private static final int PCAP_HEADER_LENGTH = 24;
    private static final int RECORD_HEADER_LENGTH = 16;

    private final NetworkNamespace namespace;
    private final Path folder;
    private final Process capture;
    private final int sender;

    private Wire(NetworkNamespace namespace, Path folder, Process capture, int sender) {
        this.namespace = namespace;
        this.folder = folder;
        this.capture = capture;
        this.sender = sender;
    }

    /** Makes {@code e0 – p0} and {@code p1 – e1} with this MTU in the namespace. */
    static void lay(NetworkNamespace namespace, int mtu) throws Exception {
        for (int i = 0; i < 2; i++) {
            namespace.run("ip link add e" + i + " mtu " + mtu + " type veth peer name p" + i + " mtu " + mtu);
            namespace.run("ip link set e" + i + " up");
            namespace.run("ip link set p" + i + " up");
        }
    }

    /** Begins to capture on {@code e1}. */
    static Wire open(NetworkNamespace namespace) throws Exception {
        Assumptions.assumeTrue(Command.find("tcpdump").isPresent(), "needs tcpdump");
        Path folder = Files.createTempDirectory("rings");
        Process capture = namespace.start(
                // A ring of 64 MiB: by default 32 frames fit in it, and a tcpdump that has to wait for a processor
                // loses the rest.
                "tcpdump -i e1 -U -p -Q in --immediate-mode -s 65535 -B 65536 -Z root -w " + folder.resolve("e1.pcap"));
        String line = "";
        while (!line.contains("listening on")) { // tcpdump says so once its socket is open
            int read = capture.getInputStream().read();
            if (read < 0) {
                throw new IOException("tcpdump: " + line);
            }
            line += (char) read;
        }
        return new Wire(namespace, folder, capture, namespace.call(Wire::openSender));
    }

    private static int openSender() throws LinuxException {
        int descriptor = Sockets.open(Sockets.AF_PACKET, Sockets.SOCK_RAW, 0, "socket");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment address = arena.allocate(20, 4);
            address.set(JAVA_SHORT, 0, (short) Sockets.AF_PACKET);
            address.set(JAVA_INT, 4, Interfaces.index("e0"));
            Sockets.bind(descriptor, address, "bind");
        }
        return descriptor;
    }

    /** Sends a frame into {@code e0}. */
    void send(byte[] frame) throws LinuxException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, frame);
            CallState state = CallState.current();
            if (Sockets.send(state, sender, bytes.address(), frame.length, 0) < 0) {
                throw new LinuxException("send of " + frame.length + " octets", state.errno());
            }
        }
    }

    /** What has arrived at {@code e1} so far, in hexadecimal. */
    List<String> arrived() throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve("e1.pcap"));
        List<String> frames = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int offset = PCAP_HEADER_LENGTH;
        while (offset + RECORD_HEADER_LENGTH <= bytes.length) {
            int length = buffer.getInt(offset + 8);
            if (offset + RECORD_HEADER_LENGTH + length > bytes.length) {
                break;
            }
            frames.add(HexFormat.of()
                    .formatHex(bytes, offset + RECORD_HEADER_LENGTH, offset + RECORD_HEADER_LENGTH + length));
            offset += RECORD_HEADER_LENGTH + length;
        }
        return frames;
    }

    /** Waits until so many have arrived; answers with what did, at the latest after some seconds. */
    List<String> await(int count) throws Exception {
        for (int i = 0; i < 500 && arrived().size() < count; i++) {
            Thread.sleep(20);
        }
        return arrived();
    }

    NetworkNamespace namespace() {
        return namespace;
    }

    /** A frame: hexadecimal head, then a pattern up to the length. */
    static byte[] frame(String head, int length) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.writeBytes(HexFormat.of().parseHex(head.replace(" ", "")));
        for (int i = frame.size(); i < length; i++) {
            frame.write(i * 7);
        }
        return frame.toByteArray();
    }

    @Override
    public void close() throws IOException {
        Sockets.close(sender);
        capture.destroy();
        capture.onExit().join();
        Files.deleteIfExists(folder.resolve("e1.pcap"));
        Files.deleteIfExists(folder);
    }
}
