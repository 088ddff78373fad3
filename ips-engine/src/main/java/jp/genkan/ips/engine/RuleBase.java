package jp.genkan.ips.engine;

import java.util.concurrent.atomic.AtomicReference;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.threshold.Thresholds;
import jp.genkan.literals.LiteralCompiler;

/**
 * The rules in force, and what outlives a change of them: counts of thresholds, and what compiles literals.
 *
 * <p>Thread rule: any thread; the set is replaced by one reference, which each worker takes between packets.
 */
public final class RuleBase {
    private final LiteralCompiler literals;
    private final Moment.Handshakes handshakes;
    private final Thresholds thresholds = new Thresholds();
    private final AtomicReference<RuleSet> current = new AtomicReference<>(RuleSet.EMPTY);

    /**
     * A base without rules.
     *
     * @param handshakes which connections count as established
     */
    public RuleBase(LiteralCompiler literals, Moment.Handshakes handshakes) {
        this.literals = literals;
        this.handshakes = handshakes;
    }

    /** Which connections count as established. */
    public Moment.Handshakes handshakes() {
        return handshakes;
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

    /** The same rules for traffic that is made up: how often they have spoken there is nobody's business. */
    public RuleBase forRehearsal() {
        RuleBase copy = new RuleBase(literals, handshakes);
        copy.replace(current());
        return copy;
    }

    /** Puts another set in force. */
    public void replace(RuleSet set) {
        current.set(set);
    }
}
