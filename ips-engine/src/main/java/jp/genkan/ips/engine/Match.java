package jp.genkan.ips.engine;

import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/** A rule that has matched in the packet at hand. Used again for each packet. Thread rule: one worker. */
final class Match implements Comparable<Match> {
    int plan;
    @Nullable Transaction transaction;
    @Nullable TransferredFile file;
    boolean toServer;
    /** What it does concerns the whole flow: it looked at more than a packet. */
    boolean ofFlow;

    Match set(
            int ofPlan, @Nullable Transaction in, @Nullable TransferredFile ofFile, boolean inToServer, boolean whole) {
        plan = ofPlan;
        transaction = in;
        file = ofFile;
        toServer = inToServer;
        ofFlow = whole;
        return this;
    }

    @Override
    public int compareTo(Match other) {
        return Integer.compare(plan, other.plan);
    }
}
