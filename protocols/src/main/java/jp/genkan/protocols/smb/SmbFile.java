package jp.genkan.protocols.smb;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.dcerpc.DcerpcDialogue;
import org.jspecify.annotations.Nullable;

/** An open file or pipe. */
final class SmbFile {
    private final SmbSession session;
    private final SmbTree tree;
    private @Nullable String name;
    private SmbSession.@Nullable FileId id;
    private @Nullable String fuid;
    private long size = -1;
    private final boolean isPipe;
    private boolean isClosed;
    private @Nullable SmbTransfer reading;
    private @Nullable SmbTransfer writing;
    private @Nullable DcerpcDialogue dialogue;
    private @Nullable SmbCalls calls;

    SmbFile(SmbSession session, SmbTree tree, @Nullable String name) {
        this.session = session;
        this.tree = tree;
        this.name = name;
        this.isPipe = tree.isPipe();
    }

    @Nullable
    String name() {
        return name;
    }

    void name(String renamed) {
        name = renamed;
    }

    @Nullable
    String share() {
        return tree.name();
    }

    @Nullable
    String fuid() {
        return fuid;
    }

    /** The server has opened it. */
    void opened(SmbSession.FileId opened, String written, long endOfFile) {
        id = opened;
        fuid = written;
        size = endOfFile;
    }

    /** By which the ends name it; null until the server has opened it. */
    SmbSession.@Nullable FileId id() {
        return id;
    }

    /** What the server said when it was opened, -1 when that is not known. */
    long size() {
        return size;
    }

    /** True when it lies in a share of pipes. */
    boolean isPipe() {
        return isPipe;
    }

    /** True when these octets carry remote procedure calls. */
    boolean isCalled(byte[] octets, int from, int to) {
        return dialogue != null || from < to && reading == null && writing == null && isCall(octets, from, to);
    }

    /** Octets that are read from it, or written to it. */
    void octets(Direction direction, long place, byte[] octets, int from, int to) {
        if (isClosed) {
            return;
        }
        if (dialogue == null && isCalled(octets, from, to)) {
            dialogue = new DcerpcDialogue();
            calls = new SmbCalls(session);
        }
        if (dialogue != null && calls != null) {
            dialogue.onOctets(direction, octets, from, to, calls);
        } else {
            transfer(direction).octets(place, octets, from, to);
        }
    }

    /** What begins like a call in a pipe, or in a share whose kind was not seen, is one. Other octets in pipes are told as files. */
    private boolean isCall(byte[] octets, int from, int to) {
        return (isPipe || !tree.isKnown())
                && octets[from] == 5
                && (to - from < 3 || octets[from + 1] == 0 && octets[from + 2] >= 0 && octets[from + 2] <= 20);
    }

    /** Octets were on their way, and are missing. In a file they are a hole, which shows when more come behind it. */
    void gap(Direction direction, long missing) {
        if (dialogue != null && calls != null && !isClosed) {
            dialogue.onGap(direction, missing, calls);
        }
    }

    private SmbTransfer transfer(Direction direction) {
        if (direction == Direction.TO_SERVER) {
            if (writing == null) {
                writing = new SmbTransfer(session, this, direction);
            }
            return writing;
        }
        if (reading == null) {
            reading = new SmbTransfer(session, this, direction);
        }
        return reading;
    }

    /** The server said that there is no more to read. */
    void endOfFile() {
        if (reading != null) {
            reading.endOfFile();
        }
    }

    /** The client closes it: what was written is whole. What it asked to read may still come. */
    void closeWriting() {
        if (writing != null) {
            writing.close(true);
            writing = null;
        }
    }

    /** It is closed, or nothing more of it will be seen. */
    void close(boolean isSeenToItsEnd) {
        if (isClosed) {
            return;
        }
        if (writing != null) {
            writing.close(isSeenToItsEnd);
        }
        if (reading != null) {
            reading.close(isSeenToItsEnd);
        }
        if (dialogue != null && calls != null) {
            dialogue.onEnd(calls);
        }
        isClosed = true;
    }
}
