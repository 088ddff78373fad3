package jp.genkan.ips.signature;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.keyword.Language;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.Effect;
import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.pcre.PcreMatcher;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.rule.RuleParser;
import jp.genkan.ips.threshold.Decision;
import jp.genkan.ips.threshold.Thresholds;
import org.jspecify.annotations.Nullable;

/** A flow between two hosts with a clock, and rules that are held against it one packet at a time: what tests of keywords need that keep things between packets. Public fields are set by tests. */
public final class Scene {
    public static final long SECOND = 1_000_000_000L;

    public String client = "10.0.0.1";
    public String server = "192.0.2.1";
    public int clientPort = 40_000;
    public int serverPort = 80;
    public long flowId = 1;
    public boolean hasFlow = true;
    public boolean established = true;
    public boolean toServer = true;
    public long packetsToServer;
    public long packetsToClient;
    public long bytesToServer;
    public long bytesToClient;
    public int ipProtocol = Packet.NONE;
    public int payloadLength;
    public long spanToServer = -1;
    public long spanToClient = -1;
    public long startNanos;
    public long nanos = 1_000 * SECOND;
    public @Nullable AppProtocol application;
    public boolean unrecognisable;
    public long slot;
    public FlowMemory memory = new FlowMemory();

    private final RuleEnvironment environment;
    private final Thresholds thresholds = new Thresholds();
    private final Moment moment = new Moment();
    private final Packet packet = new Packet();
    private @Nullable PcreMatcher matcher;

    /** A scene whose rules find their files in this folder. */
    public Scene(Path folder) {
        environment = new RuleEnvironment(folder);
    }

    public Scene() {
        this(Path.of("."));
    }

    public RuleEnvironment environment() {
        return environment;
    }

    /** Compiles a rule about {@code ip} with these options. */
    public Compiled rule(String options) throws RuleException {
        Rule rule = RuleParser.parse("alert ip any any -> any any (" + options + ")", Path.of("scene.rules"), 1);
        Header header = HeaderWords.find("ip");
        if (header == null) {
            throw new IllegalStateException("no word ip");
        }
        SignatureBuilder builder =
                new SignatureBuilder(rule, header, environment, Language.get().buffers());
        for (RuleOption option : rule.options()) {
            Keyword keyword = Language.get().keywords().find(option.name());
            if (keyword == null) {
                throw new RuleException(RuleCode.UNKNOWN_KEYWORD, option.column(), option.name());
            }
            keyword.compile(option, builder);
        }
        return new Compiled(rule, builder);
    }

    /** The moment of the next packet. */
    public Moment moment() {
        Address source = Address.parse(toServer ? client : server);
        Address destination = Address.parse(toServer ? server : client);
        packet.resetDecoded();
        packet.ipVersion = 4;
        packet.ipProtocol = ipProtocol;
        packet.payloadLength = payloadLength;
        packet.sourceHigh = source.high();
        packet.sourceLow = source.low();
        packet.destinationHigh = destination.high();
        packet.destinationLow = destination.low();
        packet.sourcePort = toServer ? clientPort : serverPort;
        packet.destinationPort = toServer ? serverPort : clientPort;
        moment.begin(
                packet, hasFlow ? new SceneFlow() : null, hasFlow ? memory : null, application, new SceneContext());
        moment.clearEnrichments();
        return moment;
    }

    /** The moment of the packet before, as rules have left it. */
    public Moment lastMoment() {
        return moment;
    }

    /** A compiled rule of the scene. */
    public final class Compiled {
        private final Rule rule;
        private final SignatureBuilder builder;

        private Compiled(Rule rule, SignatureBuilder builder) {
            this.rule = rule;
            this.builder = builder;
        }

        public SignatureBuilder builder() {
            return builder;
        }

        public Memory memory() throws RuleException {
            return builder.collect().memory();
        }

        /** What was written by {@code metadata}. */
        public Map<String, List<String>> metadata() throws RuleException {
            return builder.collect().metadata();
        }

        public List<Reference> references() throws RuleException {
            return builder.collect().references();
        }

        /** Holds the rule against the next packet; its effects happen when it matches. */
        public boolean matches() throws RuleException {
            Moment at = moment();
            SignatureBuilder.Collected collected = builder.collect();
            for (Condition condition : collected.conditions()) {
                if (!condition.holds(at)) {
                    return false;
                }
            }
            for (Check check : collected.checks()) {
                if (check instanceof Check.OfValue value && !value.condition().holds(at)) {
                    return false;
                }
            }
            for (Effect effect : collected.effects()) {
                effect.apply(at);
            }
            return true;
        }

        /** Holds the rule's buffers, all of them the same text, against its steps. */
        public boolean matchesText(String text) throws RuleException {
            return matchesOctets(text.getBytes(StandardCharsets.UTF_8));
        }

        /** Holds the rule's buffers, all of them the same octets, against its steps. */
        public boolean matchesOctets(byte[] octets) throws RuleException {
            Inspection inspection = new Inspection(matcher());
            inspection.begin(moment());
            for (Check check : builder.collect().checks()) {
                if (check instanceof Check.OfBuffer buffer
                        && !inspection.inspect(
                                buffer.steps().toArray(Step[]::new), octets, 0, octets.length, 0, true)) {
                    return false;
                }
            }
            return true;
        }

        /** The signature, with filters behind its own. */
        public Signature signature(long sid, EventFilter... more) throws RuleException {
            SignatureBuilder.Collected collected = builder.collect();
            List<EventFilter> filters =
                    new java.util.ArrayList<>(collected.memory().filters());
            filters.addAll(List.of(more));
            Memory memory = new Memory(
                    collected.memory().uses(), filters, collected.memory().tags());
            Signature.Identity id =
                    new Signature.Identity(sid, 1, 1, "", null, "", 3, List.of(), Map.of(), Target.NONE);
            return new Signature(
                    rule,
                    id,
                    builder.header(),
                    new AnyEnds(),
                    collected.ways(),
                    collected.conditions(),
                    collected.checks(),
                    collected.effects(),
                    collected.traits(),
                    memory);
        }
    }

    private PcreMatcher matcher() {
        PcreMatcher made = matcher == null ? new PcreMatcher() : matcher;
        matcher = made;
        return made;
    }

    /** What becomes of a match of a signature in the next packet. */
    public Decision decide(Signature signature) {
        return thresholds.decide(signature, moment());
    }

    public Thresholds thresholds() {
        return thresholds;
    }

    private static final class AnyEnds implements Signature.Ends {
        @Override
        public boolean fit(Moment moment) {
            return true;
        }

        @Override
        public boolean isAny() {
            return true;
        }

        @Override
        public boolean isAnyPort() {
            return true;
        }
    }

    private final class SceneContext implements StageContext {
        @Override
        public long nanos() {
            return nanos;
        }

        @Override
        public long epochNanos() {
            return nanos;
        }

        @Override
        public int stage() {
            return 0;
        }

        @Override
        public boolean isUnrecognisable(Flow flow) {
            return unrecognisable;
        }

        @Override
        public boolean emit(Event event) {
            return true;
        }
    }

    private final class SceneFlow implements Flow {
        private final Address clientAddress = Address.parse(client);
        private final Address serverAddress = Address.parse(server);

        @Override
        public long id() {
            return flowId;
        }

        @Override
        public int protocol() {
            return 6;
        }

        @Override
        public boolean toServer() {
            return toServer;
        }

        @Override
        public Side clientSide() {
            return Side.INSIDE;
        }

        @Override
        public long clientHigh() {
            return clientAddress.high();
        }

        @Override
        public long clientLow() {
            return clientAddress.low();
        }

        @Override
        public long serverHigh() {
            return serverAddress.high();
        }

        @Override
        public long serverLow() {
            return serverAddress.low();
        }

        @Override
        public int clientPort() {
            return clientPort;
        }

        @Override
        public int serverPort() {
            return serverPort;
        }

        @Override
        public long vlanIds() {
            return 0;
        }

        @Override
        public boolean isNew() {
            return false;
        }

        @Override
        public boolean isMidstream() {
            return false;
        }

        @Override
        public boolean isEstablished() {
            return established;
        }

        @Override
        public long packets(boolean towardsServer) {
            return towardsServer ? packetsToServer : packetsToClient;
        }

        @Override
        public long bytes(boolean towardsServer) {
            return towardsServer ? bytesToServer : bytesToClient;
        }

        @Override
        public long sequenceSpan(boolean towardsServer) {
            return towardsServer ? spanToServer : spanToClient;
        }

        @Override
        public long startEpochNanos() {
            return startNanos;
        }

        @Override
        public long slot(int stage) {
            return slot;
        }

        @Override
        public void slot(int stage, long value) {
            slot = value;
        }

        @Override
        public void settle(int stage) {}

        @Override
        public void requestStream(int stage) {}

        @Override
        public void dropRest(DropReason reason) {}
    }

    /** The direction of the next packet. */
    public Direction direction() {
        return Direction.of(toServer);
    }
}
