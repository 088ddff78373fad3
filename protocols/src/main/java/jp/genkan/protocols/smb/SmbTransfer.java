package jp.genkan.protocols.smb;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.file.JoinedFile;
import jp.genkan.protocols.file.RangeRuns;
import org.jspecify.annotations.Nullable;

/**
 * What is read from an open file, or written to it, as one file: octets at their places, those that come too early wait for those before them. When
 * no room is left the hole becomes a gap. Octets at place 0 after others begin the file anew, because they may differ from those seen before.
 */
final class SmbTransfer {
    private final SmbSession session;
    private final SmbFile open;
    private final Direction direction;
    private RangeRuns runs;
    private @Nullable SmbTransaction transaction;
    private @Nullable TransferredFile file;
    private long start;
    private boolean hasGap;
    private boolean isDone; // closed as whole, before the handle was
    private boolean isEndSeen;
    private boolean isOverlapTold;

    SmbTransfer(SmbSession session, SmbFile open, Direction direction) {
        this.session = session;
        this.open = open;
        this.direction = direction;
        this.runs = begin();
    }

    /** The file for as long as one call lasts. */
    private final class Sink implements JoinedFile {
        @Override
        public void octets(byte[] octets, int from, int to) {
            Conversation conversation = session.conversation();
            conversation.fileOctets(file(conversation), octets, from, to);
        }

        @Override
        public void gap(long missing) {
            hasGap = true;
            Conversation conversation = session.conversation();
            conversation.fileGap(file(conversation), missing);
        }

        @Override
        public void complete() {}

        @Override
        public void abandoned() {}
    }

    private RangeRuns begin() {
        return new RangeRuns(Long.MAX_VALUE, new Sink());
    }

    private TransferredFile file(Conversation conversation) {
        if (file == null) {
            if (transaction == null) {
                transaction = session.fileTransaction(open, direction);
            }
            file = conversation.openFile(transaction, direction, open.name());
            if (direction == Direction.TO_CLIENT && open.size() > 0) {
                file.announcedSize(open.size());
            }
        }
        return file;
    }

    /** Octets at this place. */
    void octets(long place, byte[] octets, int from, int to) {
        if (from >= to || place < 0) {
            return;
        }
        if (place == 0 && runs.frontier() > 0) {
            closeFile(direction.isToServer() || open.isPipe()); // what was there is whole, until it is written over
            restart();
            if (direction.isToServer() && !open.isPipe()) {
                overlap();
            }
        }
        if (isDone) {
            return;
        }
        if (place < runs.frontier()) {
            overlap();
        }
        long had = runs.memory();
        while (!runs.put(place, octets, from, to, session.roomForWaiting() + had)) {
            long first = runs.firstWaiting();
            skipTo(first >= 0 && first < place ? first : place);
        }
        session.waiting(runs.memory() - had);
        if (transaction != null) {
            session.conversation().advance(transaction, direction, Progress.BODY);
        }
        if (isWhole()) {
            closeFile(true);
            isDone = true;
        }
    }

    private boolean isWhole() {
        return direction == Direction.TO_CLIENT
                && start == 0
                && open.size() > 0
                && runs.frontier() == open.size()
                && !hasGap;
    }

    private void overlap() {
        if (!isOverlapTold) {
            isOverlapTold = true;
            session.conversation().anomaly(transaction, direction, "FILE_OVERLAP");
        }
    }

    private void skipTo(long place) {
        if (file == null && runs.frontier() == 0) {
            start = place;
            runs.beginAt(place);
        } else {
            runs.skipTo(place);
        }
    }

    private void restart() {
        runs = begin();
        start = 0;
        hasGap = false;
        isDone = false;
        isEndSeen = false;
    }

    /** The server said that there is no more. */
    void endOfFile() {
        isEndSeen = true;
    }

    /** The handle is closed, or will not be seen any more. */
    void close(boolean isSeenToItsEnd) {
        closeFile(isSeenToItsEnd);
        SmbTransaction carrier = transaction;
        if (carrier != null) {
            carrier.filename = open.name();
            session.finish(carrier);
            transaction = null;
        }
    }

    private void closeFile(boolean isSeenToItsEnd) {
        long had = runs.memory();
        while (runs.firstWaiting() >= 0) {
            skipTo(runs.firstWaiting());
        }
        session.waiting(runs.memory() - had);
        TransferredFile closing = file;
        if (closing == null) {
            return;
        }
        if (start > 0) {
            closing.range(start, runs.frontier() - 1, open.size());
        }
        closing.name(open.name());
        boolean isWhole = isSeenToItsEnd
                && !hasGap
                && (direction == Direction.TO_SERVER || isEndSeen || start > 0 || runs.frontier() >= open.size());
        session.conversation().closeFile(closing, isWhole ? FileState.CLOSED : FileState.TRUNCATED);
        file = null;
    }
}
