package jp.genkan.ips.signature;

import java.util.List;
import jp.genkan.core.config.Nearest;
import jp.genkan.ips.classification.Classification;
import jp.genkan.ips.classification.Classifications;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.network.AddressSpec;
import jp.genkan.ips.network.PortSpec;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * Compiles rules to signatures: the header, then each option by its keyword.
 *
 * <p>Properties that identity keywords set, under the option's name: {@code sid} and {@code gid} (Long), {@code rev} and {@code priority} (Integer), {@code msg} (String), {@code target}
 * ({@link Target}); {@code classtype} (String), which is looked up in the {@link Classifications} of the environment.
 *
 * <p>Thread rule: the thread that loads rules.
 */
public final class SignatureCompiler {
    /** Priority of a rule that has neither a class nor one of its own: Suricata's. */
    private static final int PRIORITY_DEFAULT = 3;

    private final RuleEnvironment environment;
    private final Variables variables;
    private final KeywordTable keywords;
    private final BufferTable buffers;

    /** A compiler of rules with these variables. */
    public SignatureCompiler(
            RuleEnvironment environment, Variables variables, KeywordTable keywords, BufferTable buffers) {
        this.environment = environment;
        this.variables = variables;
        this.keywords = keywords;
        this.buffers = buffers;
    }

    /**
     * Compiles a rule.
     *
     * @throws RuleException when it cannot be used
     */
    public Signature compile(Rule rule) throws RuleException {
        Header header = HeaderWords.find(rule.protocol());
        if (header == null) {
            throw new RuleException(
                    RuleCode.UNKNOWN_PROTOCOL,
                    rule.source().column() - rule.protocol().length() - 1,
                    "unknown protocol \"" + rule.protocol() + "\"",
                    Nearest.to(rule.protocol(), HeaderWords.words()));
        }
        Ends ends = ends(rule);
        SignatureBuilder builder = new SignatureBuilder(rule, header, environment, buffers);
        for (RuleOption option : rule.options()) {
            Keyword keyword = keywords.find(option.name());
            if (keyword == null) {
                throw new RuleException(
                        RuleCode.UNKNOWN_KEYWORD,
                        option.column(),
                        "unknown keyword \"" + option.name() + "\"",
                        Nearest.to(option.name(), keywords.names()));
            }
            keyword.compile(option, builder);
        }
        return finish(rule, header, ends, builder);
    }

    private Ends ends(Rule rule) throws RuleException {
        return new Ends(
                variables.addresses(rule.source()),
                variables.ports(rule.sourcePort()),
                variables.addresses(rule.destination()),
                variables.ports(rule.destinationPort()),
                rule.way() == Rule.Way.BOTH);
    }

    private static Signature finish(Rule rule, Header header, Ends ends, SignatureBuilder builder)
            throws RuleException {
        Long sid = (Long) builder.property("sid");
        if (sid == null) {
            throw new RuleException(RuleCode.MISSING_SID, 0, "the rule has no sid");
        }
        SignatureBuilder.Collected collected = builder.collect();
        refuseMixture(collected.checks());
        Header narrowed = new Header(
                header.word(), header.transport(), header.ipVersion(), collected.applications(), header.payload());
        return new Signature(
                rule.withoutOptions(),
                identity(sid, collected, builder),
                narrowed,
                ends,
                ways(rule, collected),
                collected.conditions(),
                collected.checks(),
                collected.effects(),
                collected.traits(),
                collected.memory());
    }

    /** A rule about frames looks at one type of them, and at nothing else of the conversation: as in Suricata. */
    private static void refuseMixture(List<Check> checks) throws RuleException {
        Buffer frame = null;
        for (Check check : checks) {
            if (check instanceof Check.OfBuffer of && of.key().buffer().origin() == Buffer.Origin.FRAME) {
                frame = of.key().buffer();
            }
        }
        for (Check check : checks) {
            if (frame != null
                    && !(check instanceof Check.OfBuffer of && of.key().buffer() == frame)) {
                throw new RuleException(
                        RuleCode.CONFLICT, 0, "a rule about a frame looks at nothing else: " + name(check));
            }
        }
    }

    private static Signature.Identity identity(
            long sid, SignatureBuilder.Collected collected, SignatureBuilder builder) {
        Integer priority = number(builder, "priority");
        String name = (String) builder.property("classtype");
        Classification known = name == null
                ? null
                : builder.environment()
                        .shared(Classifications.class, Classifications::stock)
                        .find(name);
        Integer ofClass = known == null ? null : Integer.valueOf(known.priority());
        Integer severity = priority != null ? priority : ofClass;
        Long gid = (Long) builder.property("gid");
        Integer revision = number(builder, "rev");
        Target target = (Target) builder.property("target");
        return new Signature.Identity(
                sid,
                gid == null ? 1 : gid,
                revision == null ? 0 : revision,
                text(builder, "msg"),
                name == null ? null : name.intern(),
                known == null ? "" : known.description(),
                severity == null ? PRIORITY_DEFAULT : severity,
                collected.references(),
                collected.metadata(),
                target == null ? Target.NONE : target);
    }

    private static @Nullable Integer number(SignatureBuilder builder, String name) {
        return (Integer) builder.property(name);
    }

    private static String text(SignatureBuilder builder, String name) {
        Object value = builder.property(name);
        return value == null ? "" : (String) value;
    }

    /** Directions by the flow keyword, narrowed by what the buffers allow. */
    private static Buffer.Ways ways(Rule rule, SignatureBuilder.Collected collected) throws RuleException {
        Buffer.Ways ways = collected.ways();
        if (rule.way() == Rule.Way.TRANSACTION) {
            return Buffer.Ways.BOTH;
        }
        for (Check check : collected.checks()) {
            Buffer.Ways own = check.ways();
            if (own != Buffer.Ways.BOTH && ways != Buffer.Ways.BOTH && own != ways) {
                throw new RuleException(
                        RuleCode.CONFLICT, 0, "the rule asks for both directions: " + name(check) + " is " + word(own));
            }
            if (own != Buffer.Ways.BOTH) {
                ways = own;
            }
        }
        return ways;
    }

    private static String name(Check check) {
        return switch (check) {
            case Check.OfBuffer buffer -> buffer.key().buffer().name();
            case Check.OfValue value -> value.name();
        };
    }

    private static String word(Buffer.Ways ways) {
        return ways == Buffer.Ways.TO_SERVER ? "to_server" : "to_client";
    }

    /** Addresses and ports of a header. */
    public record Ends(
            AddressSpec source, PortSpec sourcePort, AddressSpec destination, PortSpec destinationPort, boolean both)
            implements Signature.Ends {
        @Override
        public boolean fit(Moment moment) {
            return forward(moment) || both && backward(moment);
        }

        private boolean forward(Moment moment) {
            return destinationPort.contains(moment.destinationPort())
                    && sourcePort.contains(moment.sourcePort())
                    && source.contains(moment.sourceHigh(), moment.sourceLow())
                    && destination.contains(moment.destinationHigh(), moment.destinationLow());
        }

        private boolean backward(Moment moment) {
            return destinationPort.contains(moment.sourcePort())
                    && sourcePort.contains(moment.destinationPort())
                    && source.contains(moment.destinationHigh(), moment.destinationLow())
                    && destination.contains(moment.sourceHigh(), moment.sourceLow());
        }

        @Override
        public boolean isAny() {
            return source.isAny() && destination.isAny() && isAnyPort();
        }

        @Override
        public boolean isAnyPort() {
            return sourcePort.isAny() && destinationPort.isAny();
        }
    }
}
