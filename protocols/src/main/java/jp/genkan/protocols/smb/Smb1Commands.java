package jp.genkan.protocols.smb;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.smb.SmbSession.FileId;
import jp.genkan.protocols.smb.SmbSession.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads the messages of SMB 1, whose commands may be chained ("AndX"). A place is from the message's header; "block" is where a command's count of
 * words stands, [MS-CIFS] §2.2.3.
 */
final class Smb1Commands {
    private static final int HEADER_LENGTH = 32;
    private static final int COMMAND_AT = 4;
    private static final int STATUS_AT = 5;
    private static final int FLAGS_AT = 9;
    private static final int FLAGS2_AT = 10;
    private static final int TREE_AT = 24;
    private static final int PROCESS_AT = 26;
    private static final int USER_AT = 28;
    private static final int MULTIPLEX_AT = 30;
    private static final int REPLY = 0x80;
    private static final int UNICODE = 0x8000;
    private static final int NT_STATUS = 0x4000;
    private static final int NO_MORE = 0xff;

    /** Most commands of one chain: clients chain three. Further ones are not read. */
    static final int CHAIN_MAX = 16;

    private static final int DIALECTS_MAX = 32; // ours: clients name ten
    private static final int DIALECT_LENGTH_MAX = 64; // ours
    private static final int TRANSACT_PIPE = 0x26;
    private static final long DELETE_ON_CLOSE = 0x1000;

    private final SmbSession session;
    private List<String> offered = List.of();
    private boolean isWide;
    private @Nullable SmbFile chained; // opened by a command before in the same chain

    Smb1Commands(SmbSession session) {
        this.session = session;
    }

    /** The key under which a negotiation waits that may be answered in SMB 2. */
    static long negotiation() {
        return -1;
    }

    /** True when the message has one command, which carries octets of a file: they need not be kept. */
    static boolean isOnlyData(SmbView view) {
        int command = view.u8(COMMAND_AT);
        boolean isReply = (view.u8(FLAGS_AT) & REPLY) != 0;
        boolean isData = command == SmbNames.V1_WRITE_ANDX && !isReply && view.u8(HEADER_LENGTH) >= 12
                || command == SmbNames.V1_READ_ANDX && isReply && view.u8(HEADER_LENGTH) >= 12;
        return isData && view.u8(HEADER_LENGTH + 1) == NO_MORE;
    }

    /** A message as far as it is kept. */
    void message(Direction direction, SmbView view, long messageLength) {
        boolean isReply = (view.u8(FLAGS_AT) & REPLY) != 0;
        if (isReply == direction.isToServer()) {
            session.conversation().anomaly(null, direction, isReply ? "RESPONSE_TO_SERVER" : "REQUEST_TO_CLIENT");
            return;
        }
        isWide = (view.u16(FLAGS2_AT) & UNICODE) != 0;
        boolean isDos = (view.u16(FLAGS2_AT) & NT_STATUS) == 0;
        chained = null;
        int command = view.u8(COMMAND_AT);
        int block = HEADER_LENGTH;
        for (int count = 0; count < CHAIN_MAX && command != NO_MORE; count++) {
            session.message(
                    1, SmbNames.version1(command), view.u16(USER_AT), view.u16(TREE_AT), view.u32(STATUS_AT), isDos);
            if (isReply) {
                reply(command, view, block);
            } else {
                request(command, view, block);
            }
            int next = isAndX(command) && view.u8(block) >= 2 ? view.u16(block + 3) : 0;
            command = next > block ? view.u8(block + 1) : NO_MORE;
            if (command != NO_MORE && session.dataFile != null) {
                inline(direction, view);
            }
            block = next;
        }
    }

    /** More commands follow in the message: the octets are all there, and go through before those are read. */
    private void inline(Direction direction, SmbView view) {
        SmbFile file = session.dataFile;
        if (file != null && session.dataStart < view.length()) {
            int count = (int) Math.clamp(session.dataLength, 0, view.length() - session.dataStart);
            int from = view.index((int) session.dataStart);
            file.octets(direction, session.dataPlace, view.array(), from, from + count);
        }
        session.dataFile = null;
        session.dataLength = 0;
    }

    private static boolean isAndX(int command) {
        return switch (command) {
            case SmbNames.V1_LOCKING_ANDX,
                    SmbNames.V1_OPEN_ANDX,
                    SmbNames.V1_READ_ANDX,
                    SmbNames.V1_WRITE_ANDX,
                    SmbNames.V1_SESSION_SETUP_ANDX,
                    SmbNames.V1_LOGOFF_ANDX,
                    SmbNames.V1_TREE_CONNECT_ANDX,
                    SmbNames.V1_NT_CREATE_ANDX -> true;
            default -> false;
        };
    }

    private static long key(int command, SmbView view) {
        return command == SmbNames.V1_NEGOTIATE
                ? negotiation()
                : (long) command << 32 | (long) view.u16(PROCESS_AT) << 16 | view.u16(MULTIPLEX_AT);
    }

    private static FileId id(int fid) {
        return new FileId(fid, 0);
    }

    private static String fuid(int fid) {
        return HexFormat.of().toHexDigits((short) fid);
    }

    private static boolean isTold(int command) {
        return switch (command) {
            case SmbNames.V1_READ,
                    SmbNames.V1_WRITE,
                    SmbNames.V1_READ_ANDX,
                    SmbNames.V1_WRITE_ANDX,
                    SmbNames.V1_WRITE_AND_CLOSE,
                    SmbNames.V1_TRANS,
                    SmbNames.V1_TRANS2 -> false;
            default -> true;
        };
    }

    private void request(int command, SmbView view, int block) {
        if (command == SmbNames.V1_NT_CANCEL) {
            return;
        }
        Request request = new Request(command, isTold(command) ? session.begin() : null);
        SmbTransaction transaction = request.transaction;
        switch (command) {
            case SmbNames.V1_NEGOTIATE -> negotiate(view, block, transaction);
            case SmbNames.V1_SESSION_SETUP_ANDX -> Smb1Sessions.request(view, block, isWide, transaction);
            case SmbNames.V1_TREE_CONNECT_ANDX -> connect(view, block, request);
            case SmbNames.V1_NT_CREATE_ANDX -> {
                int name = wideStart(block + 51);
                int length = view.u16(block + 6);
                open(request, SmbView.trimmed(isWide ? view.utf16(name, length) : view.latin(block + 51, length)));
                if (transaction != null) {
                    transaction.disposition = SmbNames.disposition(view.u32(block + 36));
                    transaction.deleteOnClose = (view.u32(block + 40) & DELETE_ON_CLOSE) != 0;
                }
            }
            case SmbNames.V1_OPEN_ANDX -> {
                int name = isWide ? wideStart(block + 33) : block + 33;
                open(request, view.text(name, view.endOfText(name, isWide), isWide));
            }
            case SmbNames.V1_READ_ANDX -> {
                use(request, view.u16(block + 5));
                request.place = view.u32(block + 7) | (view.u8(block) == 12 ? view.u32(block + 21) << 32 : 0);
            }
            case SmbNames.V1_READ -> {
                use(request, view.u16(block + 1));
                request.place = view.u32(block + 5);
            }
            case SmbNames.V1_WRITE_ANDX, SmbNames.V1_WRITE, SmbNames.V1_WRITE_AND_CLOSE ->
                write(command, view, block, request);
            case SmbNames.V1_CLOSE -> {
                request.file = session.find(id(view.u16(block + 1)));
                if (request.file != null) {
                    request.file.closeWriting();
                }
            }
            case SmbNames.V1_TRANS -> transact(view, block, request);
            case SmbNames.V1_RENAME -> rename(view, block, transaction);
            default -> {}
        }
        session.await(key(command, view), request);
    }

    private static int wideStart(int at) {
        return at + (at & 1);
    }

    private void negotiate(SmbView view, int block, @Nullable SmbTransaction transaction) {
        List<String> dialects = new ArrayList<>();
        int at = block + 3;
        while (at < view.length() && dialects.size() < DIALECTS_MAX) {
            int end = view.endOfText(at + 1, false);
            dialects.add(view.latin(at + 1, Math.min(end - at - 1, DIALECT_LENGTH_MAX)));
            at = end + 1;
        }
        offered = dialects;
        if (transaction != null) {
            transaction.clientDialects = dialects;
        }
    }

    private void connect(SmbView view, int block, Request request) {
        int path = block + 11 + view.u16(block + 7);
        path = isWide ? wideStart(path) : path;
        int end = view.endOfText(path, isWide);
        request.text = view.text(path, end, isWide);
        SmbTransaction transaction = request.transaction;
        if (transaction != null) {
            int service = end + (isWide ? 2 : 1);
            transaction.isTreeConnect = true;
            transaction.share = request.text;
            transaction.serviceAsked = view.text(service, view.endOfText(service, false), false);
        }
    }

    private void open(Request request, String name) {
        SmbFile file = new SmbFile(session, session.tree(session.treeId()), name);
        request.file = file;
        chained = file;
        if (request.transaction != null) {
            request.transaction.isOpen = true;
            request.transaction.filename = name;
            request.transaction.share = file.share();
        }
    }

    /** The file of a command; in a chain behind the one that opens it, its number is not known yet. */
    private void use(Request request, int fid) {
        request.file = chained != null && (fid == 0xffff || fid == 0) ? chained : session.file(id(fid), fuid(fid));
    }

    private void write(int command, SmbView view, int block, Request request) {
        if (command == SmbNames.V1_WRITE_ANDX) {
            use(request, view.u16(block + 5));
            long place = view.u32(block + 7) | (view.u8(block) == 14 ? view.u32(block + 25) << 32 : 0);
            long length = view.u16(block + 21) | (long) view.u16(block + 19) << 16;
            if (request.file != null) {
                session.data(request.file, place, view.u16(block + 23), length);
            }
            return;
        }
        use(request, view.u16(block + 1));
        int words = 1 + 2 * view.u8(block) + 2;
        int start = block + words + (command == SmbNames.V1_WRITE ? 3 : 1);
        if (request.file != null) {
            session.data(request.file, view.u32(block + 5), start, view.u16(block + 3));
        }
    }

    private void transact(SmbView view, int block, Request request) {
        if (view.u16(block + 29) == TRANSACT_PIPE) {
            use(request, view.u16(block + 31));
            if (request.file != null) {
                session.data(request.file, 0, view.u16(block + 25), view.u16(block + 23));
            }
        }
    }

    private void rename(SmbView view, int block, @Nullable SmbTransaction transaction) {
        int from = isWide ? wideStart(block + 6) : block + 6;
        int end = view.endOfText(from, isWide);
        int to = end + (isWide ? 2 : 1) + 1;
        to = isWide ? wideStart(to) : to;
        if (transaction != null) {
            transaction.renameFrom = view.text(from, end, isWide);
            transaction.renameTo = view.text(to, view.endOfText(to, isWide), isWide);
            transaction.share = session.tree(session.treeId()).name();
        }
    }

    private void reply(int command, SmbView view, int block) {
        Request request = session.take(key(command, view), command);
        if (request == null) {
            return;
        }
        long status = session.currentStatus();
        boolean isGood = status == SmbStatus.SUCCESS
                || status == SmbStatus.BUFFER_OVERFLOW
                || status == SmbStatus.MORE_PROCESSING_REQUIRED;
        if (isGood) {
            succeeded(command, view, block, request);
        } else if (request.file != null && request.file.id() == null) {
            request.file.close(false);
        }
        if (command == SmbNames.V1_SESSION_SETUP_ANDX && request.transaction != null) {
            Smb1Sessions.response(view, block, isWide, request.transaction);
        }
        if ((command == SmbNames.V1_CLOSE || command == SmbNames.V1_WRITE_AND_CLOSE) && request.file != null) {
            session.closed(request.file);
        }
        if (request.transaction != null) {
            session.answered(request.transaction);
        }
    }

    private void succeeded(int command, SmbView view, int block, Request request) {
        SmbFile file = request.file;
        switch (command) {
            case SmbNames.V1_NEGOTIATE -> negotiated(view, block, request.transaction);
            case SmbNames.V1_TREE_CONNECT_ANDX -> connected(view, block, request);
            case SmbNames.V1_NT_CREATE_ANDX -> {
                int fid = view.u16(block + 6);
                if (file != null) {
                    session.opened(id(fid), file, fuid(fid), view.u64(block + 56));
                }
                if (request.transaction != null) {
                    request.transaction.opened = new SmbTransaction.Opened(
                            Smb2Commands.seconds(view.u64(block + 12)),
                            Smb2Commands.seconds(view.u64(block + 20)),
                            Smb2Commands.seconds(view.u64(block + 28)),
                            Smb2Commands.seconds(view.u64(block + 36)),
                            view.u64(block + 56),
                            fuid(fid));
                }
            }
            case SmbNames.V1_OPEN_ANDX -> {
                int fid = view.u16(block + 5);
                if (file != null) {
                    session.opened(id(fid), file, fuid(fid), view.u32(block + 13));
                }
            }
            case SmbNames.V1_READ_ANDX -> {
                if (file != null) {
                    long length = view.u16(block + 11) | (long) view.u16(block + 15) << 16;
                    session.data(file, request.place, view.u16(block + 13), length);
                }
            }
            case SmbNames.V1_READ -> {
                if (file != null) {
                    session.data(file, request.place, block + 16L, view.u16(block + 14));
                }
            }
            case SmbNames.V1_TRANS -> {
                if (file != null) {
                    session.data(file, 0, view.u16(block + 15), view.u16(block + 13));
                }
            }
            default -> {}
        }
    }

    private void negotiated(SmbView view, int block, @Nullable SmbTransaction transaction) {
        int index = view.u16(block + 1);
        String agreed = view.u8(block) > 0 && index < offered.size() ? offered.get(index) : "unknown";
        session.dialect(agreed);
        if (transaction != null) {
            transaction.dialect(agreed);
            boolean hasGuid = view.u8(block) == 17 && (view.u32(block + 20) & 0x8000_0000L) != 0;
            if (hasGuid) {
                transaction.serverGuid = view.guid(block + 37);
            }
        }
    }

    private void connected(SmbView view, int block, Request request) {
        int service = block + 1 + 2 * view.u8(block) + 2;
        String given = view.text(service, view.endOfText(service, false), false);
        boolean isPipe = given.equals("IPC");
        session.connected(session.treeId(), new SmbTree(request.text, isPipe));
        if (request.transaction != null) {
            request.transaction.ids(session.sessionId(), session.treeId());
            request.transaction.serviceGiven = given;
            request.transaction.isPipe = isPipe;
        }
    }
}
