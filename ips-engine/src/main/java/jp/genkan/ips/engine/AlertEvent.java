package jp.genkan.ips.engine;

import java.util.List;
import java.util.Map;
import jp.genkan.core.event.DropCause;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.event.PacketSource;
import jp.genkan.core.event.VerdictFields;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.Target;
import org.jspecify.annotations.Nullable;

/**
 * A rule has matched: EVE's {@code alert}.
 *
 * @param signature which
 * @param blocked true when what matched was not forwarded
 * @param details everything that was true at that moment
 */
public record AlertEvent(long epochNanos, FlowIdentity identity, Signature signature, boolean blocked, Details details)
        implements Event, DropCause {
    private static final int FILES_MAX = 16;

    /** What was true when the rule matched. */
    public static final class Details {
        private final RecordedFields before = new RecordedFields();
        private final RecordedFields context = new RecordedFields();
        private final RecordedFields behind = new RecordedFields();
        private boolean hasContext;
        private final AlertOptions options;
        private @Nullable VerdictFields verdict;
        private @Nullable Address forwardedFor;

        private Details(AlertOptions options) {
            this.options = options;
        }
    }

    /** Makes the event. Allocates: alerts are rare, and bounded for each packet. */
    static AlertEvent of(
            Moment moment,
            Signature signature,
            boolean blocked,
            Match match,
            @Nullable FlowState state,
            AlertOptions options) {
        Details details = new Details(options);
        Flow flow = moment.flow();
        Transaction transaction = moment.transaction();
        if (transaction == null && options.has(AlertOptions.Part.GUESSED_TRANSACTION)) {
            transaction = guess(state);
            if (transaction != null) {
                details.before.put("tx_guessed", true);
            }
        }
        if (transaction != null && transaction.isTold()) {
            details.before.put("tx_id", transaction.number());
        }
        for (int i = 0; i < moment.enrichmentCount(); i++) {
            details.hasContext = true;
            JsonFields.copy(moment.enrichmentKey(i), moment.enrichment(i), details.context);
        }
        AppProtocol spoken = transaction != null ? transaction.protocol() : moment.application();
        if (transaction != null && options.has(AlertOptions.Part.APPLICATION)) {
            transaction.writeTo(details.behind);
        }
        if (spoken != null) {
            details.behind.put("app_proto", spoken.eveName());
        } else if (flow != null && moment.context().isUnrecognisable(flow)) {
            details.behind.put("app_proto", "failed");
        }
        ProtocolFrame frame = match.frame;
        if (frame != null) {
            frame.writeTo(details.behind);
        }
        TransferredFile file = match.file;
        if (file != null && options.has(AlertOptions.Part.RULE_METADATA)) {
            writeFiles(List.of(file), details.behind);
        }
        if (flow != null) {
            details.behind.put("direction", moment.direction().eveName());
            if (options.has(AlertOptions.Part.FLOW)) {
                writeFlow(flow, details.behind);
            }
        }
        FlowVariables variables = state == null || !options.has(AlertOptions.Part.VARIABLES) || state.rules == null
                ? null
                : FlowVariables.of(state.memory, state.rules.names, match.findings);
        if (variables != null) {
            variables.writeTo(details.behind);
        }
        writeTunnel(moment.packet(), details.behind);
        writeOctets(moment, match, state, details);
        FlowIdentity identity = identity(moment);
        ForwardedFor forwarded = options.forwarded();
        Address client = forwarded == null ? null : forwarded.client(transaction);
        if (forwarded != null && client != null) {
            if (forwarded.mode() == ForwardedFor.Mode.OVERWRITE) {
                identity = identity.withEnd(moment.direction().isToServer(), client);
            } else {
                details.forwardedFor = client;
            }
        }
        return new AlertEvent(moment.context().epochNanos(), identity, signature, blocked, details);
    }

    private static @Nullable Transaction guess(@Nullable FlowState state) {
        return state == null ? null : state.only;
    }

    private static void writeOctets(Moment moment, Match match, @Nullable FlowState state, Details details) {
        AlertOptions options = details.options;
        if (options.has(AlertOptions.Part.PAYLOAD)
                || options.has(AlertOptions.Part.PAYLOAD_PRINTABLE)
                || options.has(AlertOptions.Part.PAYLOAD_LENGTH)) {
            Flow flow = moment.flow();
            boolean ofStream = match.ofFlow && flow != null && flow.protocol() == IpProtocol.TCP;
            int way = match.toServer ? RuleSet.TO_SERVER : RuleSet.TO_CLIENT;
            Follower follower = state == null ? null : state.streams[way];
            OctetWindow window = ofStream && follower != null ? follower.window : null;
            PayloadFields.writePayload(options, moment.packet(), window, details.behind);
            details.behind.put("stream", ofStream ? 1 : 0);
        }
        if (options.has(AlertOptions.Part.PACKET)) {
            PayloadFields.writePacket(moment.packet(), details.behind);
        }
    }

    /** Says what became of the packet, before the event is handed over. */
    AlertEvent settle(VerdictFields verdict) {
        details.verdict = verdict;
        return this;
    }

    /** The packet around this one, where this is the inside of a tunnel. */
    private static void writeTunnel(Packet packet, EveFields out) {
        Packet around = packet.outer();
        if (packet.ipVersion == 0 || around == null || packet.depth == 0 || around.ipVersion == 0) {
            return;
        }
        out.object("tunnel");
        out.put("src_ip", address(around.sourceHigh, around.sourceLow));
        out.put("src_port", around.sourcePort);
        out.put("dest_ip", address(around.destinationHigh, around.destinationLow));
        out.put("dest_port", around.destinationPort);
        out.put("proto", jp.genkan.core.event.IpProtocol.eveName(around.ipProtocol));
        out.put("depth", packet.depth);
        out.put("pkt_src", source(around).eveName());
        out.end();
    }

    private static void writeFiles(List<TransferredFile> files, EveFields out) {
        out.array("files");
        for (int i = 0; i < Math.min(files.size(), FILES_MAX); i++) {
            TransferredFile file = files.get(i);
            out.object();
            String name = file.name();
            out.put("filename", name == null ? "" : name);
            String type = file.type();
            if (type != null) {
                out.put("magic", type);
            }
            out.put("gaps", file.hasGaps());
            out.put("state", file.state().eveName());
            out.put("stored", false);
            out.put("size", file.size());
            out.put("tx_id", file.transaction().number());
            out.end();
        }
        out.end();
    }

    private static void writeFlow(Flow flow, EveFields out) {
        out.object("flow");
        out.put("pkts_toserver", flow.packets(true));
        out.put("pkts_toclient", flow.packets(false));
        out.put("bytes_toserver", flow.bytes(true));
        out.put("bytes_toclient", flow.bytes(false));
        out.putTime("start", flow.startEpochNanos());
        out.put("src_ip", address(flow.clientHigh(), flow.clientLow()));
        out.put("dest_ip", address(flow.serverHigh(), flow.serverLow()));
        if (flow.protocol() == 6 || flow.protocol() == 17 || flow.protocol() == 132) {
            out.put("src_port", flow.clientPort());
            out.put("dest_port", flow.serverPort());
        }
        out.end();
    }

    private static String address(long high, long low) {
        return new Address(high, low).toEveString();
    }

    private static FlowIdentity identity(Moment moment) {
        Packet packet = moment.packet();
        Flow flow = moment.flow();
        if (packet.ipVersion != 0 && (flow == null || moment.direction().isToServer() == flow.toServer())) {
            return FlowIdentity.of(packet, flow == null ? 0 : flow.id()).from(source(packet));
        }
        if (flow == null) {
            return FlowIdentity.of(packet, 0).from(source(packet));
        }
        return new FlowIdentity(
                flow.id(),
                moment.source(),
                moment.sourcePort(),
                moment.destination(),
                moment.destinationPort(),
                flow.protocol(),
                flow.vlanIds(),
                flow.vlanIds() == 0 ? 0 : 1,
                0,
                0,
                packet.captureNumber,
                packet.ingressPort,
                packet.ipVersion == 0 ? PacketSource.FLOW_TIMEOUT : source(packet));
    }

    private static PacketSource source(Packet packet) {
        if (packet.isOutermost()) {
            return PacketSource.WIRE;
        }
        return packet.outermost().ipVersion == 6 ? PacketSource.IPV6_TUNNEL : PacketSource.IPV4_TUNNEL;
    }

    @Override
    public String type() {
        return "alert";
    }

    @Override
    public void writeTo(EveFields out) {
        details.before.writeTo(out);
        out.object("alert");
        writeAlert(out);
        out.end();
        details.behind.writeTo(out);
        VerdictFields verdict = details.verdict;
        if (verdict != null && details.options.has(AlertOptions.Part.VERDICT)) {
            verdict.writeTo(out);
        }
    }

    @Override
    public void writeAlert(EveFields out) {
        Signature.Identity id = signature.id();
        out.put("action", blocked ? "blocked" : "allowed");
        out.put("gid", id.gid());
        out.put("signature_id", id.sid());
        out.put("rev", id.revision());
        out.put("signature", id.message());
        out.put("category", id.category());
        out.put("severity", id.severity());
        if (signature.grade() > 0) {
            out.put("grade", signature.grade());
        }
        if (id.target() != Target.NONE) {
            writeTarget(out, id.target());
        }
        if (details.hasContext) {
            out.object("context");
            details.context.writeTo(out);
            out.end();
        }
        AlertOptions options = details.options;
        if (options.has(AlertOptions.Part.REFERENCES) && !id.references().isEmpty()) {
            out.array("references");
            id.references().forEach(reference -> out.add(options.references().url(reference.system(), reference.id())));
            out.end();
        }
        if (options.has(AlertOptions.Part.RULE_METADATA) && !id.metadata().isEmpty()) {
            writeMetadata(out, id.metadata());
        }
        if (options.has(AlertOptions.Part.RULE_TEXT)) {
            out.put("rule", signature.rule().text());
        }
        Address forwardedFor = details.forwardedFor;
        if (forwardedFor != null) {
            out.put("xff", forwardedFor.toString());
        }
    }

    private void writeTarget(EveFields out, Target target) {
        boolean source = target == Target.SOURCE;
        out.object("source");
        writeEnd(out, !source);
        out.end();
        out.object("target");
        writeEnd(out, source);
        out.end();
    }

    private void writeEnd(EveFields out, boolean sender) {
        out.put("ip", (sender ? identity.source() : identity.destination()).toEveString());
        out.put("port", sender ? identity.sourcePort() : identity.destinationPort());
    }

    private static void writeMetadata(EveFields out, Map<String, List<String>> metadata) {
        out.object("metadata");
        metadata.forEach((key, values) -> {
            out.array(key);
            values.forEach(out::add);
            out.end();
        });
        out.end();
    }
}
