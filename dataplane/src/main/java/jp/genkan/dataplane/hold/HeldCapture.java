package jp.genkan.dataplane.hold;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.pipeline.Hold;

/**
 * One direction that is held in a capture. Its octets are kept as long as the flow lives, since a capture may repeat them.
 *
 * <p>Thread rule: the one thread of a replay.
 */
final class HeldCapture implements Hold {
    @SuppressWarnings("ArrayRecordComponent") // kept, not compared
    private record Range(long from, byte[] octets) {
        long to() {
            return from + octets.length;
        }
    }

    private final int base;
    private final HeldFrames frames;
    private final List<Range> replaced = new ArrayList<>();
    private byte[] octets = new byte[4096];
    /** Position of the first octet that is kept. */
    private long low;

    private long high;
    private long limit;
    private boolean ended;
    private boolean cut;

    HeldCapture(int base, HeldFrames frames) {
        this.base = base;
        this.frames = frames;
    }

    /** Positions of a stream are told apart within 2 GiB around where it stands. */
    long position(int sequence) {
        return high + (sequence - (base + (int) high));
    }

    int sequence(long position) {
        return base + (int) position;
    }

    void append(MemorySegment bytes, long offset, int length, int gap) {
        if (ended || gap > 0) {
            high += (long) length + gap;
            low = high;
            limit = ended ? high : limit;
            ended = true;
            return;
        }
        int kept = (int) (high - low);
        if (kept + length > octets.length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, kept + length));
        }
        MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, octets, kept, length);
        high += length;
    }

    /** Held again after its end. */
    void resume() {
        ended = false;
        low = high;
        limit = high;
    }

    void cut() {
        cut = true;
    }

    boolean isCut() {
        return cut;
    }

    /** Puts what was replaced into a frame's payload; true when anything was. */
    boolean fill(long position, byte[] frame, int payload, int length) {
        boolean any = false;
        for (Range range : replaced) {
            long from = Math.max(range.from, position);
            long to = Math.min(range.to(), position + length);
            if (from < to) {
                System.arraycopy(
                        range.octets, (int) (from - range.from), frame, payload + (int) (from - position), (int)
                                (to - from));
                any = true;
            }
        }
        return any;
    }

    // ---- Hold

    @Override
    public long size() {
        return high;
    }

    @Override
    public long released() {
        return limit;
    }

    @Override
    public void read(long from, byte[] to, int at, int length) {
        System.arraycopy(octets, (int) (from - low), to, at, length);
    }

    @Override
    public void replace(long at, byte[] bytes, int from, int to) {
        replaced.add(new Range(at, Arrays.copyOfRange(bytes, from, to)));
        frames.replaced(to - from);
    }

    @Override
    public void release(long upTo) {
        limit = Math.max(limit, Math.min(upTo, high));
    }

    @Override
    public void end() {
        ended = true;
        limit = high;
        octets = new byte[0];
        low = high;
    }

    @Override
    public boolean isOver() {
        return ended;
    }

    @Override
    public long room() {
        return frames.room();
    }
}
