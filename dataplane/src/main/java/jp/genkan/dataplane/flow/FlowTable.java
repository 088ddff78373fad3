package jp.genkan.dataplane.flow;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.linux.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A worker's flows: records outside of the heap, found by a keyed hash of the 5-tuple and the link.
 *
 * <p>Records of one class (protocol and whether established) form a list in the order of their last packets. Since a class has one timeout, the
 * head of its list is always the next to expire, and the next to be evicted: expiry, eviction and every packet's bookkeeping are O(1), without a
 * wheel. A flow moves to the end of its list at most once a second, so that a busy flow does not touch its neighbours with every packet; the
 * order, and with it a timeout, is true to {@link #LIST_GRAIN_NANOS}.
 *
 * <p>When the table is full, room is made at once: by the closed flow that is silent the longest, else by the half-open or one-packet flow that is,
 * so that a flood of spoofed first packets evicts itself. Established flows make room only while the others are less than 1/16 of the table, so
 * that neither kind can shut the other out. From then until 30 % are free shorter timeouts hold.
 *
 * <p>An evicted or ended flow waits until {@link #expire} tells it; its record is not used again before. The caller calls {@code expire} after every
 * batch, with at least twice the batch's frames as its maximum.
 *
 * <p>Thread rule: one worker; {@link #flows}, {@link #counters} and {@link #unsettleAll} may be called by anybody.
 */
public final class FlowTable implements AutoCloseable {
    /** How far a flow's place in its list may lag behind its last packet. */
    static final long LIST_GRAIN_NANOS = 1_000_000_000L;

    /** Unestablished flows may always have one in so many places. */
    static final int UNESTABLISHED_SHARE = 16;

    private static final int WORKERS_MAX = 256;
    private static final int SEQUENCE_BITS = 44;
    private static final long SEQUENCE_MASK = (1L << SEQUENCE_BITS) - 1;
    private static final long WRONG_CHECKSUM = DecodeAnomaly.TCP_CHECKSUM.bit()
            | DecodeAnomaly.UDP_CHECKSUM.bit()
            | DecodeAnomaly.ICMP_CHECKSUM.bit()
            | DecodeAnomaly.ICMPV6_CHECKSUM.bit()
            | DecodeAnomaly.IPV4_CHECKSUM.bit();

    private final FlowLimits limits;
    private final int stageCount;
    private final int recordBytes;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment records;
    private final MemorySegment blank;
    private final int[] buckets;
    private final int bucketMask;
    private final FlowKey key;
    private final FlowView view;
    private final FlowView endView;
    private final long[] timeouts;
    private final long[] emergencyTimeouts;
    private final long workerBits;
    private final CounterSet<FlowCounter> counters = new CounterSet<>(FlowCounter.class);

    private final FlowLists lists;
    private int free;
    private int neverUsed;
    private int live;
    private int nextClass;
    private boolean emergency;
    private long sequence;
    private volatile int generation = 1;
    private volatile int syncGeneration = 1;
    private volatile long published;

    /**
     * @param stageCount slots of each flow, 0 to {@value FlowRecord#STAGES_MAX}
     * @param worker number of the worker, 0 to 255, in the high bits of every flow id
     * @param seed secret that keys the hash and starts the ids; the same seed gives the same ids, for replays
     */
    public FlowTable(FlowLimits limits, int stageCount, int worker, long seed) {
        if (stageCount < 0 || stageCount > FlowRecord.STAGES_MAX) {
            throw new IllegalArgumentException("a flow has slots for 0 to 32 stages, not " + stageCount);
        }
        if (worker < 0 || worker >= WORKERS_MAX) {
            throw new IllegalArgumentException("a worker's number is 0 to 255, not " + worker);
        }
        this.limits = limits;
        this.stageCount = stageCount;
        recordBytes = FlowRecord.bytes(stageCount);
        records = Memory.zeroed((long) (limits.flowsMax() + limits.endedMax()) * recordBytes, arena);
        blank = arena.allocate(recordBytes, Long.BYTES);
        buckets = new int[limits.bucketCount()];
        Arrays.fill(buckets, FlowRecord.NIL);
        bucketMask = buckets.length - 1;
        key = new FlowKey(seed);
        view = new FlowView(this, records);
        endView = new FlowView(this, records);
        timeouts = limits.timeouts().byClass();
        emergencyTimeouts = limits.emergencyTimeouts().byClass();
        workerBits = (long) worker << SEQUENCE_BITS;
        sequence = FlowKey.mix(seed ^ 0x666c6f77L) & SEQUENCE_MASK >>> 1;
        lists = new FlowLists(records, recordBytes);
        free = FlowRecord.NIL;
    }

    // ---- the packet's way

    /**
     * Finds the packet's flow, or begins one, and counts the packet in it.
     *
     * @param nanos monotonic time, or capture time in a replay
     * @return the table's view, moved to the flow and turned to the packet's direction; null when the packet has no IP layer, is a fragment or
     *     malformed, or when too many ended flows wait to be told (all counted)
     */
    public @Nullable FlowView find(Packet packet, long nanos) {
        return find(packet, nanos, view);
    }

    /** As {@link #find(Packet, long)}, with a view of the caller's: a tunnel's layers have a flow each at the same time. */
    public @Nullable FlowView find(Packet packet, long nanos, FlowView into) {
        if (!hasFlow(packet)) {
            return null;
        }
        key.of(packet);
        boolean right = (packet.anomalies & WRONG_CHECKSUM) == 0;
        int index = lookUp();
        if (index != FlowRecord.NIL) {
            long base = base(index);
            EndReason over = right ? over(base, packet, nanos) : null;
            if (over == null) {
                into.move(index, base, isToServer(base));
                account(into, packet, nanos, right);
                return into;
            }
            end(index, base, over);
        }
        index = create(packet, nanos, right);
        if (index == FlowRecord.NIL) {
            return null;
        }
        long base = base(index);
        into.move(index, base, isToServer(base));
        account(into, packet, nanos, right);
        return into;
    }

    /** Another view on this table, for callers that look at two flows at a time. */
    public FlowView newView() {
        return new FlowView(this, records);
    }

    private boolean hasFlow(Packet packet) {
        if (packet.ipVersion == 0 || packet.ipProtocol == Packet.NONE) {
            counters.increment(FlowCounter.NO_IP);
            return false;
        }
        if (packet.isFragment() && !packet.reassembled) {
            counters.increment(FlowCounter.NO_FLOW_FRAGMENT);
            return false;
        }
        if (packet.transportOffset == Packet.NONE && FlowRecord.needsTransport(packet.ipProtocol)) {
            counters.increment(FlowCounter.NO_FLOW_MALFORMED);
            return false;
        }
        return true;
    }

    private int lookUp() {
        int index = buckets[key.hash & bucketMask];
        while (index != FlowRecord.NIL) {
            long base = base(index);
            if (getInt(base, FlowRecord.HASH) == key.hash && key.matches(records, base)) {
                return index;
            }
            index = getInt(base, FlowRecord.CHAIN);
        }
        return FlowRecord.NIL;
    }

    private boolean isToServer(long base) {
        return key.sourceIsLow == ((getInt(base, FlowRecord.FLAGS) & FlowRecord.CLIENT_IS_LOW) != 0);
    }

    /** Whether the flow that was found is over, so that the packet begins a new one. */
    private @Nullable EndReason over(long base, Packet packet, long nanos) {
        long silent = nanos - getLong(base, FlowRecord.LAST_NANOS);
        if (silent >= timeouts[getByte(base, FlowRecord.CLASS)]) {
            return EndReason.TIMEOUT;
        }
        return packet.ipProtocol == FlowRecord.TCP
                        && (packet.tcpFlags & Packet.SYN) != 0
                        && (isTriedAgain(base, packet)
                                || TcpTracker.beginsAnew(records, base, isToServer(base), packet))
                ? EndReason.TCP_REUSE
                : null;
    }

    private boolean isTriedAgain(long base, Packet packet) {
        return (packet.tcpFlags & Packet.ACK) == 0 && (getInt(base, FlowRecord.FLAGS) & FlowRecord.REFUSED) != 0;
    }

    private void account(FlowView flow, Packet packet, long nanos, boolean right) {
        if (right && flow.hasFlag(FlowRecord.PROVISIONAL)) {
            decideClient(flow, packet);
        }
        boolean toServer = flow.toServer();
        long base = base(flow.index());
        long before = FlowEnds.count(records, base, toServer, packet);
        if (packet.epochNanos > getLong(base, FlowRecord.LAST_EPOCH)) {
            putLong(base, FlowRecord.LAST_EPOCH, packet.epochNanos);
        }
        if (before == 0) {
            learnEnd(base, packet, toServer);
        }
        if (packet.ipProtocol == FlowRecord.TCP) {
            int seen = toServer ? FlowRecord.TCP_FLAGS_TO_SERVER : FlowRecord.TCP_FLAGS_TO_CLIENT;
            putByte(base, seen, getByte(base, seen) | packet.tcpFlags);
        }
        if (flow.isBypassed() && getInt(base, FlowRecord.GENERATION) != generation) {
            flow.clearFlag(FlowRecord.BYPASSED); // lists or policies changed: it is inspected again
            putInt(base, FlowRecord.SYNC, syncGeneration - 1);
        }
        if (flow.isWrongSide(packet)) {
            counters.increment(FlowCounter.WRONG_SIDE);
        }
        touch(flow.index(), base, nanos);
        if (right && QuotedPacket.setKey(packet, key)) {
            int quoted = lookUp();
            if (quoted
                    != FlowRecord.NIL) { // an ICMP error is a packet of the flow that it quotes, too, the other way: as
                // Suricata counts
                FlowEnds.count(records, base(quoted), !isToServer(base(quoted)), packet);
            }
            key.of(packet);
        }
    }

    /** The first packet with a right checksum says who the client is; what was counted before changes sides with it. */
    private void decideClient(FlowView flow, Packet packet) {
        flow.clearFlag(FlowRecord.PROVISIONAL);
        boolean byServer = FlowEnds.isByServer(packet);
        if (flow.toServer() != byServer) {
            return;
        }
        long base = base(flow.index());
        FlowEnds.exchange(records, base);
        putInt(base, FlowRecord.FLAGS, getInt(base, FlowRecord.FLAGS) ^ FlowRecord.CLIENT_IS_LOW);
        putByte(base, FlowRecord.CLIENT_SIDE, packet.side.ordinal());
        putByte(base, FlowRecord.SERVER_SIDE, 0);
        flow.turn(!flow.toServer());
    }

    private void learnEnd(long base, Packet packet, boolean toServer) {
        FlowEnds.learn(records, base, packet, toServer);
        if (!toServer && packet.ipProtocol != FlowRecord.TCP) {
            int established = getByte(base, FlowRecord.CLASS) + FlowRecord.TCP_ESTABLISHED - FlowRecord.TCP_NEW;
            if (established <= FlowRecord.OTHER_ESTABLISHED) {
                reclassify(index(base), base, established);
            }
        }
    }

    // ---- beginning

    private int create(Packet packet, long nanos, boolean right) {
        if (live >= limits.flowsMax() && !makeRoom()) {
            return FlowRecord.NIL;
        }
        int index = takeRecord();
        if (index == FlowRecord.NIL) {
            counters.increment(FlowCounter.REFUSED_BACKLOG);
            return FlowRecord.NIL;
        }
        long base = base(index);
        MemorySegment.copy(blank, 0, records, base, recordBytes);
        putKey(base);
        boolean byServer = FlowEnds.isByServer(packet);
        boolean midstream =
                packet.ipProtocol == FlowRecord.TCP && (packet.tcpFlags & (Packet.SYN | Packet.ACK)) != Packet.SYN;
        int flags = key.sourceIsLow != byServer ? FlowRecord.CLIENT_IS_LOW : 0;
        flags |= midstream ? FlowRecord.MIDSTREAM : 0;
        flags |= right ? 0 : FlowRecord.PROVISIONAL;
        putInt(base, FlowRecord.FLAGS, flags);
        putInt(base, FlowRecord.GENERATION, generation);
        putInt(base, FlowRecord.SYNC, syncGeneration);
        putLong(base, FlowRecord.ID, nextId());
        FlowEnds.put(records, base, packet, byServer);
        putLong(base, FlowRecord.START_EPOCH, packet.epochNanos);
        putLong(base, FlowRecord.LAST_EPOCH, packet.epochNanos);
        putLong(base, FlowRecord.LAST_NANOS, nanos);
        int flowClass = FlowRecord.newClass(packet.ipProtocol);
        putByte(base, FlowRecord.CLASS, flowClass);
        lists.append(flowClass, index, base, nanos);
        live++;
        published = live;
        countCreated(flowClass, midstream);
        if (FlowRecord.isIcmp(packet.ipProtocol)) {
            relate(base, packet);
        }
        return index;
    }

    private void putKey(long base) {
        key.write(records, base);
        int bucket = key.hash & bucketMask;
        putInt(base, FlowRecord.CHAIN, buckets[bucket]);
        buckets[bucket] = index(base);
    }

    private long nextId() {
        sequence = sequence + 1 & SEQUENCE_MASK;
        if (sequence == 0) {
            sequence = 1;
        }
        return workerBits | sequence;
    }

    private void countCreated(int flowClass, boolean midstream) {
        counters.increment(FlowCounter.CREATED);
        counters.increment(FlowCounter.created(flowClass));
        if (midstream) {
            counters.increment(FlowCounter.MIDSTREAM);
        }
    }

    /** Remembers which live flow an ICMP error quotes. The quoted packet went the other way. */
    private void relate(long base, Packet packet) {
        if (QuotedPacket.setKey(packet, key)) {
            int quoted = lookUp();
            if (quoted != FlowRecord.NIL) {
                putLong(base, FlowRecord.RELATED, getLong(base(quoted), FlowRecord.ID));
            }
            key.of(packet);
        }
    }

    private int takeRecord() {
        if (free != FlowRecord.NIL) {
            int index = free;
            free = getInt(base(index), FlowRecord.LIST_NEXT);
            return index;
        }
        return neverUsed < limits.flowsMax() + limits.endedMax() ? neverUsed++ : FlowRecord.NIL;
    }

    // ---- making room

    private boolean makeRoom() {
        if (lists.size(FlowRecord.ENDED) >= limits.endedMax()) {
            counters.increment(FlowCounter.REFUSED_BACKLOG);
            return false;
        }
        if (!emergency) {
            emergency = true;
            counters.increment(FlowCounter.EMERGENCY_BEGUN);
        }
        int victim = lists.head(FlowRecord.TCP_CLOSED);
        FlowCounter kind = FlowCounter.EVICTED_CLOSED;
        if (victim == FlowRecord.NIL) {
            int unestablished = 0;
            for (int list = FlowRecord.TCP_NEW; list <= FlowRecord.OTHER_NEW; list++) {
                unestablished += lists.size(list);
            }
            boolean enough = unestablished > limits.flowsMax() / UNESTABLISHED_SHARE;
            kind = enough ? FlowCounter.EVICTED_UNESTABLISHED : FlowCounter.EVICTED_ESTABLISHED;
            victim = enough
                    ? lists.oldest(FlowRecord.TCP_NEW, FlowRecord.OTHER_NEW)
                    : lists.oldest(FlowRecord.TCP_ESTABLISHED, FlowRecord.OTHER_ESTABLISHED);
            if (victim == FlowRecord.NIL) {
                kind = FlowCounter.EVICTED_UNESTABLISHED;
                victim = lists.oldest(FlowRecord.TCP_NEW, FlowRecord.OTHER_NEW);
            }
        }
        counters.increment(kind);
        end(victim, base(victim), EndReason.FORCED);
        return true;
    }

    // ---- ending

    /**
     * Tells the listener of flows that have ended, and ends those that have been silent for too long.
     *
     * @param flowsMax the most flows to tell in this call; the rest waits
     * @return flows that were told
     */
    public int expire(long nanos, FlowEndListener listener, int flowsMax) {
        int told = tellEnded(listener, flowsMax);
        long[] limit = emergency ? emergencyTimeouts : timeouts;
        for (int turn = 0; turn < FlowRecord.CLASSES && told < flowsMax; turn++) {
            int list = nextClass;
            nextClass = list + 1 == FlowRecord.CLASSES ? 0 : list + 1;
            int head = lists.head(list);
            while (head != FlowRecord.NIL
                    && told < flowsMax
                    && nanos - getLong(base(head), FlowRecord.LAST_NANOS) >= limit[list]) {
                if (isKeptByGate(head, nanos, limit[list], listener)) {
                    told++;
                    head = lists.head(list);
                    continue;
                }
                end(head, base(head), EndReason.TIMEOUT);
                told += tellEnded(listener, 1);
                head = lists.head(list);
            }
        }
        if (emergency && live <= limits.flowsMax() / 10 * 7) {
            emergency = false;
            counters.increment(FlowCounter.EMERGENCY_ENDED);
        }
        return told;
    }

    /** True when the gate has forwarded the flow so recently that it is not over; it is at the end of its list then. */
    private boolean isKeptByGate(int index, long nanos, long limit, FlowEndListener listener) {
        long base = base(index);
        if ((getInt(base, FlowRecord.FLAGS) & FlowRecord.BYPASSED) == 0) {
            return false;
        }
        endView.move(index, base, true);
        listener.beforeTimeout(endView);
        return nanos - getLong(base, FlowRecord.LAST_NANOS) < limit;
    }

    /** Ends every flow and tells it: the engine stops, or the capture is at its end. */
    public void endAll(FlowEndListener listener) {
        tellEnded(listener, Integer.MAX_VALUE);
        for (int list = 0; list < FlowRecord.CLASSES; list++) {
            while (lists.head(list) != FlowRecord.NIL) {
                end(lists.head(list), base(lists.head(list)), EndReason.SHUTDOWN);
                tellEnded(listener, 1);
            }
        }
    }

    private int tellEnded(FlowEndListener listener, int flowsMax) {
        int told = 0;
        while (told < flowsMax && lists.head(FlowRecord.ENDED) != FlowRecord.NIL) {
            int index = lists.head(FlowRecord.ENDED);
            long base = base(index);
            endView.move(index, base, true);
            listener.onFlowEnd(endView);
            lists.unlink(FlowRecord.ENDED, base);
            putInt(base, FlowRecord.LIST_NEXT, free);
            free = index;
            told++;
        }
        return told;
    }

    private void end(int index, long base, EndReason reason) {
        int bucket = getInt(base, FlowRecord.HASH) & bucketMask;
        int next = getInt(base, FlowRecord.CHAIN);
        if (buckets[bucket] == index) {
            buckets[bucket] = next;
        } else {
            long at = base(buckets[bucket]);
            while (getInt(at, FlowRecord.CHAIN) != index) {
                at = base(getInt(at, FlowRecord.CHAIN));
            }
            putInt(at, FlowRecord.CHAIN, next);
        }
        lists.unlink(getByte(base, FlowRecord.CLASS), base);
        putByte(base, FlowRecord.CLASS, FlowRecord.ENDED);
        putByte(base, FlowRecord.END_REASON, reason.ordinal());
        lists.append(FlowRecord.ENDED, index, base, 0);
        live--;
        published = live;
        switch (reason) {
            case TIMEOUT -> counters.increment(FlowCounter.ENDED_TIMEOUT);
            case TCP_REUSE -> counters.increment(FlowCounter.ENDED_REUSE);
            case SHUTDOWN -> counters.increment(FlowCounter.ENDED_SHUTDOWN);
            case FORCED -> {
                // counted by what it was
            }
        }
    }

    // ---- lists

    void touch(int index, long base, long nanos) {
        if (nanos - getLong(base, FlowRecord.LAST_NANOS) > 0) {
            putLong(base, FlowRecord.LAST_NANOS, nanos);
            if (nanos - getLong(base, FlowRecord.LIST_NANOS) >= LIST_GRAIN_NANOS) {
                int list = getByte(base, FlowRecord.CLASS);
                lists.unlink(list, base);
                lists.append(list, index, base, nanos);
            }
        }
    }

    void reclassifyTcp(int index, long base, TcpState state) {
        int wanted = switch (state.flowState()) {
            case CLOSED -> FlowRecord.TCP_CLOSED;
            case ESTABLISHED, BYPASSED ->
                getLong(base, FlowRecord.PACKETS_TO_SERVER) > 0 && getLong(base, FlowRecord.PACKETS_TO_CLIENT) > 0
                        ? FlowRecord.TCP_ESTABLISHED
                        : FlowRecord.TCP_NEW;
            case NEW -> FlowRecord.TCP_NEW;
        };
        reclassify(index, base, wanted);
    }

    private void reclassify(int index, long base, int wanted) {
        int list = getByte(base, FlowRecord.CLASS);
        if (list != wanted) {
            lists.unlink(list, base);
            putByte(base, FlowRecord.CLASS, wanted);
            lists.append(wanted, index, base, getLong(base, FlowRecord.LAST_NANOS));
        }
    }

    // ---- for everybody

    /** Lists or policies have changed: no flow is settled any more. O(1), on any thread. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // a lost increment still changes the number
    public void unsettleAll() {
        generation++;
    }

    /**
     * The worker has not seen all frames for a while (it hung, and the kernel forwarded): sequence numbers are picked up again from each flow's next
     * packets. O(1), on any thread.
     */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    public void resyncAll() {
        syncGeneration++;
    }

    /** Live flows, on any thread. */
    public long flows() {
        return published;
    }

    /** What was counted. */
    public CounterSet<FlowCounter> counters() {
        return counters;
    }

    /** Octets that this table takes, all told. */
    public long memoryBytes() {
        return limits.memoryBytes(stageCount);
    }

    int generation() {
        return generation;
    }

    int syncGeneration() {
        return syncGeneration;
    }

    int allStages() {
        return stageCount == FlowRecord.STAGES_MAX ? -1 : (1 << stageCount) - 1;
    }

    int checkStage(int stage) {
        if (stage < 0 || stage >= stageCount) {
            throw new IndexOutOfBoundsException("stage " + stage + " of " + stageCount);
        }
        return stage;
    }

    @Override
    public void close() {
        arena.close();
    }

    // ---- memory

    private long base(int index) {
        return (long) index * recordBytes;
    }

    private int index(long base) {
        return (int) (base / recordBytes);
    }

    private long getLong(long base, int field) {
        return records.get(FlowRecord.LONG, base + field);
    }

    private void putLong(long base, int field, long value) {
        records.set(FlowRecord.LONG, base + field, value);
    }

    private int getInt(long base, int field) {
        return records.get(FlowRecord.INT, base + field);
    }

    private void putInt(long base, int field, int value) {
        records.set(FlowRecord.INT, base + field, value);
    }

    private int getByte(long base, int field) {
        return records.get(FlowRecord.BYTE, base + field) & 0xff;
    }

    private void putByte(long base, int field, int value) {
        records.set(FlowRecord.BYTE, base + field, (byte) value);
    }
}
