package jp.genkan.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Frames;
import jp.genkan.core.frame.Packet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Cut off, spoilt and random frames. Each lies in a segment that ends with it, so that a read beyond its end raises an exception.
 */
class FrameDecoderRobustnessTest {
    private final FrameDecoder decoder = new FrameDecoder(ChecksumPolicy.VERIFY);
    private final Packet packet = new Packet();

    private void decode(byte[] octets, int start, int length, int wireLength, LinkType link) {
        packet.wrap(MemorySegment.ofArray(octets).asSlice(0, start + length), start, length);
        packet.wireLength = wireLength;
        decoder.decode(packet, link);
        for (Packet layer = packet; layer != null; layer = layer.inner()) {
            assertInside(layer);
        }
    }

    /** Whatever the decoder says lies inside the frame. Plain comparisons: this runs a million times. */
    private static void assertInside(Packet layer) {
        boolean inside = layer.ipVersion == 0 || isIpInside(layer);
        if (layer.transportOffset != Packet.NONE) {
            inside &= isTransportInside(layer) && !layer.isFragment();
        }
        if (!inside) {
            throw new AssertionError("a layer outside of its frame: IP at " + layer.ipOffset + ", header of "
                    + layer.ipHeaderLength + ", length " + layer.ipLength + ", transport at " + layer.transportOffset
                    + ", payload at " + layer.payloadOffset + " of " + layer.payloadLength + ", frame at "
                    + layer.frameOffset + " to " + layer.frameEnd());
        }
    }

    private static boolean isIpInside(Packet layer) {
        return layer.ipOffset >= layer.frameOffset
                && layer.ipHeaderLength >= 20
                && layer.ipHeaderLength <= layer.ipLength
                && layer.ipOffset + layer.ipLength <= layer.frameEnd();
    }

    private static boolean isTransportInside(Packet layer) {
        return layer.transportOffset >= layer.ipOffset + 20
                && layer.payloadOffset >= layer.transportOffset + 8
                && layer.payloadLength >= 0
                && layer.payloadOffset + layer.payloadLength <= layer.frameEnd();
    }

    @Test
    void survivesEveryTruncatedLength() {
        for (byte[] frame : Frames.everyKind()) {
            byte[] buffer = new byte[frame.length + 7];
            for (int length = 0; length <= frame.length; length++) {
                Arrays.fill(buffer, (byte) 0xa5);
                System.arraycopy(frame, 0, buffer, 7, length);
                decode(buffer, 7, length, length, LinkType.ETHERNET);
                decode(buffer, 7, length, frame.length, LinkType.ETHERNET);
            }
        }
    }

    @Test
    void survivesA5FromAnyOctetOn() {
        for (byte[] frame : Frames.everyKind()) {
            for (int from = 0; from < frame.length; from++) {
                byte[] spoilt = frame.clone();
                Arrays.fill(spoilt, from, spoilt.length, (byte) 0xa5);
                decode(spoilt, 0, spoilt.length, spoilt.length, LinkType.ETHERNET);
            }
        }
    }

    @Test
    void survivesEveryValueOfEveryOctet() {
        for (byte[] frame : Frames.everyKind()) {
            for (int at = 12; at < frame.length; at++) {
                byte kept = frame[at];
                for (int value = 0; value < 256; value++) {
                    frame[at] = (byte) value;
                    decode(frame, 0, frame.length, frame.length, LinkType.ETHERNET);
                }
                frame[at] = kept;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LinkType.class)
    void survivesRandomOctets(LinkType link) {
        long seed = Long.getLong("genkan.seed", 31);
        Random random = new Random(seed);
        List<byte[]> kinds = Frames.everyKind();
        for (int round = 0; round < 5_000; round++) {
            byte[] octets = kinds.get(random.nextInt(kinds.size())).clone();
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            int start = link == LinkType.ETHERNET ? 0 : random.nextInt(20);
            int length = Math.max(0, octets.length - start - random.nextInt(4));
            decode(octets, start, length, length + random.nextInt(2) * 100, link);
        }
    }

    @Test
    void hasABitForEveryAnomaly() {
        assertThat(DecodeAnomaly.count()).isLessThanOrEqualTo(2 * Long.SIZE);
    }
}
