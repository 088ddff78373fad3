package jp.genkan.dataplane.application;

import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.file.FileTracker;
import jp.genkan.protocols.file.HashingPool;
import jp.genkan.protocols.file.JoinedFile;

/**
 * A file that came in parts, as it is put together: each octet goes to the stages once, in order, as part of the whole, in the call that brought it. When all
 * have come it has its event like any other file. When the rest does not come there is none: the parts had theirs.
 *
 * <p>Thread rule: one worker.
 */
final class WholeFile implements JoinedFile {
    private final FileTracker tracker;
    private final Telling telling;

    /**
     * The whole of which this is the first part that came.
     *
     * @param telling tells the flow of the part at hand
     */
    WholeFile(TransferredFile part, HashingPool hashing, Telling telling) {
        TransferredFile whole = new TransferredFile(part.transaction(), part.direction(), part.number(), part.name());
        whole.declaredType(part.declaredType());
        whole.announcedSize(part.wholeSize());
        whole.markJoined();
        this.tracker = new FileTracker(whole, hashing);
        this.telling = telling;
    }

    @Override
    public void octets(byte[] octets, int from, int to) {
        tracker.onOctets(octets, from, to);
        telling.tellOctets(tracker.file(), octets, from, to);
    }

    @Override
    public void complete() {
        tracker.close(FileState.CLOSED);
        telling.tellClosed(tracker.file());
    }

    @Override
    public void abandoned() {
        tracker.close(FileState.TRUNCATED);
    }
}
