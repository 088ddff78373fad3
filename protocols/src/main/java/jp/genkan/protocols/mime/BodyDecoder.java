package jp.genkan.protocols.mime;

/**
 * Undoes a transfer coding. Takes any octets and never fails: what is broken is read as mail programs read it, and noted.
 *
 * <p>Thread rule: one owner.
 */
abstract class BodyDecoder {
    /** Where decoded octets go. */
    interface Sink {
        void octets(byte[] octets, int from, int to);
    }

    /** Decoded octets that are told at a time: small, since every open part has one, and large enough that the calls do not count. */
    private static final int PIECE = 2048;

    private static final byte[] NONE = {};

    private byte[] out = NONE;
    private int count;
    private boolean broken;

    /** Decodes some octets and tells what came of it. */
    abstract void decode(byte[] octets, int from, int to, Sink sink);

    /** The body is over: what is held back is told. */
    void end(Sink sink) {
        flush(sink);
    }

    /** Octets are missing here. */
    void gap(Sink sink) {
        flush(sink);
    }

    /** True when the coding's rules were broken. */
    final boolean isBroken() {
        return broken;
    }

    final void markBroken() {
        broken = true;
    }

    final void put(int octet, Sink sink) {
        if (count == out.length) {
            if (count == 0) {
                out = new byte[PIECE];
            } else {
                flush(sink);
            }
        }
        out[count++] = (byte) octet;
    }

    final void flush(Sink sink) {
        if (count > 0) {
            sink.octets(out, 0, count);
            count = 0;
        }
    }
}
