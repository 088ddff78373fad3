package jp.genkan.ips.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes the instances of a buffer: most have one, some have several (the names of a DNS message, the certificates of a chain). Used again and again; what it
 * holds is valid until it is cleared.
 *
 * <p>Thread rule: one worker.
 */
public final class BufferSink {
    /** Most instances of one buffer: a hostile message with more is inspected this far. */
    public static final int INSTANCES_MAX = 1024;

    private static final int FIRST_ROOM = 8;

    private byte[][] octets = new byte[FIRST_ROOM][];
    private int[] from = new int[FIRST_ROOM];
    private int[] to = new int[FIRST_ROOM];
    private int count;

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(octets, 0, count, null);
        count = 0;
    }

    /** An instance that is a whole array, which nobody may change as long as this packet lasts; nothing for null. */
    public void add(byte @Nullable [] whole) {
        if (whole != null) {
            add(whole, 0, whole.length);
        }
    }

    /** A text in UTF-8; nothing for null. Allocates: for buffers that are looked at once a transaction. */
    public void add(@Nullable String text) {
        if (text != null) {
            add(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** An instance that is a part of an array. */
    public void add(byte[] in, int begin, int end) {
        if (count == INSTANCES_MAX) {
            return;
        }
        if (count == octets.length) {
            octets = Arrays.copyOf(octets, count * 2);
            from = Arrays.copyOf(from, count * 2);
            to = Arrays.copyOf(to, count * 2);
        }
        octets[count] = in;
        from[count] = begin;
        to[count] = end;
        count++;
    }

    /** How many instances there are. */
    public int count() {
        return count;
    }

    /** The array of an instance. */
    public byte[] octets(int instance) {
        return octets[instance];
    }

    /** Index of its first octet. */
    public int from(int instance) {
        return from[instance];
    }

    /** Index behind its last octet. */
    public int to(int instance) {
        return to[instance];
    }
}
