package jp.genkan.ips.keyword.flow;

import java.util.Locale;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.FlowMemory;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Header;
import jp.genkan.ips.signature.HeaderWords;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code app-layer-protocol:[!]name[,mode]}. The mode says whose protocol is meant: the flow's (final), that of one direction, or either. {@code original} says the same as final: what was spoken before a
 * change of protocol is not remembered.
 */
final class AppLayerProtocol {
    /** Protocols that Suricata knows and that are not read here: nothing is one of them. */
    private static final Set<String> ELSEWHERE = Set.of("template", "irc", "jabber", "msn");

    /** Options that ask for nothing but the direction: a rule that has no other ones is about the recognition itself. */
    private static final Set<String> ASIDE = Set.of(
            "app-layer-protocol",
            "flow",
            "msg",
            "sid",
            "rev",
            "gid",
            "classtype",
            "priority",
            "reference",
            "metadata",
            "target",
            "noalert");

    /** Whose protocol. */
    private enum Mode {
        FINAL,
        TO_SERVER,
        TO_CLIENT,
        /** That of the direction that is looked at. */
        DIRECTION,
        EITHER
    }

    private AppLayerProtocol() {}

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted().strip();
        boolean negated = text.startsWith("!");
        if (negated) {
            text = text.substring(1).strip();
        }
        String[] parts = text.split(",", -1);
        if (parts.length > 2) {
            throw option.badValue("a protocol and a mode are wanted");
        }
        Mode mode = parts.length == 2 ? mode(parts[1].strip(), option) : Mode.FINAL;
        String name = parts[0].strip().toLowerCase(Locale.ROOT);
        rule.condition(condition(name, mode, negated, option));
        if (!name.equals("unknown") && isAboutRecognition(rule)) {
            once(rule);
        }
    }

    private static boolean isAboutRecognition(SignatureBuilder rule) {
        return rule.header().applications().isEmpty()
                && rule.rule().options().stream().allMatch(option -> ASIDE.contains(option.name()));
    }

    /** What a direction speaks is recognised once, so that such a rule speaks once for each direction: a hidden bit of the flow remembers it. */
    private static void once(SignatureBuilder rule) {
        String key = "recognition " + rule.rule().file() + ':' + rule.rule().line();
        int toServer = rule.environment().flowbits().number(key + " to_server");
        int toClient = rule.environment().flowbits().number(key + " to_client");
        rule.lateCondition(moment -> {
            FlowMemory memory = moment.memory();
            return memory == null || !memory.has(moment.direction().isToServer() ? toServer : toClient);
        });
        rule.effect(moment -> {
            FlowMemory memory = moment.memory();
            if (memory != null) {
                memory.set(moment.direction().isToServer() ? toServer : toClient);
            }
        });
    }

    private static Mode mode(String word, RuleOption option) throws RuleException {
        return switch (word) {
            case "final", "original" -> Mode.FINAL;
            case "to_server" -> Mode.TO_SERVER;
            case "to_client" -> Mode.TO_CLIENT;
            case "direction" -> Mode.DIRECTION;
            case "either" -> Mode.EITHER;
            default -> throw option.badValue("the mode is final, original, either, to_server, to_client or direction");
        };
    }

    private static Condition condition(String name, Mode mode, boolean negated, RuleOption option)
            throws RuleException {
        if (name.equals("unknown")) {
            return moment -> moment.flow() != null && isUndecided(moment) != negated;
        }
        if (name.equals("failed")) {
            return moment -> !isUndecided(moment) && (moment.application() == null) != negated;
        }
        Set<AppProtocol> protocols = protocols(name);
        if (protocols == null) {
            throw option.badValue("\"" + name + "\" is no application protocol");
        }
        if (negated) {
            return moment -> !isUndecided(moment) && !speaks(moment, mode, protocols);
        }
        return moment -> speaks(moment, mode, protocols);
    }

    private static @Nullable Set<AppProtocol> protocols(String name) {
        Header header = HeaderWords.find(name);
        if (header != null && !header.applications().isEmpty()) {
            return header.applications();
        }
        return ELSEWHERE.contains(name) ? Set.of() : null;
    }

    private static boolean speaks(Moment moment, Mode mode, Set<AppProtocol> protocols) {
        return switch (mode) {
            case FINAL -> isOf(moment.application(), protocols);
            case TO_SERVER -> speaks(moment, Direction.TO_SERVER, protocols);
            case TO_CLIENT -> speaks(moment, Direction.TO_CLIENT, protocols);
            case DIRECTION -> speaks(moment, moment.direction(), protocols);
            case EITHER ->
                speaks(moment, Direction.TO_SERVER, protocols) || speaks(moment, Direction.TO_CLIENT, protocols);
        };
    }

    private static boolean speaks(Moment moment, Direction direction, Set<AppProtocol> protocols) {
        Flow flow = moment.flow();
        AppProtocol spoken = flow == null ? null : moment.context().application(flow, direction);
        return isOf(spoken == null ? moment.application() : spoken, protocols);
    }

    private static boolean isOf(@Nullable AppProtocol spoken, Set<AppProtocol> protocols) {
        return spoken != null && protocols.contains(spoken);
    }

    /** True while it may still turn out what the flow speaks; also without a flow. */
    private static boolean isUndecided(Moment moment) {
        Flow flow = moment.flow();
        return flow == null || moment.application() == null && !moment.context().isUnrecognisable(flow);
    }
}
