package jp.genkan.ips.keyword.tls;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.tls.TlsTransaction;

/** {@code ssl_state:client_hello|server_hello}: one of these messages has come in the direction at hand. */
final class TlsStateKeyword {
    /** How far a handshake is. */
    private enum State {
        CLIENT_HELLO,
        SERVER_HELLO,
        CLIENT_KEYX,
        SERVER_KEYX,
        UNKNOWN
    }

    private TlsStateKeyword() {}

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        Set<State> wanted = EnumSet.noneOf(State.class);
        Set<State> refused = EnumSet.noneOf(State.class);
        for (String part : option.unquoted().split("[|,]", -1)) {
            String name = part.strip();
            boolean negated = name.startsWith("!");
            State state = state(negated ? name.substring(1).strip() : name, option);
            (negated ? refused : wanted).add(state);
        }
        Set<State> yes = Set.copyOf(wanted);
        Set<State> no = Set.copyOf(refused);
        rule.check(
                new Check.OfValue(
                        option.name(),
                        TlsKeywords.TLS,
                        Buffer.Ways.BOTH,
                        Progress.LINE,
                        false,
                        moment -> (yes.isEmpty() || isInAny(yes, moment)) && !isInAny(no, moment)),
                option);
    }

    private static State state(String name, RuleOption option) throws RuleException {
        for (State state : State.values()) {
            if (state.name().toLowerCase(Locale.ROOT).equals(name)) {
                return state;
            }
        }
        throw option.badValue(
                "\"" + name + "\" is no state: client_hello, server_hello, client_keyx, server_keyx, unknown");
    }

    private static boolean isInAny(Set<State> states, Moment moment) {
        if (!(moment.transaction() instanceof TlsTransaction tls)) {
            return false;
        }
        boolean toServer = moment.direction().isToServer();
        boolean hello = toServer ? tls.clientHello() != null : tls.serverHello() != null;
        boolean exchanged = tls.hasExchangedKey(Direction.of(toServer));
        return hello && states.contains(toServer ? State.CLIENT_HELLO : State.SERVER_HELLO)
                || exchanged && states.contains(toServer ? State.CLIENT_KEYX : State.SERVER_KEYX)
                || !hello && !exchanged && states.contains(State.UNKNOWN);
    }
}
