package jp.genkan.testbed.net;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * One end of a PPPoE session that is already open: a TUN device whose IP packets travel as PPP in PPPoE session frames on an interface.
 * Needs no PPP in the kernel, and is slow enough that the box is never the narrow place.
 *
 * <pre>
 *   sockets ── ppp0 (TUN) ── this ── packet socket ── lan0
 *
 *   | destination 6 | source 6 | 0x8864 | 0x11 | code 0 | session | length | PPP protocol | IP packet
 * </pre>
 */
final class PppoeEndpoint implements AutoCloseable {
    static final int OVERHEAD = 8;
    private static final int HEADER = 14 + OVERHEAD;
    private static final int SESSION = 0x1234;
    private static final int PPP_IPV4 = 0x0021;
    private static final int PPP_IPV6 = 0x0057;
    private static final int PACKET_MAX = 65_536;
    /** How long it takes at most to notice the end. */
    private static final int POLL_MILLIS = 50;

    private final PacketSocket frames;
    private final int tun;
    private final byte[] header;
    private final Thread sending;
    private final Thread receiving;
    private volatile boolean ended;

    PppoeEndpoint(Namespace namespace, String lower, String name, byte[] own, byte[] peer) throws IOException {
        frames = PacketSocket.open(namespace, lower);
        tun = namespace.call(() -> Linux.tun(name));
        header = new byte[HEADER];
        System.arraycopy(peer, 0, header, 0, 6);
        System.arraycopy(own, 0, header, 6, 6);
        put16(header, 12, 0x8864);
        header[14] = 0x11;
        put16(header, 16, SESSION);
        sending = Thread.ofPlatform().daemon().name("pppoe-send").start(this::sendPackets);
        receiving = Thread.ofPlatform().daemon().name("pppoe-receive").start(this::receivePackets);
    }

    private void sendPackets() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(PACKET_MAX + HEADER);
            MemorySegment packet = buffer.asSlice(HEADER);
            MemorySegment.copy(header, 0, buffer, ValueLayout.JAVA_BYTE, 0, HEADER);
            while (!ended) {
                if (!Linux.awaitReadable(tun, POLL_MILLIS)) {
                    continue;
                }
                int length = (int) Linux.read(tun, packet, PACKET_MAX);
                boolean ipv6 = (packet.get(ValueLayout.JAVA_BYTE, 0) >> 4 & 0xf) == 6;
                set16(buffer, 18, length + 2);
                set16(buffer, 20, ipv6 ? PPP_IPV6 : PPP_IPV4);
                frames.send(buffer, HEADER + length);
            }
        } catch (IOException e) {
            complain(e);
        }
    }

    private void receivePackets() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment packet = arena.allocate(PACKET_MAX);
            while (!ended) {
                byte[] frame = frames.receive(Duration.ofMillis(POLL_MILLIS), PppoeEndpoint::isSessionData);
                if (frame != null) {
                    int length = get16(frame, 18) - 2;
                    MemorySegment.copy(frame, HEADER, packet, ValueLayout.JAVA_BYTE, 0, length);
                    Linux.write(tun, packet, length);
                }
            }
        } catch (IOException e) {
            complain(e);
        }
    }

    private static boolean isSessionData(byte[] frame) {
        if (frame.length < HEADER || get16(frame, 12) != 0x8864 || frame[14] != 0x11 || get16(frame, 16) != SESSION) {
            return false;
        }
        int length = get16(frame, 18);
        int protocol = get16(frame, 20);
        return length > 2 && length + 20 <= frame.length && (protocol == PPP_IPV4 || protocol == PPP_IPV6);
    }

    private void complain(IOException e) {
        if (!ended) {
            System.err.println("testbed: PPPoE endpoint ends: " + e.getMessage());
        }
    }

    private static int get16(byte[] bytes, int offset) {
        return (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
    }

    private static void put16(byte[] bytes, int offset, int value) {
        bytes[offset] = (byte) (value >> 8);
        bytes[offset + 1] = (byte) value;
    }

    private static void set16(MemorySegment segment, long offset, int value) {
        segment.set(ValueLayout.JAVA_BYTE, offset, (byte) (value >> 8));
        segment.set(ValueLayout.JAVA_BYTE, offset + 1, (byte) value);
    }

    @Override
    public void close() {
        ended = true;
        try {
            sending.join();
            receiving.join();
            frames.close();
            Linux.close(tun);
        } catch (IOException e) {
            System.err.println("testbed: PPPoE endpoint: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
