package jp.genkan.ips.engine;

import java.util.concurrent.atomic.AtomicReference;
import jp.genkan.ips.hyperscan.LiteralCompiler;
import jp.genkan.ips.threshold.Thresholds;

/**
 * The rules in force, and what outlives a change of them: counts of thresholds, and what compiles literals.
 *
 * <p>Thread rule: any thread; the set is replaced by one reference, which each worker takes between packets.
 */
public final class RuleBase {
    private final LiteralCompiler literals;
    private final Thresholds thresholds = new Thresholds();
    private final AtomicReference<RuleSet> current = new AtomicReference<>(RuleSet.EMPTY);

    /** A base without rules. */
    public RuleBase(LiteralCompiler literals) {
        this.literals = literals;
    }

    /** What compiles literals. */
    public LiteralCompiler literals() {
        return literals;
    }

    /** How often rules may speak. */
    public Thresholds thresholds() {
        return thresholds;
    }

    /** The set in force. */
    public RuleSet current() {
        return current.get();
    }

    /** Puts another set in force. */
    public void replace(RuleSet set) {
        current.set(set);
    }
}
