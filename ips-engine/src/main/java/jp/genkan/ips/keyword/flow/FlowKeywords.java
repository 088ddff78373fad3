package jp.genkan.ips.keyword.flow;

import java.util.Locale;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.Memory;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code flow} and its counters, {@code stream_size}, {@code app-layer-protocol}, {@code tag}. */
public final class FlowKeywords implements Family {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    /** Suricata's bound on the packets of a session that are logged where a rule gives none. */
    private static final int TAG_PACKETS_DEFAULT = 256;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        keywords.add(FlowState::compile, "flow");
        keywords.add(FlowKeywords::age, "flow.age");
        keywords.add((option, rule) -> count(option, rule, Flow::packets, Side.OF_OPTION), "flow.pkts");
        keywords.add((option, rule) -> count(option, rule, Flow::packets, Side.TO_SERVER), "flow.pkts_toserver");
        keywords.add((option, rule) -> count(option, rule, Flow::packets, Side.TO_CLIENT), "flow.pkts_toclient");
        keywords.add((option, rule) -> count(option, rule, Flow::bytes, Side.OF_OPTION), "flow.bytes");
        keywords.add((option, rule) -> count(option, rule, Flow::bytes, Side.TO_SERVER), "flow.bytes_toserver");
        keywords.add((option, rule) -> count(option, rule, Flow::bytes, Side.TO_CLIENT), "flow.bytes_toclient");
        keywords.add(FlowKeywords::streamSize, "stream_size");
        keywords.add(AppLayerProtocol::compile, "app-layer-protocol");
        keywords.add(FlowKeywords::tag, "tag");
    }

    /** A number that a flow has for each direction. */
    @FunctionalInterface
    private interface Counter {
        long of(Flow flow, boolean toServer);
    }

    /** Which of the two numbers has to pass. */
    private enum Side {
        TO_SERVER,
        TO_CLIENT,
        EITHER,
        BOTH,
        /** The option says it, before a comma. */
        OF_OPTION
    }

    private static boolean holds(Side side, Counter counter, NumberTest test, Flow flow) {
        return switch (side) {
            case TO_SERVER -> passes(counter.of(flow, true), test);
            case TO_CLIENT -> passes(counter.of(flow, false), test);
            case EITHER, OF_OPTION -> passes(counter.of(flow, true), test) || passes(counter.of(flow, false), test);
            case BOTH -> passes(counter.of(flow, true), test) && passes(counter.of(flow, false), test);
        };
    }

    private static boolean passes(long number, NumberTest test) {
        return number >= 0 && test.test(number);
    }

    // ---- how much, how long

    private static void age(RuleOption option, SignatureBuilder rule) throws RuleException {
        NumberTest test = NumberTest.of(option);
        rule.condition(moment -> test.test(ageSeconds(moment)) && moment.flow() != null);
    }

    /** Whole seconds, as the difference of the clock's seconds: a flow from 0.9 s to 1.1 s is one second old. */
    private static long ageSeconds(Moment moment) {
        Flow flow = moment.flow();
        if (flow == null) {
            return 0;
        }
        long first = flow.startEpochNanos() / NANOS_A_SECOND;
        return Math.max(0, moment.context().epochNanos() / NANOS_A_SECOND - first);
    }

    private static void count(RuleOption option, SignatureBuilder rule, Counter counter, Side given)
            throws RuleException {
        Side side = given;
        NumberTest test;
        if (given == Side.OF_OPTION) {
            String text = option.unquoted();
            int comma = text.indexOf(',');
            if (comma < 0) {
                throw option.badValue("a direction and a number with a comma between them are wanted");
            }
            side = switch (text.substring(0, comma).strip()) {
                case "toserver" -> Side.TO_SERVER;
                case "toclient" -> Side.TO_CLIENT;
                case "either" -> Side.EITHER;
                case "both" -> Side.BOTH;
                default -> throw option.badValue("the direction is toserver, toclient, either or both");
            };
            test = NumberTest.parse(text.substring(comma + 1), java.util.Map.of(), option);
        } else {
            test = NumberTest.of(option);
        }
        condition(rule, side, counter, test);
    }

    private static void condition(SignatureBuilder rule, Side side, Counter counter, NumberTest test) {
        rule.condition(moment -> {
            Flow flow = moment.flow();
            return flow != null && holds(side, counter, test, flow);
        });
    }

    /** {@code stream_size:server,<,1111}: sequence numbers that an end has used, so one more than its octets once it has sent its SYN. */
    private static void streamSize(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length != 3) {
            throw option.badValue("an end, a comparison and a number with commas between them are wanted");
        }
        Side side = switch (parts[0].strip()) {
            case "client" -> Side.TO_SERVER;
            case "server" -> Side.TO_CLIENT;
            case "both" -> Side.BOTH;
            case "either" -> Side.EITHER;
            default -> throw option.badValue("the end is client, server, both or either");
        };
        String operator = parts[1].strip();
        switch (operator) {
            case "<", ">", "=", "!=", "<=", ">=" -> {}
            default -> throw option.badValue("the comparison is <, >, =, !=, <= or >=");
        }
        NumberTest test = NumberTest.parse(operator + parts[2].strip(), java.util.Map.of(), option);
        condition(rule, side, Flow::sequenceSpan, test);
    }

    // ---- tag

    private static void tag(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().toLowerCase(Locale.ROOT).split(",", -1);
        boolean session = parts[0].strip().equals("session");
        if (!session && !parts[0].strip().equals("host")) {
            throw option.badValue("session or host is wanted");
        }
        int count = TAG_PACKETS_DEFAULT;
        Memory.Tag.Unit unit = Memory.Tag.Unit.PACKETS;
        if (parts.length > 1) {
            if (parts.length < 3) {
                throw option.badValue("a count needs a unit: packets, bytes or seconds");
            }
            count = tagCount(parts[1].strip(), option);
            unit = switch (parts[2].strip()) {
                case "packets" -> Memory.Tag.Unit.PACKETS;
                case "bytes" -> Memory.Tag.Unit.BYTES;
                case "seconds" -> Memory.Tag.Unit.SECONDS;
                default -> throw option.badValue("the unit is packets, bytes or seconds");
            };
        }
        if (session != parts.length < 4 || parts.length > 4) {
            throw option.badValue(session ? "a session has no src or dst" : "a host needs src or dst");
        }
        Memory.Tag.Scope scope = Memory.Tag.Scope.SESSION;
        if (!session) {
            scope = switch (parts[3].strip()) {
                case "src" -> Memory.Tag.Scope.SOURCE_HOST;
                case "dst" -> Memory.Tag.Scope.DESTINATION_HOST;
                default -> throw option.badValue("a host is src or dst");
            };
        }
        rule.tag(new Memory.Tag(scope, count, unit));
    }

    private static int tagCount(String text, RuleOption option) throws RuleException {
        try {
            return Integer.parseUnsignedInt(text) & Integer.MAX_VALUE;
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + text + "\" is no count");
        }
    }
}
