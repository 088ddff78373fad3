package jp.genkan.protocols.smb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.protocols.conversation.Conversation;
import org.jspecify.annotations.Nullable;

/** What both directions of one connection share: requests that wait, shares, open files. Everything is bounded; the oldest gives way. */
final class SmbSession {
    /** Most requests that wait for an answer: Windows grants 512 credits. The oldest is told without its answer. */
    static final int REQUESTS_MAX = 512;

    /** Most files that a client has open in one connection; the oldest is closed as truncated. Copying a tree needs a handful. */
    static final int FILES_MAX = 256;

    /** Most shares of one connection. The oldest is forgotten; its files have no name of a share then. */
    static final int TREES_MAX = 64;

    /** Most octets that wait for those before them, in all files of one connection: what one read of the largest usual size (4 MiB) may be too early. */
    static final long WAITING_MAX = 4L << 20;

    /** The name of a file in a connection: two numbers in SMB 2, one in SMB 1. */
    record FileId(long persistent, long transitory) {}

    /** A request that waits for its answer. */
    static final class Request {
        final int command;
        final @Nullable SmbTransaction transaction;

        @Nullable
        SmbFile file;

        @Nullable
        FileId fileId;

        @Nullable
        String text; // the name of a share, or a new name

        long place;

        Request(int command, @Nullable SmbTransaction transaction) {
            this.command = command;
            this.transaction = transaction;
        }
    }

    private final Map<Long, Request> requests = new LinkedHashMap<>();
    private final Map<FileId, SmbFile> files = new LinkedHashMap<>();
    private final Map<Long, SmbTree> trees = new LinkedHashMap<>();
    private @Nullable Conversation current;
    private long transactions;
    private long waiting;
    private String dialect = "unknown";

    // of the message at hand
    private int version = 2;
    private String command = "";
    private long sessionId;
    private long treeId;
    private long status;
    private boolean isStatusDos;

    /** Where the octets are that a message carries for a file; length 0 when it carries none. */
    @Nullable
    SmbFile dataFile;

    long dataPlace;
    long dataStart;
    long dataLength;
    boolean isEncrypted; // the server wants everything of a session encrypted

    /** The conversation of the call at hand. */
    Conversation conversation() {
        return Objects.requireNonNull(current, "only within a call of the parser");
    }

    void enter(Conversation conversation) {
        current = conversation;
    }

    void leave() {
        current = null;
    }

    void message(int smbVersion, String commandName, long session, long tree, long code, boolean isDos) {
        version = smbVersion;
        command = commandName;
        sessionId = session;
        treeId = tree;
        status = code;
        isStatusDos = isDos;
    }

    long sessionId() {
        return sessionId;
    }

    long treeId() {
        return treeId;
    }

    long currentStatus() {
        return status;
    }

    boolean isCurrentStatusDos() {
        return isStatusDos;
    }

    String dialect() {
        return dialect;
    }

    void dialect(String agreed) {
        dialect = agreed;
    }

    SmbTransaction begin() {
        return new SmbTransaction(transactions++, version, command, dialect, sessionId, treeId);
    }

    /** Its answer is there. */
    void answered(SmbTransaction transaction) {
        transaction.status(status, isStatusDos);
        finish(transaction);
    }

    void finish(SmbTransaction transaction) {
        Conversation conversation = conversation();
        if (transaction.progress(Direction.TO_SERVER) != Progress.COMPLETE) {
            conversation.advance(transaction, Direction.TO_SERVER, Progress.COMPLETE);
        }
        conversation.advance(transaction, Direction.TO_CLIENT, Progress.COMPLETE);
        conversation.complete(transaction);
    }

    SmbTransaction fileTransaction(SmbFile file, Direction direction) {
        boolean isWrite = direction == Direction.TO_SERVER;
        String name = version == 1
                ? SmbNames.version1(isWrite ? SmbNames.V1_WRITE_ANDX : SmbNames.V1_READ_ANDX)
                : SmbNames.version2(isWrite ? SmbNames.WRITE : SmbNames.READ);
        SmbTransaction transaction = new SmbTransaction(transactions++, version, name, dialect, sessionId, treeId);
        transaction.isQuiet = file.isPipe() && !isWrite;
        transaction.filename = file.name();
        transaction.share = file.share();
        transaction.fuid = file.fuid();
        return transaction;
    }

    SmbTransaction callTransaction() {
        return begin();
    }

    /** A request waits for its answer. */
    void await(long key, Request request) {
        Request replaced = requests.remove(key);
        if (replaced != null) {
            giveUp(replaced);
        } else if (requests.size() >= REQUESTS_MAX) {
            Long oldest = requests.keySet().iterator().next();
            giveUp(Objects.requireNonNull(requests.remove(oldest)));
        }
        requests.put(key, request);
        if (request.transaction != null) {
            conversation().advance(request.transaction, Direction.TO_SERVER, Progress.COMPLETE);
        }
    }

    private void giveUp(Request request) {
        if (request.transaction != null) {
            finish(request.transaction);
        }
        if (request.file != null && request.file.id() == null) {
            request.file.close(false);
        }
    }

    /** The request that this answers, when it waits for one to this command. */
    @Nullable
    Request take(long key, int expected) {
        Request request = requests.get(key);
        if (request == null || request.command != expected) {
            return null;
        }
        requests.remove(key);
        return request;
    }

    void connected(long tree, SmbTree share) {
        if (trees.size() >= TREES_MAX && !trees.containsKey(tree)) {
            trees.remove(trees.keySet().iterator().next());
        }
        trees.put(tree, share);
    }

    SmbTree tree(long tree) {
        return trees.getOrDefault(tree, SmbTree.UNKNOWN);
    }

    void opened(FileId id, SmbFile file, String fuid, long size) {
        file.opened(id, fuid, size);
        SmbFile replaced = files.remove(id);
        if (replaced != null) {
            replaced.close(false);
        } else if (files.size() >= FILES_MAX) {
            FileId oldest = files.keySet().iterator().next();
            Objects.requireNonNull(files.remove(oldest)).close(false);
        }
        files.put(id, file);
    }

    @Nullable
    SmbFile find(FileId id) {
        return files.get(id);
    }

    /** The file of this name; when its opening was not seen, one without a name. */
    SmbFile file(FileId id, String fuid) {
        SmbFile file = files.get(id);
        if (file == null) {
            file = new SmbFile(this, tree(treeId), null);
            opened(id, file, fuid, -1);
        }
        return file;
    }

    void closed(SmbFile file) {
        FileId id = file.id();
        if (id != null) {
            files.remove(id, file);
        }
        file.close(true);
    }

    long roomForWaiting() {
        return WAITING_MAX - waiting;
    }

    void waiting(long more) {
        waiting += more;
    }

    /** The message carries octets of a file, from this place in the message. */
    void data(SmbFile file, long place, long start, long length) {
        dataFile = file;
        dataPlace = place;
        dataStart = start;
        dataLength = length;
    }

    /** The flow is over. */
    void end() {
        for (SmbFile file : List.copyOf(files.values())) {
            file.close(false);
        }
        files.clear();
        List<Request> open = new ArrayList<>(requests.values());
        requests.clear();
        open.forEach(this::giveUp);
    }
}
