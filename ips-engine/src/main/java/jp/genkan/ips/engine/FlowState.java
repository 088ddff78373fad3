package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.match.FlowMemory;
import org.jspecify.annotations.Nullable;

/** What rules know of a flow. Thread rule: its worker. */
final class FlowState {
    static final int[] NOT_FOUND = {};

    final FlowMemory memory = new FlowMemory();
    final List<TransactionState> transactions = new ArrayList<>(1);
    /** Frames that rules ask for and have not seen to their end. */
    final List<FrameState> frames = new ArrayList<>(0);
    /** Tags that run on this flow. */
    final List<Tagging.Tagged> tags = new ArrayList<>(0);
    /** By direction: plans to ask for each packet; null before the first one. */
    final int[] @Nullable [] packetPlans = new int[2][];
    /** By direction; null as long as nothing was read. */
    final @Nullable Follower[] streams = new Follower[2];
    /** By direction: plans whose literal was found in the stream, and which have not matched yet. */
    final PlanList[] pending = {new PlanList(), new PlanList()};
    /** By direction: up to which octet of the stream the pending ones are worth asking. */
    final long[] pendingUntil = new long[2];
    /** By direction: octets were added to the stream by this packet. */
    final boolean[] streamGrew = new boolean[2];
    /** By direction: what was found odd since rules about packets of that direction were asked. */
    final List<List<String>> events = List.of(new ArrayList<>(0), new ArrayList<>(0));
    /** The set whose numbers are in here. */
    @Nullable
    RuleSet rules;

    /** No packet was seen under this set yet. */
    boolean begins = true;

    /** The only transaction that was open when the packet was looked at; null when there was none, or several. */
    @Nullable
    Transaction only;

    boolean everythingPassed;
    /** A rule has passed the flow, under this set or one before it. */
    boolean passedByRule;

    /** Notes which transaction is open, or the only one that the packet's direction has brought further, before rules are asked about the packet. */
    void noteOnly(int way) {
        only = transactions.size() == 1 ? transactions.getFirst().transaction : null;
        int open = 0;
        for (int i = 0; transactions.size() > 1 && i < transactions.size(); i++) {
            if (transactions.get(i).dirty[way]) {
                only = transactions.get(i).transaction;
                open++;
            }
        }
        only = open > 1 ? null : only;
    }

    /** True when rules about each packet of the flow look at what was noted about it: another packet may match them. */
    boolean asksForMemory() {
        RuleSet in = rules;
        for (int[] plans : packetPlans) {
            for (int i = 0; in != null && plans != null && i < plans.length; i++) {
                if (!in.plans[plans[i]].signature.memory().uses().isEmpty()) {
                    return !memory.isEmpty();
                }
            }
        }
        return false;
    }

    /** True when something is open or has not been looked at, or was noted and holds until the flow is forgotten. */
    boolean isWanted() {
        return streamGrew[0]
                || streamGrew[1]
                || !transactions.isEmpty()
                || !frames.isEmpty()
                || !tags.isEmpty()
                || everythingPassed
                || passedByRule
                || !memory.isEmpty()
                || memory.silenced;
    }

    /** Rules have looked at what a direction of the stream has brought. */
    void streamsSeen(int way) {
        streamGrew[way] = false;
        Follower stream = streams[way];
        if (stream != null) {
            stream.window.look();
        }
    }

    @Nullable
    FrameState find(ProtocolFrame frame) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            if (frames.get(i).frame == frame) {
                return frames.get(i);
            }
        }
        return null;
    }

    @Nullable
    TransactionState find(Transaction transaction) {
        for (int i = transactions.size() - 1; i >= 0; i--) {
            if (transactions.get(i).transaction == transaction) {
                return transactions.get(i);
            }
        }
        return null;
    }
}
