package jp.genkan.ips.engine;

import java.util.List;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.ips.match.Finding;
import jp.genkan.ips.match.Moment;
import org.jspecify.annotations.Nullable;

/** A rule that has matched in the packet at hand. Used again for each packet. Thread rule: one worker. */
final class Match implements Comparable<Match> {
    int plan;

    @Nullable
    Transaction transaction;

    @Nullable
    TransferredFile file;

    @Nullable
    ProtocolFrame frame;

    boolean toServer;
    /** What it does concerns the whole flow: it looked at more than a packet. */
    boolean ofFlow;
    /** What datasets add to its event: names and JSON texts in turn; null mostly. */
    String @Nullable [] enrichments;

    /** What the rule has found out on its way. */
    List<Finding> findings = List.of();

    Match set(
            int ofPlan, @Nullable Transaction in, @Nullable TransferredFile ofFile, boolean inToServer, boolean whole) {
        plan = ofPlan;
        transaction = in;
        file = ofFile;
        frame = null;
        toServer = inToServer;
        ofFlow = whole;
        enrichments = null;
        findings = List.of();
        return this;
    }

    /** Keeps what the rule has found out, before the next rule is tried. */
    void keep(Moment moment) {
        if (!moment.findings().isEmpty()) {
            findings = List.copyOf(moment.findings());
        }
        int count = moment.enrichmentCount();
        if (count > 0) {
            String[] kept = new String[2 * count];
            for (int i = 0; i < count; i++) {
                kept[2 * i] = moment.enrichmentKey(i);
                kept[2 * i + 1] = moment.enrichment(i);
            }
            enrichments = kept;
        }
    }

    /** Puts back what the rule has found out. */
    void recall(Moment moment) {
        moment.clearEnrichments();
        String[] kept = enrichments;
        for (int i = 0; kept != null && i < kept.length; i += 2) {
            moment.enrich(kept[i], kept[i + 1]);
        }
    }

    @Override
    public int compareTo(Match other) {
        return Integer.compare(plan, other.plan);
    }
}
