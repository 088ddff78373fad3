package jp.genkan.ips.signature;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.event.Event;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.keyword.Language;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.pcre.PcreMatcher;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.rule.RuleParser;

/** The options of a rule, compiled by their keywords, to be held against a packet: what tests of keywords need and nothing more. */
public final class TriedRule {
    private final SignatureBuilder builder;

    private TriedRule(SignatureBuilder builder) {
        this.builder = builder;
    }

    /** A rule about {@code ip} with these options. */
    public static TriedRule of(String options) throws RuleException {
        return of("ip", options);
    }

    /** A rule about a protocol with these options. */
    public static TriedRule of(String protocol, String options) throws RuleException {
        String text = "alert " + protocol + " any any -> any any (" + options + ")";
        Rule rule = RuleParser.parse(text, Path.of("tried.rules"), 1);
        Header header = HeaderWords.find(protocol);
        if (header == null) {
            throw new RuleException(RuleCode.UNKNOWN_PROTOCOL, 1, protocol);
        }
        SignatureBuilder builder = new SignatureBuilder(
                rule, header, new RuleEnvironment(Path.of(".")), Language.get().buffers());
        for (RuleOption option : rule.options()) {
            Keyword keyword = Language.get().keywords().find(option.name());
            if (keyword == null) {
                throw new RuleException(RuleCode.UNKNOWN_KEYWORD, option.column(), option.name());
            }
            keyword.compile(option, builder);
        }
        return new TriedRule(builder);
    }

    /** Do all conditions hold for this packet, in which these events were seen; and what is asked of events of a transaction? */
    public boolean holds(Packet packet, String... events) throws RuleException {
        Moment moment = new Moment();
        moment.begin(packet, null, null, null, NoContext.INSTANCE);
        for (String event : events) {
            moment.note(event);
        }
        for (Condition condition : builder.collect().conditions()) {
            if (!condition.holds(moment)) {
                return false;
            }
        }
        for (Check check : builder.collect().checks()) {
            if (check instanceof Check.OfValue value
                    && value.name().equals(Check.EVENT)
                    && !value.condition().holds(moment)) {
                return false;
            }
        }
        return true;
    }

    /** Has it this trait? */
    public boolean has(Signature.Trait trait) {
        return builder.hasTrait(trait);
    }

    /** Do all checks of fields and values hold for this direction of a transaction? Bodies and contents of files are passed over. */
    public boolean finds(Transaction transaction, Direction direction) throws RuleException {
        return finds(at(transaction, direction));
    }

    /** Do all checks hold for this file, its octets passed over? */
    public boolean finds(TransferredFile file) throws RuleException {
        Moment moment = at(file.transaction(), file.direction());
        moment.turnTo(file);
        return finds(moment);
    }

    private boolean finds(Moment moment) throws RuleException {
        SignatureBuilder.Collected collected = builder.collect();
        if (!collected.ways().include(moment.direction().isToServer())) {
            return false;
        }
        for (Check check : collected.checks()) {
            boolean holds = check.ways().include(moment.direction().isToServer())
                    && switch (check) {
                        case Check.OfValue value -> value.condition().holds(moment);
                        case Check.OfBuffer buffer -> holds(buffer, moment);
                    };
            if (!holds) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Check.OfBuffer check, Moment moment) {
        Buffer buffer = check.key().buffer();
        if (buffer.origin() == Buffer.Origin.BODY || buffer.origin() == Buffer.Origin.FILE_CONTENT) {
            return true;
        }
        BufferSink sink = new BufferSink();
        buffer.source().read(moment, sink);
        Step[] steps = check.steps().toArray(Step[]::new);
        try (PcreMatcher matcher = new PcreMatcher()) {
            Inspection inspection = new Inspection(matcher);
            for (int i = 0; i < sink.count(); i++) {
                inspection.begin(moment);
                if (inspection.inspect(steps, sink.octets(i), sink.from(i), sink.to(i), 0, true)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static Moment at(Transaction transaction, Direction direction) {
        Moment moment = new Moment();
        moment.begin(new Packet(), null, null, transaction.protocol(), NoContext.INSTANCE);
        moment.turnTo(transaction, direction);
        return moment;
    }

    /** The instances of a buffer of a transaction, in Latin-1. */
    public static List<String> buffer(String name, Transaction transaction, Direction direction) {
        BufferSink sink = new BufferSink();
        Language.get().buffers().get(name).source().read(at(transaction, direction), sink);
        List<String> instances = new ArrayList<>();
        for (int i = 0; i < sink.count(); i++) {
            instances.add(
                    new String(sink.octets(i), sink.from(i), sink.to(i) - sink.from(i), StandardCharsets.ISO_8859_1));
        }
        return instances;
    }

    /** What the rule asks of a transaction: names of buffers and values. */
    public List<String> checks() throws RuleException {
        List<String> names = new ArrayList<>();
        for (Check check : builder.collect().checks()) {
            names.add(
                    switch (check) {
                        case Check.OfValue value -> value.name();
                        case Check.OfBuffer buffer ->
                            buffer.key().buffer().name() + " " + buffer.steps().size();
                    });
        }
        return names;
    }

    /** The instances of a buffer of a packet, in hexadecimal. */
    public static List<String> buffer(String name, Packet packet) {
        Buffer buffer = Language.get().buffers().get(name);
        Moment moment = new Moment();
        moment.begin(packet, null, null, null, NoContext.INSTANCE);
        BufferSink sink = new BufferSink();
        buffer.source().read(moment, sink);
        List<String> instances = new ArrayList<>();
        for (int i = 0; i < sink.count(); i++) {
            instances.add(HexFormat.of().formatHex(sink.octets(i), sink.from(i), sink.to(i)));
        }
        return instances;
    }

    private enum NoContext implements StageContext {
        INSTANCE;

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public long epochNanos() {
            return 0;
        }

        @Override
        public int stage() {
            return 0;
        }

        @Override
        public boolean emit(Event event) {
            return true;
        }
    }
}
