package jp.genkan.dataplane.flow;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventNote;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.DropReason;
import org.jspecify.annotations.Nullable;

/**
 * A flow has ended: EVE's {@code flow} event, as Suricata 8 writes it. Every flow has one.
 *
 * @param epochNanos when this was noticed
 * @param appProtocol application protocol in Suricata's words, {@code failed} when none was recognised, null when none was looked for
 */
public record FlowEvent(
        FlowIdentity identity,
        long epochNanos,
        @Nullable String appProtocol,
        Volume seen,
        Volume bypassed,
        long startEpochNanos,
        long endEpochNanos,
        FlowState state,
        EndReason reason,
        boolean alerted,
        DropReason dropReason,
        boolean passed,
        boolean exempt,
        @Nullable ExceptionPolicy midstream,
        TcpState tcpState,
        int tcpFlagsToServer,
        int tcpFlagsToClient,
        int replyIcmpType,
        int replyIcmpCode,
        long relatedFlowId,
        @Nullable EventNote note)
        implements Event {
    private static final String[] FLAG_NAMES = {"fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"};
    /** Each direction of a stream is kept in one piece, whatever gaps it has. */
    private static final int REGIONS = 1;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Frames and octets each way. */
    public record Volume(long packetsToServer, long packetsToClient, long bytesToServer, long bytesToClient) {
        void writeTo(EveFields out) {
            out.put("pkts_toserver", packetsToServer);
            out.put("pkts_toclient", packetsToClient);
            out.put("bytes_toserver", bytesToServer);
            out.put("bytes_toclient", bytesToClient);
        }

        boolean isEmpty() {
            return packetsToServer + packetsToClient == 0;
        }
    }

    /** The event of a flow that has just ended. */
    public static FlowEvent of(FlowView flow, long epochNanos, @Nullable String appProtocol) {
        return of(flow, epochNanos, appProtocol, null);
    }

    /** The same with what an engine has to say of it. */
    public static FlowEvent of(FlowView flow, long epochNanos, @Nullable String appProtocol, @Nullable EventNote note) {
        return new FlowEvent(
                identityOf(flow),
                epochNanos,
                appProtocol,
                new Volume(flow.packetsToServer(), flow.packetsToClient(), flow.bytesToServer(), flow.bytesToClient()),
                new Volume(
                        flow.bypassedPacketsToServer(),
                        flow.bypassedPacketsToClient(),
                        flow.bypassedBytesToServer(),
                        flow.bypassedBytesToClient()),
                flow.startEpochNanos(),
                flow.lastEpochNanos(),
                flow.state(),
                flow.endReason(),
                flow.isAlerted(),
                flow.dropReason(),
                flow.isPassed(),
                flow.isExempt(),
                flow.midstreamPolicy(),
                flow.tcpState(),
                flow.tcpFlagsToServer(),
                flow.tcpFlagsToClient(),
                flow.replyIcmpType(),
                flow.replyIcmpCode(),
                flow.relatedFlowId(),
                note);
    }

    /** The flow's identity, from client to server. */
    public static FlowIdentity identityOf(FlowView flow) {
        return identityOf(flow, 0);
    }

    /** The flow's identity, from client to server, as of the packet with this number in its capture. */
    public static FlowIdentity identityOf(FlowView flow, long captureNumber) {
        return new FlowIdentity(
                flow.id(),
                new Address(flow.clientHigh(), flow.clientLow()),
                flow.clientPort(),
                new Address(flow.serverHigh(), flow.serverLow()),
                flow.serverPort(),
                flow.protocol(),
                flow.vlanIds(),
                flow.vlanCount(),
                flow.clientMac(),
                flow.serverMac(),
                captureNumber);
    }

    @Override
    public String type() {
        return "flow";
    }

    @Override
    public void writeTo(EveFields out) {
        if (replyIcmpType != Packet.NONE && isIcmp()) {
            out.put("response_icmp_type", replyIcmpType);
            out.put("response_icmp_code", replyIcmpCode);
        }
        if (appProtocol != null) {
            out.put("app_proto", appProtocol);
        }
        writeFlow(out);
        if (identity.protocol() == FlowRecord.TCP) {
            writeTcp(out);
        }
        if (note != null) {
            note.writeTo(out);
        }
    }

    private void writeFlow(EveFields out) {
        out.object("flow");
        seen.writeTo(out);
        if (!bypassed.isEmpty()) {
            out.object("bypassed");
            bypassed.writeTo(out);
            out.end();
        }
        out.putTime("start", startEpochNanos);
        out.putTime("end", endEpochNanos);
        out.put("age", endEpochNanos / NANOS_PER_SECOND - startEpochNanos / NANOS_PER_SECOND);
        if (state == FlowState.BYPASSED) {
            out.put("bypass", exempt ? "local" : "capture");
        }
        out.put("state", state.eveName());
        out.put("reason", reason.eveName());
        out.put("alerted", alerted);
        if (dropReason != DropReason.NONE) {
            out.put("action", "drop");
            out.put("drop_reason", dropReason.eveName());
        } else if (passed) {
            out.put("action", "pass");
        }
        if (midstream != null) {
            out.array("exception_policy");
            out.object();
            out.put("target", "stream_midstream");
            out.put("policy", midstream.eveName());
            out.end();
            out.end();
        }
        if (relatedFlowId != 0) {
            out.put("related_flow_id", relatedFlowId);
        }
        out.end();
    }

    private void writeTcp(EveFields out) {
        int both = tcpFlagsToServer | tcpFlagsToClient;
        out.object("tcp");
        out.put("tcp_flags", hex(both));
        out.put("tcp_flags_ts", hex(tcpFlagsToServer));
        out.put("tcp_flags_tc", hex(tcpFlagsToClient));
        for (int bit = 0; bit < FLAG_NAMES.length; bit++) {
            if ((both & 1 << bit) != 0) {
                out.put(FLAG_NAMES[bit], true);
            }
        }
        if (tcpState != TcpState.NONE) {
            out.put("state", tcpState.eveName());
            out.put("ts_max_regions", REGIONS);
            out.put("tc_max_regions", REGIONS);
        }
        out.end();
    }

    private boolean isIcmp() {
        return identity.protocol() == FlowRecord.ICMP || identity.protocol() == FlowRecord.ICMPV6;
    }

    private static String hex(int flags) {
        String digits = Integer.toHexString(flags);
        return digits.length() < 2 ? "0" + digits : digits;
    }
}
