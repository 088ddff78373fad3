package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.head.ContentRange;
import org.jspecify.annotations.Nullable;

/**
 * A body, or a part of one, that is a file. The file begins with its first octet; an empty body is none.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class FileBody implements BodyConsumer {
    private final Transaction transaction;
    private final Direction direction;
    private final @Nullable String name;
    private final @Nullable String declaredType;
    private final long announcedSize;
    private final @Nullable ContentRange range;
    private @Nullable TransferredFile file;

    /**
     * A file that may come.
     *
     * @param transaction in which it travels
     * @param direction which way
     * @param name null when it has none
     * @param declaredType media type as it was announced, null when it was not
     * @param announcedSize -1 when it was not announced
     * @param range which part it is, null for a whole file
     */
    public FileBody(
            Transaction transaction,
            Direction direction,
            @Nullable String name,
            @Nullable String declaredType,
            long announcedSize,
            @Nullable ContentRange range) {
        this.transaction = transaction;
        this.direction = direction;
        this.name = name;
        this.declaredType = declaredType;
        this.announcedSize = announcedSize;
        this.range = range;
    }

    /** True when octets have come, or are known to be missing. */
    public boolean hasBegun() {
        return file != null;
    }

    private TransferredFile begun(Conversation conversation) {
        if (file == null) {
            file = conversation.openFile(transaction, direction, name);
            file.declaredType(declaredType);
            file.announcedSize(announcedSize);
            if (range != null) {
                file.range(range.start(), range.end(), range.size());
            }
        }
        return file;
    }

    @Override
    public void octets(byte[] octets, int from, int to, Conversation conversation) {
        if (from < to) {
            conversation.fileOctets(begun(conversation), octets, from, to);
        }
    }

    @Override
    public void gap(long missing, Conversation conversation) {
        conversation.fileGap(begun(conversation), missing);
    }

    @Override
    public void end(FileState state, Conversation conversation) {
        if (file != null) {
            conversation.closeFile(file, state);
        }
    }
}
