package jp.genkan.ips.keyword.dataset;

import jp.genkan.ips.dataset.Dataset;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.keyword.number.NumberTest;

/** Holds the reputation of a whole buffer against a number; what has none does not pass. */
final class ReputationStep extends Step {
    private final Dataset set;
    private final NumberTest test;

    ReputationStep(Dataset set, NumberTest test) {
        this.set = set;
        this.test = test;
    }

    @Override
    protected boolean match(Inspection inspection, int index) {
        return inspection.isWhole()
                && set.thing(inspection.octets(), inspection.from(), inspection.to()) instanceof Integer reputation
                && test.test(reputation)
                && inspection.rest(index);
    }

    @Override
    public boolean needsWhole() {
        return true;
    }
}
