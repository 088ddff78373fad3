package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/** What rules know of a transaction that is not over yet. Thread rule: its flow's worker. */
final class TransactionState {
    final Transaction transaction;
    final Candidates candidates = new Candidates();
    /** By direction: how many groups of fields have been searched. */
    final int[] searched = new int[2];
    /** By direction: plans without a literal are among the candidates. */
    final boolean[] begun = new boolean[2];
    /** By direction: plans about events are among the candidates. */
    final boolean[] askedForEvents = new boolean[2];
    /** By direction: plans that are about this direction alone were asked about events of the other one. */
    final boolean[] askedAcross = new boolean[2];
    /** By direction; null as long as there is no body. */
    final @Nullable Follower[] bodies = new Follower[2];

    final List<FileState> files = new ArrayList<>(1);
    /** By direction, what parsers found odd in it: EVE's name of the protocol, a dot, the event. */
    final List<List<String>> events = List.of(new ArrayList<>(0), new ArrayList<>(0));
    /** By direction: it has been read further since it was looked at. */
    final boolean[] dirty = new boolean[2];

    TransactionState(Transaction transaction) {
        this.transaction = transaction;
    }

    boolean isDirty() {
        return dirty[0] || dirty[1];
    }

    /** Rules have looked at what a direction has brought. */
    void look(int way) {
        Follower body = bodies[way];
        if (body != null) {
            body.window.look();
        }
        for (int i = 0; i < files.size(); i++) {
            files.get(i).follower.window.look();
        }
    }

    /** A file of the transaction. */
    static final class FileState {
        final TransferredFile file;
        final Candidates candidates = new Candidates();
        final Follower follower;
        boolean begun;
        boolean dirty;

        FileState(TransferredFile file, Follower follower) {
            this.file = file;
            this.follower = follower;
        }

        /** True while more of it is needed before rules look at its octets, where nothing is lost by waiting. */
        boolean isTooShort() {
            return file.state() == jp.genkan.core.observation.FileState.OPEN
                    && BodyLimits.isTooShort(file.transaction().protocol(), follower.window.total());
        }
    }
}
