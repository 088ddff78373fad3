package jp.genkan.testbed.bench;

import java.io.EOFException;
import java.util.concurrent.TimeoutException;
import org.pcap4j.core.NotOpenException;
import org.pcap4j.core.PcapHandle;
import org.pcap4j.core.PcapNativeException;
import org.pcap4j.core.PcapNetworkInterface.PromiscuousMode;
import org.pcap4j.packet.Packet;

/**
 * The box that the decision record compares with: pcap4j forwards between two interfaces, a thread for each direction.
 *
 * <p>Arguments: {@code packet|raw PORT PORT}. With {@code packet} each frame becomes the library's packet object, which is what its users
 * write; with {@code raw} it stays an array of bytes, which is the most that it can do.
 */
public final class Pcap4jForwarder {
    private static final int SNAP_LENGTH = 65_536;
    private static final int BUFFER_BYTES = 64 << 20;

    private Pcap4jForwarder() {}

    /** Forwards until it is killed. */
    public static void main(String[] arguments) throws Exception {
        boolean raw = "raw".equals(arguments[0]);
        PcapHandle one = open(arguments[1]);
        PcapHandle other = open(arguments[2]);
        PcapHandle outOfOne = open(arguments[1]);
        PcapHandle outOfOther = open(arguments[2]);
        Thread back = Thread.ofPlatform().start(() -> forward(other, outOfOne, raw));
        System.out.println("forwarding");
        forward(one, outOfOther, raw);
        back.join();
    }

    private static PcapHandle open(String name) throws PcapNativeException, NotOpenException {
        PcapHandle handle = new PcapHandle.Builder(name)
                .snaplen(SNAP_LENGTH)
                .promiscuousMode(PromiscuousMode.PROMISCUOUS)
                .timeoutMillis(1)
                .immediateMode(true)
                .bufferSize(BUFFER_BYTES)
                .build();
        handle.setDirection(PcapHandle.PcapDirection.IN);
        return handle;
    }

    private static void forward(PcapHandle from, PcapHandle to, boolean raw) {
        while (true) {
            try {
                if (raw) {
                    byte[] frame = from.getNextRawPacketEx();
                    to.sendPacket(frame);
                } else {
                    Packet packet = from.getNextPacketEx();
                    to.sendPacket(packet);
                }
            } catch (TimeoutException e) {
                // No frame came within the handle's time.
            } catch (PcapNativeException e) {
                // A frame that the interface refuses, larger than its MTU: lost, as its users lose it.
            } catch (EOFException | NotOpenException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
