package jp.genkan.protocols.ftp;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.StreamParser;
import org.jspecify.annotations.Nullable;

/**
 * A data connection of FTP: its octets are a file, from its first to its end; those of a listing are passed over. Octets that come before it is known
 * what they are for are taken for a file.
 *
 * <p>Thread rule: as for {@link StreamParser}.
 */
public final class FtpDataParser implements StreamParser {
    private static final int DIRECTIONS = 2;

    private final Transfer transfer;
    private final FtpDataTransaction transaction = new FtpDataTransaction();
    private @Nullable TransferredFile file;
    private boolean closed;
    private int ends;

    FtpDataParser(Transfer transfer) {
        this.transfer = transfer;
    }

    @Override
    public int onOctets(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        TransferredFile into = fileFor(direction, conversation);
        if (into != null) {
            conversation.fileOctets(into, octets, from, to);
            conversation.advance(transaction, direction, Progress.BODY);
        }
        return to;
    }

    @Override
    public void onGap(Direction direction, long missing, Conversation conversation) {
        TransferredFile into = fileFor(direction, conversation);
        if (into != null) {
            conversation.fileGap(into, missing);
        }
    }

    /** The file of this direction, opened when there is none; null when its octets are none, or it is over. */
    private @Nullable TransferredFile fileFor(Direction direction, Conversation conversation) {
        if (closed) {
            return null;
        }
        TransferredFile open = file;
        if (open == null) {
            Transfer.Purpose purpose = transfer.purpose();
            if (purpose != null && !purpose.isFile()) {
                return null;
            }
            transaction.purpose(purpose);
            open = conversation.openFile(transaction, direction, purpose == null ? null : nameOf(purpose.path()));
            if (purpose != null && purpose.offset() > 0) {
                open.range(purpose.offset(), -1, -1);
            }
            file = open;
            // what it is for holds for both directions, though octets go one way
            conversation.advance(transaction, direction, Progress.HEADERS);
            conversation.advance(transaction, direction.opposite(), Progress.HEADERS);
        }
        return open.direction() == direction ? open : null;
    }

    private static @Nullable String nameOf(String path) {
        return path.isEmpty() ? null : path;
    }

    @Override
    public void onEnd(Direction direction, Conversation conversation) {
        TransferredFile open = file;
        if (open != null && open.direction() == direction) {
            close(open, FileState.CLOSED, conversation);
        } else if (open == null && !closed && isEmptyFile(direction)) {
            close(conversation.openFile(transaction, direction, null), FileState.CLOSED, conversation);
        }
        ends++;
        if (transfer.purpose() != null && (closed || ends == DIRECTIONS)) {
            conversation.settle(); // the file is over: told now, and not when the connection is forgotten
        }
    }

    /** True when the sender of a file has ended without an octet: the file is empty. */
    private boolean isEmptyFile(Direction direction) {
        Transfer.Purpose purpose = transfer.purpose();
        if (purpose == null || !purpose.isFile()) {
            return false;
        }
        boolean towardsListener = Transfer.Purpose.isUpload(purpose.command()) != transfer.isActive();
        return direction.isToServer() == towardsListener;
    }

    private void close(TransferredFile open, FileState state, Conversation conversation) {
        Transfer.Purpose purpose = transfer.purpose();
        transaction.purpose(purpose);
        if (purpose != null) {
            open.name(nameOf(purpose.path()));
            if (purpose.offset() > 0) {
                open.range(purpose.offset(), purpose.offset() + Math.max(0, open.size() - 1), -1);
            }
        }
        conversation.closeFile(open, state);
        file = null;
        closed = true;
    }

    @Override
    public void onFlowEnd(Conversation conversation) {
        if (file != null) {
            close(file, FileState.TRUNCATED, conversation);
        }
        transaction.purpose(transfer.purpose());
        conversation.complete(transaction);
    }
}
