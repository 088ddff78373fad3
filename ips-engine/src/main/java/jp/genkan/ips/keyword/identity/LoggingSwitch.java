package jp.genkan.ips.keyword.identity;

import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

/**
 * What a {@code config} rule turns off: the events about a transaction or a flow.
 *
 * @param type what is no longer told
 * @param scope whose: of the transaction that matched, or of all in its flow
 */
public record LoggingSwitch(Thing type, Thing scope) {
    /** A transaction or a flow. */
    public enum Thing {
        TRANSACTION,
        FLOW
    }

    /** Reads {@code logging disable, type tx, scope tx}. */
    static LoggingSwitch parse(RuleOption option) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length != 3) {
            throw option.badValue("\"logging disable, type tx, scope tx\" is wanted");
        }
        if (!parts[0].strip().matches("logging\\s+disable")) {
            throw option.badValue("only \"logging disable\" is known");
        }
        return new LoggingSwitch(thing(parts[1], "type", option), thing(parts[2], "scope", option));
    }

    private static Thing thing(String part, String word, RuleOption option) throws RuleException {
        String[] words = part.strip().split("\\s+", -1);
        if (words.length == 2 && words[0].equals(word)) {
            switch (words[1]) {
                case "tx" -> {
                    return Thing.TRANSACTION;
                }
                case "flow" -> {
                    return Thing.FLOW;
                }
                default -> throw option.badValue(word + " is tx or flow");
            }
        }
        throw option.badValue("\"" + word + " tx\" or \"" + word + " flow\" is wanted");
    }
}
