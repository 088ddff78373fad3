package jp.genkan.protocols.websocket;

import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Decompresses the messages of one direction (RFC 7692 §7.2.2). What came before is kept as the window, which does no harm where the sender begins anew
 * with each message.
 *
 * <p>Thread rule: the worker of its flow, which ends it.
 */
final class MessageInflater {
    /** Most octets that one message may unfold to; beyond, the direction is not decompressed any more: sixteen times what is kept. */
    static final int UNFOLDED_MAX = 1 << 20;

    private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};
    private static final int PIECE = 4096;

    private @Nullable Inflater inflater;
    private boolean broken;

    /**
     * The octets of a message.
     *
     * @param keptMax most octets to give back
     * @return null when they cannot be decompressed
     */
    byte @Nullable [] unfold(byte[] message, int keptMax) {
        if (broken) {
            return null;
        }
        Inflater current = inflater;
        if (current == null) {
            current = new Inflater(true);
            inflater = current;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try {
            int total = drain(current, message, kept, keptMax, 0);
            if (current.finished()) {
                current.reset(); // a last block: what follows is a stream of its own
            } else if (total <= UNFOLDED_MAX) {
                total = drain(current, TAIL, kept, keptMax, total);
            }
            broken = total > UNFOLDED_MAX;
        } catch (DataFormatException notDeflate) {
            broken = true;
        }
        if (broken) {
            end();
        }
        return kept.toByteArray();
    }

    private static int drain(Inflater from, byte[] input, ByteArrayOutputStream kept, int keptMax, int before)
            throws DataFormatException {
        byte[] piece = new byte[PIECE];
        int total = before;
        from.setInput(input);
        int count = from.inflate(piece);
        while (count > 0 && total <= UNFOLDED_MAX) {
            kept.write(piece, 0, Math.clamp(keptMax - kept.size(), 0, count));
            total += count;
            count = from.inflate(piece);
        }
        return total;
    }

    /** Gives its memory back. */
    void end() {
        broken = true;
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
