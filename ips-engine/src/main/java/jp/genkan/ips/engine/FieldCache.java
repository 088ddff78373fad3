package jp.genkan.ips.engine;

import java.util.Arrays;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.signature.Check;

/**
 * The buffers of the transaction and direction that is being looked at, each read and transformed once however many rules ask for it.
 *
 * <p>Thread rule: one worker.
 */
final class FieldCache {
    private BufferSink[] sinks = {};
    private long[] rounds = {};
    private long round = 1;
    private final BufferSink raw = new BufferSink();

    /** Another transaction, direction or file: everything is read anew. */
    void turn() {
        round++;
    }

    /** The instances of a buffer. */
    BufferSink get(Check.BufferKey key, int number, Moment moment) {
        if (number >= sinks.length) {
            int room = Math.max(number + 1, sinks.length * 2);
            sinks = Arrays.copyOf(sinks, room);
            rounds = Arrays.copyOf(rounds, room);
        }
        BufferSink sink = sinks[number];
        if (sink == null) {
            sink = new BufferSink();
            sinks[number] = sink;
        }
        if (rounds[number] != round) {
            rounds[number] = round;
            sink.clear();
            read(key, moment, sink);
        }
        return sink;
    }

    private void read(Check.BufferKey key, Moment moment, BufferSink into) {
        Buffer buffer = key.buffer();
        if (key.transforms().isEmpty()) {
            buffer.source().read(moment, into);
            return;
        }
        raw.clear();
        buffer.source().read(moment, raw);
        for (int i = 0; i < raw.count(); i++) {
            transform(key, raw.octets(i), raw.from(i), raw.to(i), moment, into);
        }
        raw.clear();
    }

    /** Adds what the transforms make of octets; nothing when one of them has no result. */
    static void transform(Check.BufferKey key, byte[] octets, int from, int to, Moment moment, BufferSink into) {
        byte[] made = octets;
        int begin = from;
        int end = to;
        for (Transform transform : key.transforms()) {
            byte[] next = transform.apply(made, begin, end, moment);
            if (next == null) {
                return;
            }
            made = next;
            begin = 0;
            end = next.length;
        }
        into.add(made, begin, end);
    }
}
