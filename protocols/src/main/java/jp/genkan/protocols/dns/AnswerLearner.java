package jp.genkan.protocols.dns;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import jp.genkan.core.frame.Address;

/**
 * Takes out of a response which addresses it gives for the name that was asked for, aliases followed, and tells them to an {@link AnswerReceiver}.
 *
 * <p>Thread rule: stateless.
 */
public final class AnswerLearner {
    /** Addresses that are taken out of one response; the largest pools answer with some 30. */
    static final int ADDRESSES_MAX = 64;

    /** Aliases that are followed; resolvers give up after 8 to 16. */
    static final int ALIASES_MAX = 16;

    /** How often the answers are gone through for aliases: once where they stand in order, as they nearly always do. */
    private static final int ROUNDS_MAX = 4;

    private static final int IN = 1;

    private AnswerLearner() {}

    /**
     * Learns from a response; from a request or a refusal nothing.
     *
     * @param host who asked
     */
    public static void learn(DnsTransaction response, Address host, AnswerReceiver receiver, long nowNanos) {
        if (!response.isResponse() || response.responseCode() != 0 || response.opcode() != 0) {
            return;
        }
        List<DnsEntry> questions = response.entries(DnsSection.QUESTION);
        if (questions.size() != 1) {
            return;
        }
        List<DnsEntry> answers = response.entries(DnsSection.ANSWER);
        byte[] asked = questions.getFirst().nameOctets();
        Set<String> aliases = aliases(key(asked), answers);
        String name = hostName(questions.getFirst().name());
        int left = ADDRESSES_MAX;
        for (DnsEntry answer : answers) {
            if (left <= 0) {
                return;
            }
            if (answer.recordClass() == IN && aliases.contains(key(answer.nameOctets()))) {
                left -= enter(answer, host, name, receiver, nowNanos);
            }
        }
    }

    private static int enter(DnsEntry answer, Address host, String name, AnswerReceiver receiver, long nowNanos) {
        Address address = answer.address();
        if (address != null) {
            receiver.put(host, address, name, answer.timeToLive(), nowNanos);
            return 1;
        }
        List<Address> hints = answer.hints();
        int taken = Math.min(hints.size(), ADDRESSES_MAX);
        for (Address hint : hints.subList(0, taken)) {
            receiver.put(host, hint, name, answer.timeToLive(), nowNanos);
        }
        return taken;
    }

    /** The name asked for, and every name that it is an alias of. */
    private static Set<String> aliases(String asked, List<DnsEntry> answers) {
        Set<String> aliases = new HashSet<>();
        aliases.add(asked);
        boolean grown = true;
        for (int round = 0; grown && round < ROUNDS_MAX; round++) {
            grown = false;
            for (DnsEntry answer : answers) {
                if (answer.type() == DnsMessage.CNAME
                        && aliases.size() <= ALIASES_MAX
                        && aliases.contains(key(answer.nameOctets()))) {
                    byte[] target = answer.targetOctets();
                    grown |= target != null && aliases.add(key(target));
                }
            }
        }
        return aliases;
    }

    private static String key(byte[] name) {
        return new String(name, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    /** Without the port and scheme in front that HTTPS records have on other ports (RFC 9460 §2.3). */
    private static String hostName(String name) {
        String rest = name;
        for (int part = 0; part < 2 && rest.startsWith("_") && rest.indexOf('.') > 0; part++) {
            rest = rest.substring(rest.indexOf('.') + 1);
        }
        return rest.toLowerCase(Locale.ROOT);
    }
}
