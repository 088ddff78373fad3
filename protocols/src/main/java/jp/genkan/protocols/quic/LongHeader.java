package jp.genkan.protocols.quic;

import jp.genkan.protocols.tls.OctetReader;
import org.jspecify.annotations.Nullable;

/**
 * The clear part of a long header (RFC 9000 §17.2), of one packet of a datagram.
 *
 * <pre>
 *  1|fixed|type(2)|protected(4)  version(32)  length(8) destination id  length(8) source id
 *  Initial:  token length(i) token  length(i)  packet number and payload
 *  0-RTT, Handshake:  length(i)  packet number and payload
 * </pre>
 *
 * <p>Thread rule: immutable.
 */
final class LongHeader {
    /** Longest connection id: RFC 9000 §17.2. */
    static final int CONNECTION_ID_MAX = 20;

    private final int first;
    private final int version;
    private final byte[] destination;
    private final int numberAt;
    private final int end;

    private LongHeader(int first, int version, byte[] destination, int numberAt, int end) {
        this.first = first;
        this.version = version;
        this.destination = destination;
        this.numberAt = numberAt;
        this.end = end;
    }

    /** The first octet. */
    int first() {
        return first;
    }

    /** Number on the wire. */
    int version() {
        return version;
    }

    /** The destination's connection id. */
    byte[] destination() {
        return destination;
    }

    /** Index of the packet number; -1 when the version's packets cannot be read, or it is a Retry. */
    int numberAt() {
        return numberAt;
    }

    /** Index behind the packet. */
    int end() {
        return end;
    }

    /** Reads it; null when it is none. */
    static @Nullable LongHeader read(byte[] octets, int from, int to) {
        OctetReader in = new OctetReader(octets, from, to);
        int first = in.u8();
        int version = in.u32();
        QuicVersion known = QuicVersion.of(version);
        int destinationLength = in.u8();
        if (known == null) {
            byte[] id = in.copy(Math.min(destinationLength, CONNECTION_ID_MAX));
            return in.hasFailed() ? null : new LongHeader(first, version, id, -1, to);
        }
        byte[] destination = in.copy(destinationLength);
        in.skip(in.u8());
        if (in.hasFailed() || destinationLength > CONNECTION_ID_MAX) {
            return null;
        }
        if (known.isRetry(first)) {
            return new LongHeader(first, version, destination, -1, to);
        }
        if (known.isInitial(first)) {
            skip(in, varint(in));
        }
        long length = varint(in);
        if (in.hasFailed() || length > in.remaining()) {
            return null;
        }
        int numberAt = in.position();
        return new LongHeader(first, version, destination, numberAt, numberAt + (int) length);
    }

    /** RFC 9000 §16. */
    static long varint(OctetReader in) {
        int first = in.u8();
        long value = first & 0x3f;
        for (int i = (1 << (first >> 6)) - 1; i > 0; i--) {
            value = value << 8 | in.u8();
        }
        return value;
    }

    static void skip(OctetReader in, long count) {
        in.skip((int) Math.min(count, Integer.MAX_VALUE));
    }
}
