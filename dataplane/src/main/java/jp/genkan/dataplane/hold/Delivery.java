package jp.genkan.dataplane.hold;

/**
 * Sends what may go to the receiver, in the sender's place: congestion control of RFC 5681 with the larger first window of RFC 6928, retransmission time of RFC
 * 6298, fast recovery of RFC 6582 that passes over what the receiver has said to have (RFC 2018).
 *
 * <p>Positions count octets from where the hold began; a FIN takes one of its own behind the last octet.
 *
 * <p>Thread rule: one worker.
 */
final class Delivery {
    /** Segments of the first window (RFC 6928 §2). */
    private static final int FIRST_WINDOW = 10;

    /** Octets of the first window towards a machine of the LAN: no path lies between but a switch or two, and what is held has waited already. */
    private static final int FIRST_WINDOW_NEAR = 256 << 10;

    private static final long MILLISECOND = 1_000_000L;
    /** First retransmission time: the receiver is mostly in the LAN; one that is not is asked for its time by the first segments. */
    private static final long FIRST_TIME = 300 * MILLISECOND;

    /** Least one: that of Linux, since receivers delay acknowledgments by less. */
    private static final long LEAST_TIME = 200 * MILLISECOND;

    private static final long LONGEST_TIME = 10_000 * MILLISECOND;

    /** How often the same octets are sent again before the receiver counts as gone: some two minutes. */
    static final int TRIES_MAX = 14;

    /** Payload of the largest super-frame. */
    static final int BURST_MAX = 60_000;

    /** Smallest segment, used when larger ones seem not to arrive (RFC 4821 §7.7 names it for IPv4, and it is below IPv6's least). */
    private static final int SMALL_SEGMENT = 536;

    private static final int RANGES_MAX = 8;

    /** Where segments go. */
    interface Output {
        /**
         * Sends octets, or none with a FIN.
         *
         * @return false when there is no room for it now
         */
        boolean segment(long position, int length, boolean fin, boolean push);
    }

    private final Output output;
    private final boolean bursts;
    private int segment;
    /** Acknowledged up to here. */
    private long una;
    /** Sent up to here, since the last time-out. */
    private long next;
    /** Sent up to here at all. */
    private long sent;
    /** Up to where the receiver's window reaches. */
    private long edge;

    private long congestionWindow;
    private long threshold = Long.MAX_VALUE;
    private int duplicates;
    private boolean recovering;
    private long recover;
    private long repairAt;
    private final long[] ranges = new long[2 * RANGES_MAX];
    private int rangeCount;

    private long roundTrip;
    private long variation;
    private long time = FIRST_TIME;
    private long timedPosition = -1;
    private long timedSince;
    private long deadline = Long.MAX_VALUE;
    private int tries;
    private boolean finSent;

    /**
     * A delivery that begins.
     *
     * @param segment octets of a segment
     * @param bursts whether several segments can be given away at once
     * @param edge up to where the receiver's window reaches
     * @param near true when the receiver is in the LAN
     */
    Delivery(Output output, int segment, boolean bursts, long edge, boolean near) {
        this.output = output;
        this.bursts = bursts;
        this.segment = segment;
        this.edge = edge;
        congestionWindow = near ? FIRST_WINDOW_NEAR : (long) FIRST_WINDOW * segment;
    }

    /** Segments of this size have arrived from the sender: they fit the path. */
    void fits(int octets, int segmentMax) {
        if (octets > segment && tries == 0) {
            segment = Math.min(octets, segmentMax);
        }
    }

    /** Octets of a segment. */
    int segmentSize() {
        return segment;
    }

    long acknowledged() {
        return una;
    }

    long next() {
        return next;
    }

    long sentUpTo() {
        return sent;
    }

    long edge() {
        return edge;
    }

    /** When {@link #onTime} is due. */
    long deadline() {
        return deadline;
    }

    /** The receiver does not answer. */
    boolean isGivenUp() {
        return tries > TRIES_MAX;
    }

    // ---- what the receiver says

    /**
     * An acknowledgment.
     *
     * @param position up to which it is; it may lie behind what was sent, when the kernel has forwarded some of it
     * @param high behind the last octet, and the FIN, that can be acknowledged
     * @param reach its window's edge
     * @param bare true when the packet carries nothing else
     */
    void onAcknowledgment(long position, long high, long reach, boolean bare, long now) {
        if (position > high || position < 0) {
            return;
        }
        sent = Math.max(sent, position);
        boolean moved = reach > edge;
        edge = Math.max(edge, reach);
        if (position > una) {
            advance(position, now);
        } else if (position == una && una < next && bare && !moved) {
            duplicates++;
            if (recovering) {
                congestionWindow += segment;
            } else if (duplicates == 3) {
                threshold = Math.max((next - una) / 2, 2L * segment);
                congestionWindow = threshold + 3L * segment;
                recovering = true;
                recover = next;
                repairAt = una;
                repair();
            }
            if (recovering && duplicates > 3 && rangeCount > 0) {
                repair();
            }
        }
    }

    private void advance(long position, long now) {
        long news = position - una;
        una = position;
        next = Math.max(next, una);
        duplicates = 0;
        tries = 0;
        if (timedPosition >= 0 && una >= timedPosition) {
            timed(now - timedSince);
            timedPosition = -1;
        }
        forgetRanges();
        if (recovering) {
            if (una >= recover) {
                recovering = false;
                congestionWindow = Math.max(threshold, 2L * segment);
                rangeCount = 0;
            } else {
                congestionWindow = Math.max(congestionWindow - news + segment, 2L * segment);
                repairAt = Math.max(repairAt, una);
                repair();
            }
        } else {
            congestionWindow += congestionWindow < threshold ? news : Math.max(1, news * segment / congestionWindow);
        }
        deadline = una < sent ? now + time : Long.MAX_VALUE;
    }

    private void timed(long took) {
        if (roundTrip == 0) {
            roundTrip = took;
            variation = took / 2;
        } else {
            variation += (Math.abs(roundTrip - took) - variation) / 4;
            roundTrip += (took - roundTrip) / 8;
        }
        time = Math.clamp(roundTrip + 4 * variation, LEAST_TIME, LONGEST_TIME);
    }

    /** The receiver has octets behind a gap. */
    void onRange(long from, long to) {
        if (from < una || to > sent || from >= to) {
            return;
        }
        for (int i = 0; i < rangeCount; i++) {
            if (from <= ranges[2 * i + 1] && to >= ranges[2 * i]) {
                ranges[2 * i] = Math.min(from, ranges[2 * i]);
                ranges[2 * i + 1] = Math.max(to, ranges[2 * i + 1]);
                return;
            }
        }
        if (rangeCount < RANGES_MAX) {
            ranges[2 * rangeCount] = from;
            ranges[2 * rangeCount++ + 1] = to;
        }
    }

    private void forgetRanges() {
        for (int i = rangeCount - 1; i >= 0; i--) {
            if (ranges[2 * i] < una) {
                rangeCount--;
                ranges[2 * i] = ranges[2 * rangeCount];
                ranges[2 * i + 1] = ranges[2 * rangeCount + 1];
            }
        }
    }

    // ---- sending

    /** Sends one segment that seems lost. */
    private void repair() {
        long at = Math.max(repairAt, una);
        long stop = rangeCount == 0 ? una + 1 : 0;
        for (int i = 0; i < rangeCount; i++) {
            stop = Math.max(stop, ranges[2 * i]);
        }
        boolean within = true;
        while (within) {
            within = false;
            for (int i = 0; i < rangeCount; i++) {
                if (at >= ranges[2 * i] && at < ranges[2 * i + 1]) {
                    at = ranges[2 * i + 1];
                    within = true;
                }
            }
        }
        if (at >= stop || at >= sent) {
            return;
        }
        int length = (int) Math.min(segment, finSent && sent > 0 ? sent - 1 - at : sent - at);
        length = Math.min(length, HeldOctets.contiguous(at));
        for (int i = 0; i < rangeCount; i++) {
            if (ranges[2 * i] > at) {
                length = (int) Math.min(length, ranges[2 * i] - at);
            }
        }
        if (output.segment(at, length, length == 0, true)) {
            repairAt = at + Math.max(length, 1);
            timedPosition = -1;
        }
    }

    /**
     * Sends what may go.
     *
     * @param end behind the last octet that may
     * @param fin a FIN follows it
     * @return false when there was no room for all of it
     */
    boolean send(long end, boolean fin, long now) {
        long window = Math.min(edge, una + congestionWindow);
        while (next < end && next < window) {
            long may = Math.min(end, window) - next;
            int length = (int) Math.min(Math.min(may, bursts ? BURST_MAX : segment), HeldOctets.contiguous(next));
            if (length > segment) {
                length -= length % segment;
            } else if (length < segment && next + length == window && next > una && window < end) {
                return true; // silly window: the rest of a segment will fit soon (RFC 9293 §3.8.6.2.1)
            }
            if (!output.segment(next, length, false, next + length == end)) {
                return false;
            }
            sentTo(next + length, now);
        }
        if (fin && next == end && next <= window) {
            if (!output.segment(next, 0, true, true)) {
                return false;
            }
            finSent = true;
            sentTo(next + 1, now);
        }
        if (next < end && next == una && next >= edge && deadline == Long.MAX_VALUE) {
            deadline = now + time; // the window is closed: it is asked for
        }
        return true;
    }

    private void sentTo(long position, long now) {
        if (timedPosition < 0 && position > sent) {
            timedPosition = position;
            timedSince = now;
        }
        next = position;
        sent = Math.max(sent, next);
        if (deadline == Long.MAX_VALUE) {
            deadline = now + time;
        }
    }

    /** Nothing was heard for too long: sends from the first octet on that is not acknowledged. */
    void onTime(long now) {
        tries++;
        deadline = now + Math.min(time << Math.min(tries, 6), LONGEST_TIME);
        timedPosition = -1;
        if (una >= sent) {
            probe();
            return;
        }
        threshold = Math.max((sent - una) / 2, 2L * segment);
        congestionWindow = segment;
        if (tries == 3 && segment > SMALL_SEGMENT) {
            segment = SMALL_SEGMENT; // perhaps larger ones do not pass, and nobody who says so is heard
        }
        recovering = false;
        duplicates = 0;
        rangeCount = 0;
        next = una;
        if (edge <= una) {
            probe();
        }
    }

    /** One octet beyond the window, so that the receiver says how large it is. */
    private void probe() {
        if (output.segment(una, 1, false, true)) {
            next = Math.max(next, una + 1);
            sent = Math.max(sent, next);
        }
    }
}
