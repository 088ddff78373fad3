package jp.genkan.protocols.nfs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.protocols.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/** The files of one flow: what handles are called, and what is being read and written. Thread rule: the worker of its flow. */
final class NfsFiles {
    /** Handles whose names are remembered; working sets of clients have some hundred. The oldest is forgotten. */
    static final int NAMES_MAX = 1024;

    /** Files that are on their way; clients read a handful at once. The oldest is closed as truncated. */
    static final int OPEN_MAX = 32;

    /** A handle of the server. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its octets
    private record Handle(byte[] octets, Direction direction) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Handle that && direction == that.direction && Arrays.equals(octets, that.octets);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets) * 31 + direction.ordinal();
        }
    }

    /** A file that is on its way. */
    private static final class OpenFile {
        final NfsTransaction transaction;
        final TransferredFile file;
        long expected;

        OpenFile(NfsTransaction transaction, TransferredFile file, long expected) {
            this.transaction = transaction;
            this.file = file;
            this.expected = expected;
        }
    }

    private final Map<Handle, String> names = new LinkedHashMap<>();
    private final Map<Handle, OpenFile> open = new LinkedHashMap<>();

    void named(byte[] handle, String name) {
        if (handle.length == 0) {
            return;
        }
        Handle key = new Handle(handle, Direction.TO_SERVER);
        names.remove(key);
        if (names.size() >= NAMES_MAX) {
            names.remove(names.keySet().iterator().next());
        }
        names.put(key, name);
    }

    /** The name of a handle; empty when it is not known. */
    String name(byte[] handle) {
        return names.getOrDefault(new Handle(handle, Direction.TO_SERVER), "");
    }

    /**
     * Octets of a file.
     *
     * @param number of the transaction, should it be a new one
     * @return true when a transaction of that number was begun
     */
    boolean octets(
            long number,
            RpcCall call,
            byte[] handle,
            Direction direction,
            long offset,
            byte[] data,
            Conversation conversation) {
        Handle key = new Handle(handle, direction);
        OpenFile at = open.get(key);
        boolean begins = at == null;
        if (at == null) {
            at = begin(number, call, handle, direction, offset, conversation);
            open.put(key, at);
        }
        at.transaction.lastXid = call.xid();
        at.transaction.chunks++;
        if (offset > at.expected) {
            conversation.fileGap(at.file, offset - at.expected);
            at.expected = offset;
        }
        int known = (int) Math.min(data.length, at.expected - offset);
        if (known < data.length) {
            conversation.fileOctets(at.file, data, known, data.length);
            at.expected += data.length - known;
        }
        conversation.advance(at.transaction, direction, Progress.BODY);
        return begins;
    }

    private OpenFile begin(
            long number, RpcCall call, byte[] handle, Direction direction, long offset, Conversation conversation) {
        if (open.size() >= OPEN_MAX) {
            Handle oldest = open.keySet().iterator().next();
            close(open.remove(oldest), false, conversation);
        }
        NfsTransaction transaction = new NfsTransaction(number, call, true);
        transaction.rpcStatus = "ACCEPTED";
        transaction.status = 0;
        transaction.handle = handle;
        transaction.filename = name(handle);
        conversation.advance(transaction, Direction.TO_SERVER, Progress.HEADERS);
        TransferredFile file = conversation.openFile(
                transaction, direction, transaction.filename.isEmpty() ? null : transaction.filename);
        if (offset > 0) {
            file.range(offset, -1, -1);
        }
        return new OpenFile(transaction, file, offset);
    }

    /** A file is whole. */
    void whole(byte[] handle, Direction direction, Conversation conversation) {
        close(open.remove(new Handle(handle, direction)), true, conversation);
    }

    private static void close(@Nullable OpenFile file, boolean whole, Conversation conversation) {
        if (file == null) {
            return;
        }
        file.transaction.last = whole;
        conversation.closeFile(file.file, whole ? FileState.CLOSED : FileState.TRUNCATED);
        conversation.advance(file.transaction, Direction.TO_SERVER, Progress.COMPLETE);
        conversation.advance(file.transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        conversation.complete(file.transaction);
    }

    void end(Conversation conversation) {
        for (OpenFile file : open.values()) {
            close(file, file.file.direction().isToServer() && !file.file.hasGaps(), conversation);
        }
        open.clear();
    }
}
