package jp.genkan.dataplane.application;

import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.file.FileTracker;
import jp.genkan.protocols.file.RangeJoiner;
import org.jspecify.annotations.Nullable;

/** A file of a flow that is open: what follows it, and the whole of which it is a part, if it is one. Thread rule: one worker. */
final class FollowedFile {
    final FileTracker tracker;

    /** Not null when this is a part whose whole is being joined. */
    RangeJoiner.@Nullable Part part;

    private boolean begun;

    FollowedFile(FileTracker tracker) {
        this.tracker = tracker;
    }

    TransferredFile file() {
        return tracker.file();
    }

    /** True once, before the first octets. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }
}
