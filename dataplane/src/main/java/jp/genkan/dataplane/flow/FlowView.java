package jp.genkan.dataplane.flow;

import java.lang.foreign.MemorySegment;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import org.jspecify.annotations.Nullable;

/**
 * One flow of a {@link FlowTable}: a view that is moved from record to record and allocates nothing. Valid until the table moves it.
 */
public final class FlowView implements Flow {
    private static final long VLAN_MASK = (1L << 36) - 1;

    private final FlowTable table;
    private final MemorySegment records;
    private int index = FlowRecord.NIL;
    private long base;
    private boolean toServer;

    FlowView(FlowTable table, MemorySegment records) {
        this.table = table;
        this.records = records;
    }

    void move(int toIndex, long toBase, boolean packetToServer) {
        index = toIndex;
        base = toBase;
        toServer = packetToServer;
    }

    int index() {
        return index;
    }

    /** Moves this view over the flow that another view of the same table is over. */
    public void look(FlowView at, boolean towardsServer) {
        move(at.index, at.base, towardsServer);
    }

    // ---- raw fields, for this package and the reassembler's accessors below

    long getLong(int field) {
        return records.get(FlowRecord.LONG, base + field);
    }

    void putLong(int field, long value) {
        records.set(FlowRecord.LONG, base + field, value);
    }

    int getInt(int field) {
        return records.get(FlowRecord.INT, base + field);
    }

    void putInt(int field, int value) {
        records.set(FlowRecord.INT, base + field, value);
    }

    int getByte(int field) {
        return records.get(FlowRecord.BYTE, base + field) & 0xff;
    }

    void putByte(int field, int value) {
        records.set(FlowRecord.BYTE, base + field, (byte) value);
    }

    private int getPort(int field) {
        return records.get(FlowRecord.SHORT, base + field) & 0xffff;
    }

    // ---- who

    @Override
    public long id() {
        return getLong(FlowRecord.ID);
    }

    @Override
    public int protocol() {
        return (int) (getLong(FlowRecord.PORTS) >>> 8) & 0xff;
    }

    @Override
    public boolean toServer() {
        return toServer;
    }

    /** Turns the view to a direction, for bytes that another packet's acknowledgment set free. */
    public void turn(boolean towardsServer) {
        toServer = towardsServer;
    }

    @Override
    public Side clientSide() {
        return Side.of(getByte(FlowRecord.CLIENT_SIDE));
    }

    /** True when the packet came in from a side where its sender is not: it is not to change the flow's state. */
    public boolean isWrongSide(Packet packet) {
        int client = getByte(FlowRecord.CLIENT_SIDE);
        int server = getByte(FlowRecord.SERVER_SIDE) - 1;
        int at = packet.side.ordinal();
        return server >= 0 && client != server && at == (toServer ? server : client);
    }

    private boolean clientIsLow() {
        return (getInt(FlowRecord.FLAGS) & FlowRecord.CLIENT_IS_LOW) != 0;
    }

    @Override
    public long clientHigh() {
        return getLong(clientIsLow() ? FlowRecord.LOW_END_HIGH : FlowRecord.HIGH_END_HIGH);
    }

    @Override
    public long clientLow() {
        return getLong(clientIsLow() ? FlowRecord.LOW_END_LOW : FlowRecord.HIGH_END_LOW);
    }

    @Override
    public long serverHigh() {
        return getLong(clientIsLow() ? FlowRecord.HIGH_END_HIGH : FlowRecord.LOW_END_HIGH);
    }

    @Override
    public long serverLow() {
        return getLong(clientIsLow() ? FlowRecord.HIGH_END_LOW : FlowRecord.LOW_END_LOW);
    }

    /** The client's port; the type of its first packet for ICMP. */
    @Override
    public int clientPort() {
        return getPort(FlowRecord.CLIENT_PORT);
    }

    /** The server's port; the code of the client's first packet for ICMP. */
    @Override
    public int serverPort() {
        return getPort(FlowRecord.SERVER_PORT);
    }

    @Override
    public long vlanIds() {
        return getLong(FlowRecord.LINK) & VLAN_MASK;
    }

    /** How many VLAN tags the first packet had. */
    public int vlanCount() {
        return getByte(FlowRecord.VLAN_COUNT);
    }

    /** MAC from which the client's frames come on this wire, 0 when unknown. */
    public long clientMac() {
        return getLong(FlowRecord.CLIENT_MAC);
    }

    /** MAC to which the client's frames go on this wire, 0 when unknown. */
    public long serverMac() {
        return getLong(FlowRecord.SERVER_MAC);
    }

    /** Id of the flow that this ICMP error quotes, 0 when it quotes none that was live. */
    public long relatedFlowId() {
        return getLong(FlowRecord.RELATED);
    }

    // ---- what stages do with it

    @Override
    public boolean isNew() {
        return packetsToServer() + packetsToClient() <= 1;
    }

    @Override
    public boolean isMidstream() {
        return (getInt(FlowRecord.FLAGS) & FlowRecord.MIDSTREAM) != 0;
    }

    @Override
    public long slot(int stage) {
        return getLong(slotField(stage));
    }

    @Override
    public void slot(int stage, long value) {
        putLong(slotField(stage), value);
    }

    private int slotField(int stage) {
        return FlowRecord.SLOTS + 8 * table.checkStage(stage);
    }

    @Override
    public void settle(int stage) {
        int bit = 1 << table.checkStage(stage);
        putInt(FlowRecord.SETTLED, settledMask() | bit);
        putInt(FlowRecord.GENERATION, table.generation());
    }

    /** A bit for each stage that needs to see nothing more of the flow. */
    public int settledMask() {
        return getInt(FlowRecord.GENERATION) == table.generation() ? getInt(FlowRecord.SETTLED) : 0;
    }

    /** True when all stages have settled, and nothing of the flow is held: the gate may forward it. */
    public boolean isSettled() {
        return settledMask() == table.allStages() && !isHeld();
    }

    /** True when octets of a direction wait in the box. */
    public boolean isHeld() {
        return hasFlag(FlowRecord.HELD);
    }

    /** Says whether octets of a direction wait in the box. */
    public void held(boolean held) {
        if (held) {
            setFlag(FlowRecord.HELD);
        } else {
            clearFlag(FlowRecord.HELD);
        }
    }

    @Override
    public void requestStream(int stage) {
        putInt(FlowRecord.STREAMS, streamMask() | 1 << table.checkStage(stage));
    }

    /** A bit for each stage that has asked for the stream, settled ones included. */
    public int streamMask() {
        return getInt(FlowRecord.STREAMS);
    }

    /** A bit for each stage that still wants the stream's bytes. */
    public int wantedStreamMask() {
        int asked = streamMask();
        return asked == 0 ? 0 : asked & ~settledMask();
    }

    @Override
    public void dropRest(DropReason reason) {
        putByte(FlowRecord.DROP_REASON, reason.ordinal());
    }

    /** Why further frames are dropped; {@link DropReason#NONE} when they are not. */
    public DropReason dropReason() {
        return DropReason.of(getByte(FlowRecord.DROP_REASON));
    }

    @Override
    public void markAlerted() {
        setFlag(FlowRecord.ALERTED);
    }

    /** True when an alert was raised on this flow. */
    public boolean isAlerted() {
        return (getInt(FlowRecord.FLAGS) & FlowRecord.ALERTED) != 0;
    }

    @Override
    public void markPassed() {
        setFlag(FlowRecord.PASSED);
    }

    @Override
    public boolean isPassed() {
        return (getInt(FlowRecord.FLAGS) & FlowRecord.PASSED) != 0;
    }

    /** Nothing looks at the flow any more, though its packets are still counted. */
    public void exempt() {
        setFlag(FlowRecord.EXEMPT);
    }

    /** True when nothing looks at the flow any more. */
    public boolean isExempt() {
        return (getInt(FlowRecord.FLAGS) & FlowRecord.EXEMPT) != 0;
    }

    /** Remembers what was done because the flow's beginning was not seen; of several the first counts. */
    public void midstreamPolicy(ExceptionPolicy policy) {
        if (getByte(FlowRecord.MIDSTREAM_POLICY) == 0) {
            putByte(FlowRecord.MIDSTREAM_POLICY, policy.ordinal() + 1);
        }
    }

    /** What was done because the flow's beginning was not seen; null when it was. */
    public @Nullable ExceptionPolicy midstreamPolicy() {
        int stored = getByte(FlowRecord.MIDSTREAM_POLICY);
        return stored == 0 ? null : ExceptionPolicy.of(stored - 1);
    }

    /** True the first time for each direction of a flow: of what is dropped for good, one packet each way is told. */
    public boolean tellsDrop() {
        int flag = toServer() ? FlowRecord.DROP_TOLD_TO_SERVER : FlowRecord.DROP_TOLD_TO_CLIENT;
        boolean first = (getInt(FlowRecord.FLAGS) & flag) == 0;
        setFlag(flag);
        return first;
    }

    /** One end is told that the flow is refused. */
    public void markRefused(boolean client) {
        setFlag(client ? FlowRecord.REFUSED_CLIENT : FlowRecord.REFUSED_SERVER);
    }

    /** True when this end was told that the flow is refused: it is told again as long as it goes on. */
    public boolean isRefused(boolean client) {
        return hasFlag(client ? FlowRecord.REFUSED_CLIENT : FlowRecord.REFUSED_SERVER);
    }

    /** The box answers the client in the server's place. */
    public void markAnswered() {
        setFlag(FlowRecord.ANSWERED);
    }

    /** True when the box has answered the client in the server's place. */
    public boolean isAnswered() {
        return (getInt(FlowRecord.FLAGS) & FlowRecord.ANSWERED) != 0;
    }

    // ---- the gate

    /** The gate begins to forward this flow in the kernel: what TCP says meanwhile is not seen. */
    public void beginBypass() {
        setFlag(FlowRecord.BYPASSED);
    }

    /** True while the gate forwards this flow. */
    public boolean isBypassed() {
        return (getInt(FlowRecord.FLAGS) & FlowRecord.BYPASSED) != 0;
    }

    /**
     * Adds what the gate has forwarded since the last call; keeps the flow from timing out.
     *
     * @param nanos monotonic time of the last frame that the gate has seen
     * @param epochNanos wall time of that frame
     */
    public void markBypassed(
            long packetsMoreToServer,
            long bytesMoreToServer,
            long packetsMoreToClient,
            long bytesMoreToClient,
            long nanos,
            long epochNanos) {
        add(FlowRecord.BYPASSED_PACKETS_TO_SERVER, packetsMoreToServer);
        add(FlowRecord.BYPASSED_BYTES_TO_SERVER, bytesMoreToServer);
        add(FlowRecord.BYPASSED_PACKETS_TO_CLIENT, packetsMoreToClient);
        add(FlowRecord.BYPASSED_BYTES_TO_CLIENT, bytesMoreToClient);
        if (packetsMoreToServer + packetsMoreToClient > 0) {
            table.touch(index, base, nanos);
            putLong(FlowRecord.LAST_EPOCH, Math.max(lastEpochNanos(), epochNanos));
        }
    }

    // ---- counters and state

    @Override
    public boolean isEstablished() {
        if (protocol() == FlowRecord.TCP) {
            return tcpState().compareTo(TcpState.ESTABLISHED) >= 0;
        }
        return packetsToServer() > 0 && packetsToClient() > 0;
    }

    @Override
    public long packets(boolean towardsServer) {
        return towardsServer ? packetsToServer() : packetsToClient();
    }

    @Override
    public long bytes(boolean towardsServer) {
        return towardsServer ? bytesToServer() : bytesToClient();
    }

    @Override
    public long sequenceSpan(boolean towardsServer) {
        return protocol() == FlowRecord.TCP ? TcpTracker.sequenceSpan(this, towardsServer) : -1;
    }

    /** Frames from client to server that the worker has seen, 1 for a super-frame. */
    public long packetsToServer() {
        return getLong(FlowRecord.PACKETS_TO_SERVER);
    }

    /** Frames from server to client that the worker has seen. */
    public long packetsToClient() {
        return getLong(FlowRecord.PACKETS_TO_CLIENT);
    }

    /** Octets of those frames on the wire. */
    public long bytesToServer() {
        return getLong(FlowRecord.BYTES_TO_SERVER);
    }

    /** Octets of those frames on the wire. */
    public long bytesToClient() {
        return getLong(FlowRecord.BYTES_TO_CLIENT);
    }

    public long bypassedPacketsToServer() {
        return getLong(FlowRecord.BYPASSED_PACKETS_TO_SERVER);
    }

    public long bypassedPacketsToClient() {
        return getLong(FlowRecord.BYPASSED_PACKETS_TO_CLIENT);
    }

    public long bypassedBytesToServer() {
        return getLong(FlowRecord.BYPASSED_BYTES_TO_SERVER);
    }

    public long bypassedBytesToClient() {
        return getLong(FlowRecord.BYPASSED_BYTES_TO_CLIENT);
    }

    @Override
    public long bypassedBytes(boolean toServer) {
        return toServer ? bypassedBytesToServer() : bypassedBytesToClient();
    }

    @Override
    public long startEpochNanos() {
        return getLong(FlowRecord.START_EPOCH);
    }

    /** Wall time of the last packet. */
    @Override
    public long lastEpochNanos() {
        return getLong(FlowRecord.LAST_EPOCH);
    }

    /** Monotonic time of the last packet. */
    public long lastNanos() {
        return getLong(FlowRecord.LAST_NANOS);
    }

    /** TCP flags that were seen from client to server. */
    public int tcpFlagsToServer() {
        return getByte(FlowRecord.TCP_FLAGS_TO_SERVER);
    }

    /** TCP flags that were seen from server to client. */
    public int tcpFlagsToClient() {
        return getByte(FlowRecord.TCP_FLAGS_TO_CLIENT);
    }

    /** State of the TCP connection; {@link TcpState#NONE} for other protocols. */
    public TcpState tcpState() {
        return TcpState.of(getByte(FlowRecord.TCP_STATE));
    }

    @Override
    public boolean isFinished() {
        int both = tcpFlagsToServer() & tcpFlagsToClient();
        int either = tcpFlagsToServer() | tcpFlagsToClient();
        TcpState state = tcpState();
        return (state == TcpState.TIME_WAIT || state == TcpState.CLOSED)
                && (both & Packet.FIN) != 0
                && (either & Packet.RST) == 0;
    }

    /** Where the flow stands. */
    public FlowState state() {
        if (isBypassed() || isExempt()) {
            return FlowState.BYPASSED;
        }
        int list = getByte(FlowRecord.CLASS);
        if (protocol() == FlowRecord.TCP) {
            return tcpState().flowState();
        }
        if (list == FlowRecord.ENDED) {
            return packetsToServer() > 0 && packetsToClient() > 0 ? FlowState.ESTABLISHED : FlowState.NEW;
        }
        return list >= FlowRecord.TCP_ESTABLISHED ? FlowState.ESTABLISHED : FlowState.NEW;
    }

    /** Type of the first ICMP packet from server to client, or {@link Packet#NONE}. */
    public int replyIcmpType() {
        return packetsToClient() == 0 ? Packet.NONE : getByte(FlowRecord.REPLY_TYPE);
    }

    /** Code of the first ICMP packet from server to client. */
    public int replyIcmpCode() {
        return getByte(FlowRecord.REPLY_CODE);
    }

    /** Why the flow has ended; meaningful in {@link FlowEndListener#onFlowEnd} only. */
    public EndReason endReason() {
        return EndReason.of(getByte(FlowRecord.END_REASON));
    }

    // ---- for the tracker and the reassembler

    /** Sets the TCP state and, with it, which timeout holds. */
    void tcpState(TcpState state) {
        putByte(FlowRecord.TCP_STATE, state.ordinal());
        table.reclassifyTcp(index, base, state);
    }

    void setFlag(int flag) {
        putInt(FlowRecord.FLAGS, getInt(FlowRecord.FLAGS) | flag);
    }

    void clearFlag(int flag) {
        putInt(FlowRecord.FLAGS, getInt(FlowRecord.FLAGS) & ~flag);
    }

    boolean hasFlag(int flag) {
        return (getInt(FlowRecord.FLAGS) & flag) != 0;
    }

    /** True once after what was known of the sequence numbers has become stale; the caller forgets it. */
    boolean takeStale() {
        boolean stale = isBypassed() || getInt(FlowRecord.SYNC) != table.syncGeneration();
        putInt(FlowRecord.SYNC, table.syncGeneration());
        return stale;
    }

    private void add(int field, long amount) {
        putLong(field, getLong(field) + amount);
    }

    /** Reads a 32-bit field of the reassembler's part of a direction; fields are numbered from 0. */
    public int stream(boolean towardsServer, int field) {
        return getInt(streamField(towardsServer, field));
    }

    /** Writes a 32-bit field of the reassembler's part of a direction. */
    public void stream(boolean towardsServer, int field, int value) {
        putInt(streamField(towardsServer, field), value);
    }

    /** How many 32-bit fields the reassembler has in each direction. */
    public static final int STREAM_FIELDS = (FlowRecord.STREAM_SERVER - FlowRecord.STREAM_CLIENT) / 4;

    private static int streamField(boolean towardsServer, int field) {
        if (field < 0 || field >= STREAM_FIELDS) {
            throw new IndexOutOfBoundsException(field);
        }
        return (towardsServer ? FlowRecord.STREAM_CLIENT : FlowRecord.STREAM_SERVER) + 4 * field;
    }
}
