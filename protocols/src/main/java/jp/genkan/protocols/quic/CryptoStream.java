package jp.genkan.protocols.quic;

import java.util.Arrays;
import java.util.BitSet;
import jp.genkan.protocols.tls.HandshakeReader;

/**
 * The octets of CRYPTO frames of one direction (RFC 9000 §19.6), which come in any order, and more than once.
 *
 * <p>Thread rule: one owner.
 */
final class CryptoStream {
    /** Furthest octet that is read. Hellos have up to 4 KiB, in Initial packets nothing else comes; frames beyond it are left out. */
    static final int OCTETS_MAX = 16_384;

    private static final int FIRST = 2048;

    private final HandshakeReader messages = new HandshakeReader();
    private final BitSet there = new BitSet();
    private byte[] octets = {};
    private int delivered;

    /**
     * Takes a frame's octets, and gives on what is now without holes.
     *
     * @param offset in the stream
     * @return false when they lie beyond what is read
     */
    boolean put(long offset, byte[] from, int first, int behind, HandshakeReader.Receiver receiver) {
        if (offset + (behind - first) > OCTETS_MAX) {
            return false;
        }
        int begin = (int) offset;
        int end = begin + behind - first;
        if (end > octets.length) {
            octets = Arrays.copyOf(octets, Math.clamp(octets.length * 2L, Math.max(end, FIRST), OCTETS_MAX));
        }
        if (end > delivered) { // what was read already is not changed any more
            System.arraycopy(from, first, octets, begin, end - begin);
            there.set(begin, end);
        }
        int ready = there.nextClearBit(delivered);
        if (ready > delivered) {
            int at = delivered;
            delivered = ready;
            messages.feed(octets, at, ready, receiver);
        }
        return true;
    }

    /** Gives its memory back. */
    void clear() {
        octets = new byte[0];
        there.clear();
        messages.reset();
        delivered = 0;
    }
}
