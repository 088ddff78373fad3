package jp.genkan.ips.signature;

import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.rule.RuleException;

/** A step that modifiers behind it may still change; made when the whole rule has been read. */
@FunctionalInterface
public interface StepMaker {
    /** The step. */
    Step make() throws RuleException;
}
