package jp.genkan.dataplane.stream;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * A slow, obvious TCP receiver: a map from place to octet, and for each octet the extents of the segment that brought it. It takes whatever reaches
 * its window, flags and acknowledgments unchecked, so that it accepts more than any real one.
 */
final class Receiver {
    private record Octet(byte value, int start, int end) {}

    private final OverlapPolicy policy;
    private final int window;
    private final Map<Integer, Octet> waiting = new HashMap<>();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private int next;
    private int fin;
    private boolean finKnown;

    Receiver(OverlapPolicy policy, int first, int window) {
        this.policy = policy;
        this.next = first;
        this.window = window;
    }

    void take(int sequence, byte[] payload, boolean isFin) {
        int end = sequence + payload.length;
        for (int i = 0; i < payload.length; i++) {
            int place = sequence + i;
            if (place - next < 0 || place - next >= window) {
                continue;
            }
            Octet there = waiting.get(place);
            if (there == null || policy.replaces(sequence, end, there.start, there.end)) {
                waiting.put(place, new Octet(payload[i], sequence, end));
            }
        }
        if (isFin && !finKnown && end - next >= 0) {
            fin = end;
            finKnown = true;
        }
        while (waiting.containsKey(next) && !isFinished()) {
            Octet octet = waiting.remove(next);
            read.write(octet.value);
            next++;
        }
    }

    boolean isFinished() {
        return finKnown && next == fin;
    }

    /** What it acknowledges. */
    int acknowledgment() {
        return isFinished() ? next + 1 : next;
    }

    /** What its program has read. */
    byte[] read() {
        return read.toByteArray();
    }

    int count() {
        return read.size();
    }
}
