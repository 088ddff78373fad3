package jp.genkan.ips.signature;

import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;

/** What an option of a rule means: adds conditions, checks, effects or properties to the signature that is being built. Stateless. */
@FunctionalInterface
public interface Keyword {
    /**
     * Compiles one use of the keyword.
     *
     * @throws RuleException when the option is wrong, or does not fit into the rule
     */
    void compile(RuleOption option, SignatureBuilder rule) throws RuleException;
}
