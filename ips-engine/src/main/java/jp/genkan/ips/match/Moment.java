package jp.genkan.ips.match;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.StageContext;
import org.jspecify.annotations.Nullable;

/**
 * What a rule is held against: a packet, and where it is about a conversation also the transaction and the file in it. One a worker, filled anew for each
 * packet; conditions and effects read it, the stage alone writes it.
 *
 * <p>Thread rule: one worker; valid inside one call of the pipeline.
 */
public final class Moment {
    /** Findings of one rule: expressions capture eight texts, and few rules have more than two of them. */
    private static final int FINDINGS_MAX = 16;

    /** Most bits of application-layer events that are kept of one packet: more than any parser tells of one packet in good traffic. */
    private static final int EVENTS_MAX = 32;

    /** Most things that datasets add to one event: no known rule has more than two of them. */
    private static final int ENRICHMENTS_MAX = 8;

    private static final int TCP = 6;

    @SuppressWarnings("NullAway.Init") // looked at only after begin
    private Packet packet;

    @SuppressWarnings("NullAway.Init")
    private StageContext context;

    private @Nullable Flow flow;
    private Direction direction = Direction.TO_SERVER;
    private Handshakes handshakes = new Handshakes(true, false);
    private Direction packetDirection = Direction.TO_SERVER;
    private @Nullable AppProtocol application;
    private @Nullable Transaction transaction;
    private @Nullable TransferredFile file;
    private @Nullable FlowMemory memory;
    private final String[] events = new String[EVENTS_MAX];
    private int eventCount;
    private final String[] enrichmentKeys = new String[ENRICHMENTS_MAX];
    private final String[] enrichments = new String[ENRICHMENTS_MAX];
    private int enrichmentCount;
    private final List<Finding> findings = new ArrayList<>(0);

    /** A new packet; flow and memory are null for a packet without flow. */
    public void begin(
            Packet ofPacket,
            @Nullable Flow ofFlow,
            @Nullable FlowMemory ofMemory,
            @Nullable AppProtocol spoken,
            StageContext inContext) {
        packet = ofPacket;
        flow = ofFlow;
        memory = ofMemory;
        application = spoken;
        context = inContext;
        direction = ofFlow == null ? Direction.TO_SERVER : Direction.of(ofFlow.toServer());
        packetDirection = direction;
        transaction = null;
        file = null;
    }

    /** The packet that was seen last; a pseudo packet without network layer when a flow has timed out. */
    public Packet packet() {
        return packet;
    }

    /** Time, and where events go. */
    public StageContext context() {
        return context;
    }

    /** The packet's flow; null when it has none. */
    public @Nullable Flow flow() {
        return flow;
    }

    /** What rules have noted about the flow; null when there is no flow. */
    public @Nullable FlowMemory memory() {
        return memory;
    }

    /** Which way the packet, or the part of the transaction that is looked at, goes. */
    public Direction direction() {
        return direction;
    }

    /** How connections count whose handshake was not seen whole: set once, for the life of the stage. */
    public void handshakes(Handshakes counting) {
        handshakes = counting;
    }

    /**
     * Which connections are established without a whole handshake.
     *
     * @param midstream those that were picked up after their beginning
     * @param oneSided those of which only one direction is seen
     */
    public record Handshakes(boolean midstream, boolean oneSided) {}

    /** True when the flow is established as rules mean it. */
    public boolean isEstablished() {
        Flow of = flow;
        if (of == null) {
            return false;
        }
        if (of.isEstablished()) {
            return handshakes.midstream() || !of.isMidstream() || of.protocol() != TCP;
        }
        boolean oneSided = handshakes.oneSided() || handshakes.midstream() && of.isMidstream();
        return oneSided && of.packets(!of.toServer()) == 0 && of.packets(of.toServer()) > 1;
    }

    /** Which way the packet goes, whatever is looked at. */
    public Direction packetDirection() {
        return packetDirection;
    }

    /** What the flow speaks; null when that is not known. */
    public @Nullable AppProtocol application() {
        return application;
    }

    /** The transaction that is looked at; null when rules about packets are. */
    public @Nullable Transaction transaction() {
        return transaction;
    }

    /** The file that is looked at; null when none is. */
    public @Nullable TransferredFile file() {
        return file;
    }

    /** Turns to a transaction, or back to the packet. */
    public void turnTo(@Nullable Transaction to, Direction inDirection) {
        transaction = to;
        direction = inDirection;
        file = null;
    }

    /** Turns to a file of the transaction. */
    public void turnTo(TransferredFile to) {
        file = to;
        transaction = to.transaction();
        direction = to.direction();
    }

    /** Monotonic time of the packet in nanoseconds: capture time in a replay. */
    public long nanos() {
        return context.nanos();
    }

    // ---- ends of what is looked at, in its own direction

    /** High half of the sender's address. */
    public long sourceHigh() {
        Flow of = flow;
        if (of == null) {
            return packet.sourceHigh;
        }
        return direction.isToServer() ? of.clientHigh() : of.serverHigh();
    }

    /** Low half of the sender's address. */
    public long sourceLow() {
        Flow of = flow;
        if (of == null) {
            return packet.sourceLow;
        }
        return direction.isToServer() ? of.clientLow() : of.serverLow();
    }

    /** High half of the receiver's address. */
    public long destinationHigh() {
        Flow of = flow;
        if (of == null) {
            return packet.destinationHigh;
        }
        return direction.isToServer() ? of.serverHigh() : of.clientHigh();
    }

    /** Low half of the receiver's address. */
    public long destinationLow() {
        Flow of = flow;
        if (of == null) {
            return packet.destinationLow;
        }
        return direction.isToServer() ? of.serverLow() : of.clientLow();
    }

    /** The sender's port. */
    public int sourcePort() {
        Flow of = flow;
        if (of == null) {
            return packet.sourcePort;
        }
        return direction.isToServer() ? of.clientPort() : of.serverPort();
    }

    /** The receiver's port. */
    public int destinationPort() {
        Flow of = flow;
        if (of == null) {
            return packet.destinationPort;
        }
        return direction.isToServer() ? of.serverPort() : of.clientPort();
    }

    /** The sender's address. Allocates. */
    public Address source() {
        return new Address(sourceHigh(), sourceLow());
    }

    /** The receiver's address. Allocates. */
    public Address destination() {
        return new Address(destinationHigh(), destinationLow());
    }

    // ---- what a rule that is being tried has found out

    /**
     * Adds a thing to the event of the rule that is being tried: EVE's {@code alert.context}.
     *
     * @param key its name there
     * @param json the thing, as JSON text
     */
    public void enrich(String key, String json) {
        if (enrichmentCount < ENRICHMENTS_MAX) {
            enrichmentKeys[enrichmentCount] = key;
            enrichments[enrichmentCount++] = json;
        }
    }

    /** Notes what the rule that is being tried has found; more than the bound are not noted. */
    public void found(Finding finding) {
        if (findings.size() < FINDINGS_MAX) {
            findings.add(finding);
        }
    }

    /** What the rule has found so far. */
    public List<Finding> findings() {
        return findings;
    }

    /** The rule has matched: the flow remembers the texts that are for it. */
    public void keepTexts() {
        FlowMemory ofFlow = memory;
        for (int i = 0; ofFlow != null && i < findings.size(); i++) {
            Finding finding = findings.get(i);
            if (finding.kind() == Finding.Kind.FLOW_TEXT) {
                ofFlow.text(finding.name(), finding.text());
            } else if (finding.kind() == Finding.Kind.ENTROPY) {
                ofFlow.entropy(finding.name(), finding.number());
            }
        }
    }

    /** Forgets what was found after there were so many findings: the rule tries another place. */
    public void forgetFindings(int kept) {
        while (findings.size() > kept) {
            findings.removeLast();
        }
    }

    /** How many things there are. */
    public int enrichmentCount() {
        return enrichmentCount;
    }

    /** The name of one. */
    public String enrichmentKey(int index) {
        return enrichmentKeys[Objects.checkIndex(index, enrichmentCount)];
    }

    /** The JSON text of one. */
    public String enrichment(int index) {
        return enrichments[Objects.checkIndex(index, enrichmentCount)];
    }

    /** Forgets them: another rule is tried. */
    public void clearEnrichments() {
        Arrays.fill(enrichmentKeys, 0, enrichmentCount, null);
        Arrays.fill(enrichments, 0, enrichmentCount, null);
        enrichmentCount = 0;
        findings.clear();
    }

    // ---- events of this packet

    /** Forgets the events of the packet before. */
    public void clearEvents() {
        Arrays.fill(events, 0, eventCount, null);
        eventCount = 0;
    }

    /**
     * Notes that something odd was seen in this packet.
     *
     * @param event a constant: {@code stream.3whs_synack_resend}, or protocol and event as {@code http.INVALID_HOST}
     */
    public void note(String event) {
        if (eventCount < EVENTS_MAX) {
            events[eventCount++] = event;
        }
    }

    /** True when something of that name was seen in this packet, letter case apart. */
    public boolean hasEvent(String name) {
        for (int i = 0; i < eventCount; i++) {
            if (events[i].equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    /** How many events were noted. */
    public int eventCount() {
        return eventCount;
    }
}
