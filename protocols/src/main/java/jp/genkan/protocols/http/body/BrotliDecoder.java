package jp.genkan.protocols.http.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.brotli.dec.BrotliInputStream;

/**
 * Takes brotli off when the whole body is there: its library pulls, and cannot wait. Browsers ask for brotli over TLS only, so that few bodies in the
 * clear have it.
 *
 * <p>Thread rule: the worker of its flow; the account of waiting octets is shared by all.
 */
final class BrotliDecoder extends ContentDecoder {
    /** Coded octets of one body; twenty times what a large page has. Beyond it the rest is not decoded. */
    static final int WAITING_MAX = 8 << 20;

    /** Coded octets of all bodies together. Beyond it a body is decoded as far as it has come, and the rest is not. */
    static final long WAITING_ALL_MAX = 256L << 20;

    private static final AtomicLong WAITING_ALL = new AtomicLong();
    private static final int FIRST = 4096;

    private byte[] waiting = {};
    private int length;
    private boolean isFull;

    @Override
    void decode(byte[] octets, int from, int to, Output out) {
        int more = to - from;
        if (isFull || length + more > WAITING_MAX || !grows(length + more)) {
            isFull = true;
            return;
        }
        System.arraycopy(octets, from, waiting, length, more);
        length += more;
    }

    private boolean grows(int needed) {
        if (needed <= waiting.length) {
            return true;
        }
        int capacity = Math.min(WAITING_MAX, Math.max(FIRST, Math.max(needed, waiting.length * 2)));
        int more = capacity - waiting.length;
        if (WAITING_ALL.addAndGet(more) > WAITING_ALL_MAX) {
            WAITING_ALL.addAndGet(-more);
            return false;
        }
        waiting = Arrays.copyOf(waiting, capacity);
        return true;
    }

    @Override
    void finish(Output out) {
        if (length == 0) {
            condition(Condition.ENDED);
            return;
        }
        byte[] piece = new byte[InflateDecoder.PIECE];
        boolean hasMade = false;
        try (BrotliInputStream stream = new BrotliInputStream(new ByteArrayInputStream(waiting, 0, length))) {
            int made = stream.read(piece);
            while (made > 0) {
                hasMade = true;
                if (!out.take(piece, 0, made)) {
                    condition(Condition.ENDED);
                    return;
                }
                made = stream.read(piece);
            }
            condition(isFull ? Condition.BROKEN : Condition.ENDED);
        } catch (IOException notBrotli) {
            condition(hasMade ? Condition.BROKEN : Condition.PLAIN);
            if (!hasMade) {
                out.take(waiting, 0, length);
            }
        }
    }

    @Override
    void close() {
        WAITING_ALL.addAndGet(-waiting.length);
        waiting = new byte[0];
        length = 0;
    }
}
