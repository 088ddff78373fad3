package jp.genkan.ips.keyword.flow;

import java.util.Locale;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Header;
import jp.genkan.ips.signature.HeaderWords;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/**
 * {@code app-layer-protocol:[!]name[,mode]}. What a flow speaks is recognised once for both directions here, so that the modes that ask for one of them, for either, or for the final one say the
 * same; {@code original} differs only after a change of protocol, which is not remembered.
 */
final class AppLayerProtocol {
    /** Protocols that Suricata knows and that are not read here: nothing is one of them. */
    private static final Set<String> ELSEWHERE = Set.of(
            "nfs",
            "ntp",
            "ike",
            "ikev2",
            "enip",
            "dnp3",
            "modbus",
            "telnet",
            "websocket",
            "pgsql",
            "rfb",
            "template",
            "irc",
            "jabber",
            "msn");

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
        if (parts.length == 2) {
            checkMode(parts[1].strip(), option);
        }
        rule.condition(condition(parts[0].strip().toLowerCase(Locale.ROOT), negated, option));
    }

    private static void checkMode(String mode, RuleOption option) throws RuleException {
        switch (mode) {
            case "final", "original", "either", "to_server", "to_client", "direction" -> {}
            default -> throw option.badValue("the mode is final, original, either, to_server, to_client or direction");
        }
    }

    private static Condition condition(String name, boolean negated, RuleOption option) throws RuleException {
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
            return moment -> !isUndecided(moment) && !speaks(moment, protocols);
        }
        return moment -> speaks(moment, protocols);
    }

    private static @Nullable Set<AppProtocol> protocols(String name) {
        Header header = HeaderWords.find(name);
        if (header != null && !header.applications().isEmpty()) {
            return header.applications();
        }
        return ELSEWHERE.contains(name) ? Set.of() : null;
    }

    private static boolean speaks(Moment moment, Set<AppProtocol> protocols) {
        AppProtocol spoken = moment.application();
        return spoken != null && protocols.contains(spoken);
    }

    /** True while it may still turn out what the flow speaks; also without a flow. */
    private static boolean isUndecided(Moment moment) {
        Flow flow = moment.flow();
        return flow == null || moment.application() == null && !moment.context().isUnrecognisable(flow);
    }
}
