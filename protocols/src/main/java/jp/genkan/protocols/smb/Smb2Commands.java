package jp.genkan.protocols.smb;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.smb.SmbSession.FileId;
import jp.genkan.protocols.smb.SmbSession.Request;
import org.jspecify.annotations.Nullable;

/** Reads the messages of SMB 2 and 3. All places are from the message's header, [MS-SMB2] §2.2. */
final class Smb2Commands {
    static final int HEADER_LENGTH = 64;
    static final int WRITE_LENGTH = HEADER_LENGTH + 48;
    static final int READ_ANSWER_LENGTH = HEADER_LENGTH + 16;

    static final int STATUS_AT = 8;
    static final int COMMAND_AT = 12;
    static final int FLAGS_AT = 16;
    static final int NEXT_AT = 20;
    private static final int MESSAGE_ID_AT = 24;
    private static final int TREE_ID_AT = 36;
    private static final int SESSION_ID_AT = 40;

    static final int RESPONSE = 0x1;
    static final int ASYNC = 0x2;
    static final int RELATED = 0x4;

    private static final int DIALECTS_MAX = 32; // ours: eight exist
    private static final long DELETE_ON_CLOSE = 0x1000; // [MS-SMB2] §2.2.13, create options
    private static final long PIPE_TRANSCEIVE = 0x0011_c017; // [MS-FSCC] §2.3
    private static final int INFO_FILE = 1;
    private static final int RENAME = 10; // [MS-FSCC] §2.4
    private static final int DISPOSITION = 13;
    private static final int DISPOSITION_EX = 64;
    private static final int SESSION_ENCRYPTED = 0x4;
    private static final int DIALECT_WILDCARD = 0x02ff;
    private static final FileId PREVIOUS = new FileId(-1, -1);

    private final SmbSession session;
    private @Nullable SmbFile related; // of the command before in the same compound
    private long relatedTree;
    private long relatedSession;
    private boolean isSettled;

    Smb2Commands(SmbSession session) {
        this.session = session;
    }

    /** A message as far as it is kept. */
    void message(Direction direction, SmbView view) {
        boolean isResponse = (view.u32(FLAGS_AT) & RESPONSE) != 0;
        if (isResponse == direction.isToServer()) {
            session.conversation().anomaly(null, direction, isResponse ? "RESPONSE_TO_SERVER" : "REQUEST_TO_CLIENT");
            return;
        }
        int command = view.u16(COMMAND_AT);
        boolean isAsync = (view.u32(FLAGS_AT) & ASYNC) != 0;
        long tree = isAsync ? 0 : view.u32(TREE_ID_AT);
        long sessionId = view.u64(SESSION_ID_AT);
        if (!isResponse && (view.u32(FLAGS_AT) & RELATED) != 0) {
            tree = relatedTree;
            sessionId = relatedSession;
        } else if (!isResponse) {
            related = null;
            relatedTree = tree;
            relatedSession = sessionId;
        }
        session.message(2, SmbNames.version2(command), sessionId, tree, view.u32(STATUS_AT), false);
        if (isResponse) {
            response(command, view);
        } else {
            request(command, view);
        }
    }

    /** A record that cannot be read: encrypted, or compressed. */
    void unreadable(boolean isEncrypted) {
        isSettled |= isEncrypted && session.isEncrypted;
    }

    /** True when nothing more can be read in this connection. */
    boolean isSettled() {
        return isSettled;
    }

    private void request(int command, SmbView view) {
        if (command == SmbNames.CANCEL) {
            return; // has no answer of its own
        }
        boolean isTold = switch (command) {
            case SmbNames.READ, SmbNames.WRITE, SmbNames.GET_INFO, SmbNames.SET_INFO -> false;
            case SmbNames.IOCTL -> !isCall(view);
            default -> true;
        };
        Request request = new Request(command, isTold ? session.begin() : null);
        SmbTransaction transaction = request.transaction;
        switch (command) {
            case SmbNames.NEGOTIATE -> negotiate(view, transaction);
            case SmbNames.SESSION_SETUP -> {
                if (transaction != null) {
                    transaction.ntlm = NtlmAuthentication.find(view, view.u16(76), view.u16(78));
                }
            }
            case SmbNames.TREE_CONNECT -> {
                request.text = view.utf16(view.u16(68), view.u16(70));
                if (transaction != null) {
                    transaction.isTreeConnect = true;
                    transaction.share = request.text;
                }
            }
            case SmbNames.CREATE -> create(view, request);
            case SmbNames.CLOSE -> {
                useFile(request, view, 72);
                if (request.file != null) {
                    request.file.closeWriting();
                }
            }
            case SmbNames.READ -> {
                useFile(request, view, 80);
                request.place = view.u64(72);
            }
            case SmbNames.WRITE -> write(view, request);
            case SmbNames.IOCTL -> control(view, request);
            case SmbNames.SET_INFO -> request = setInfo(view, request);
            default -> {}
        }
        session.await(view.u64(MESSAGE_ID_AT), request);
    }

    private static void negotiate(SmbView view, @Nullable SmbTransaction transaction) {
        List<String> dialects = new ArrayList<>();
        int count = Math.min(view.u16(66), DIALECTS_MAX);
        for (int index = 0; index < count && view.has(100 + 2L * index, 2); index++) {
            dialects.add(SmbNames.dialect(view.u16(100 + 2L * index)));
        }
        if (transaction != null) {
            transaction.clientDialects = dialects;
            transaction.clientGuid = view.guid(76);
        }
    }

    private void create(SmbView view, Request request) {
        String name = view.utf16(view.u16(108), view.u16(110));
        SmbFile file = new SmbFile(session, session.tree(session.treeId()), name);
        request.file = file;
        related = file;
        if (request.transaction != null) {
            request.transaction.isOpen = true;
            request.transaction.filename = name.isEmpty() ? "<share_root>" : name;
            request.transaction.share = file.share();
            request.transaction.disposition = SmbNames.disposition(view.u32(100));
            request.transaction.deleteOnClose = (view.u32(104) & DELETE_ON_CLOSE) != 0;
        }
    }

    /** Finds the file that a request names; in a compound it may be the one before. */
    private void useFile(Request request, SmbView view, int at) {
        FileId id = new FileId(view.u64(at), view.u64(at + 8L));
        if (id.equals(PREVIOUS)) {
            request.file = related;
            return;
        }
        request.fileId = id;
        request.file = request.command == SmbNames.READ || request.command == SmbNames.WRITE
                ? session.file(id, view.guid(at))
                : session.find(id);
        related = request.file;
    }

    private void write(SmbView view, Request request) {
        useFile(request, view, 80);
        if (request.file != null) {
            session.data(request.file, view.u64(72), view.u16(66), view.u32(68));
        }
    }

    private void control(SmbView view, Request request) {
        useFile(request, view, 72);
        long code = view.u32(68);
        request.place = code;
        if (request.transaction != null) {
            request.transaction.function = SmbNames.control(code);
        }
        if (code == PIPE_TRANSCEIVE) {
            if (request.file == null && request.fileId != null) {
                request.file = session.file(request.fileId, view.guid(72));
            }
            if (request.file != null) {
                session.data(request.file, 0, view.u32(88), view.u32(92));
            }
        }
    }

    /** A call in a pipe is told by itself. */
    private boolean isCall(SmbView view) {
        SmbFile file = session.find(new FileId(view.u64(72), view.u64(80)));
        long at = view.u32(88);
        if (view.u32(68) != PIPE_TRANSCEIVE || file == null || !view.has(at, view.u32(92))) {
            return false;
        }
        return file.isCalled(view.array(), view.index((int) at), view.index((int) (at + view.u32(92))));
    }

    private Request setInfo(SmbView view, Request request) {
        useFile(request, view, 80);
        int level = view.u8(67);
        long at = view.u16(72);
        if (view.u8(66) != INFO_FILE || level != RENAME && level != DISPOSITION && level != DISPOSITION_EX) {
            return request;
        }
        Request told = new Request(request.command, session.begin());
        told.file = request.file;
        told.fileId = request.fileId;
        SmbTransaction transaction = told.transaction;
        if (transaction != null) {
            transaction.share = told.file == null ? null : told.file.share();
            transaction.fuid = view.guid(80);
            if (level == RENAME) {
                told.text = view.utf16(at + 20, view.u32(at + 16));
                transaction.renameFrom = told.file == null || told.file.name() == null ? "<unknown>" : told.file.name();
                transaction.renameTo = told.text;
            } else {
                transaction.filename = told.file == null ? null : told.file.name();
                transaction.isOpen = true;
                transaction.deleteOnClose = (view.u8(at) & 1) != 0;
                transaction.infoClass = "FILE_INFO";
                transaction.infoLevel = "SMB2_FILE_DISPOSITION_INFO";
            }
        }
        return told;
    }

    private void response(int command, SmbView view) {
        long status = session.currentStatus();
        if (status == SmbStatus.PENDING && (view.u32(FLAGS_AT) & ASYNC) != 0) {
            return; // the answer follows
        }
        long key = view.u64(MESSAGE_ID_AT);
        Request request = session.take(key, command);
        if (request == null && command == SmbNames.NEGOTIATE) {
            request = session.take(Smb1Commands.negotiation(), SmbNames.V1_NEGOTIATE); // asked in SMB 1
        }
        if (request == null) {
            return;
        }
        if (status == SmbStatus.SUCCESS
                || status == SmbStatus.BUFFER_OVERFLOW
                || status == SmbStatus.MORE_PROCESSING_REQUIRED) {
            succeeded(command, view, request);
        } else {
            failed(command, status, request);
        }
        if (command == SmbNames.CLOSE && request.file != null) {
            session.closed(request.file);
        }
        if (request.transaction != null) {
            session.answered(request.transaction);
        }
    }

    private static void failed(int command, long status, Request request) {
        if (request.file == null) {
            return;
        }
        if (command == SmbNames.CREATE) {
            request.file.close(false);
        } else if (command == SmbNames.READ && status == SmbStatus.END_OF_FILE) {
            request.file.endOfFile();
        }
    }

    private void succeeded(int command, SmbView view, Request request) {
        SmbTransaction transaction = request.transaction;
        switch (command) {
            case SmbNames.NEGOTIATE -> negotiated(view, transaction);
            case SmbNames.SESSION_SETUP -> {
                if (transaction != null) {
                    transaction.ids(session.sessionId(), session.treeId());
                }
                session.isEncrypted |= (view.u16(66) & SESSION_ENCRYPTED) != 0;
            }
            case SmbNames.TREE_CONNECT -> connected(view, request);
            case SmbNames.CREATE -> opened(view, request);
            case SmbNames.READ -> {
                if (request.file != null) {
                    session.data(request.file, request.place, view.u8(66), view.u32(68));
                }
            }
            case SmbNames.IOCTL -> {
                if (request.file != null && request.place == PIPE_TRANSCEIVE) {
                    session.data(request.file, 0, view.u32(96), view.u32(100));
                }
            }
            case SmbNames.SET_INFO -> {
                if (request.text != null && request.file != null) {
                    request.file.name(request.text);
                }
            }
            default -> {}
        }
    }

    private void negotiated(SmbView view, @Nullable SmbTransaction transaction) {
        int dialect = view.u16(68);
        session.dialect(SmbNames.dialect(dialect));
        if (transaction != null) {
            transaction.dialect(SmbNames.dialect(dialect));
            transaction.serverGuid = view.guid(72);
            if (dialect != DIALECT_WILDCARD) {
                transaction.maxReadSize = view.u32(96);
                transaction.maxWriteSize = view.u32(100);
            }
        }
    }

    private void connected(SmbView view, Request request) {
        int type = view.u8(66);
        session.connected(session.treeId(), new SmbTree(request.text, type == 2));
        if (request.transaction != null) {
            request.transaction.ids(session.sessionId(), session.treeId());
            request.transaction.shareType = SmbNames.shareType(type);
            request.transaction.isPipe = type == 2;
        }
    }

    private void opened(SmbView view, Request request) {
        SmbFile file = request.file;
        if (file == null || !view.has(128, 16)) {
            return;
        }
        FileId id = new FileId(view.u64(128), view.u64(136));
        String fuid = view.guid(128);
        session.opened(id, file, fuid, view.u64(112));
        if (request.transaction != null) {
            request.transaction.opened = new SmbTransaction.Opened(
                    seconds(view.u64(72)),
                    seconds(view.u64(80)),
                    seconds(view.u64(88)),
                    seconds(view.u64(96)),
                    view.u64(112),
                    fuid);
        }
    }

    /** A FILETIME ([MS-DTYP] §2.3.3), tenths of microseconds since 1601, as seconds since 1970; 0 for none. */
    static long seconds(long fileTime) {
        return fileTime == 0 ? 0 : Math.max(0, fileTime / 10_000_000 - 11_644_473_600L);
    }
}
