package jp.genkan.protocols.smb;

import java.util.List;
import java.util.Locale;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.dcerpc.DcerpcCall;
import org.jspecify.annotations.Nullable;

/** One command and its answer, one file on its way, or one call in a pipe. Thread rule as for {@link Transaction}. */
public final class SmbTransaction extends Transaction {
    /** What a file is opened as: {@code access} and the times as EVE says them. */
    record Opened(long created, long accessed, long modified, long changed, long size, String fuid) {}

    private final int version;
    private final String command;
    private String dialect;
    private long sessionId;
    private long treeId;
    private long status = -1;
    private boolean dosStatus;

    @Nullable
    String filename;

    @Nullable
    String share;

    @Nullable
    String fuid;

    @Nullable
    String disposition;

    boolean isOpen; // a command that opens a file, or changes whether it is deleted
    boolean deleteOnClose;

    @Nullable
    Opened opened;

    boolean isTreeConnect;
    boolean isPipe;

    @Nullable
    String shareType;

    @Nullable
    String serviceAsked;

    @Nullable
    String serviceGiven;

    List<String> clientDialects = List.of();

    @Nullable
    String clientGuid;

    @Nullable
    String serverGuid;

    long maxReadSize = -1;
    long maxWriteSize = -1;

    @Nullable
    NtlmAuthentication ntlm;

    @Nullable
    String clientOs;

    @Nullable
    String clientLanManager;

    @Nullable
    String serverOs;

    @Nullable
    String serverLanManager;

    @Nullable
    String renameFrom;

    @Nullable
    String renameTo;

    @Nullable
    String infoClass;

    @Nullable
    String infoLevel;

    boolean isQuiet; // what is read from a pipe: only its file is told

    @Nullable
    String function;

    @Nullable
    DcerpcCall call;

    SmbTransaction(long number, int version, String command, String dialect, long sessionId, long treeId) {
        super(AppProtocol.SMB, number);
        this.version = version;
        this.command = command;
        this.dialect = dialect;
        this.sessionId = sessionId;
        this.treeId = treeId;
    }

    void status(long code, boolean isDos) {
        status = code;
        dosStatus = isDos;
    }

    void ids(long session, long tree) {
        sessionId = session;
        treeId = tree;
    }

    void dialect(String agreed) {
        dialect = agreed;
    }

    /** 1, or 2 for 2 and 3. */
    public int version() {
        return version;
    }

    /** As {@code SMB2_COMMAND_CREATE}. */
    public String command() {
        return command;
    }

    /** What the ends have agreed on, "unknown" when that was not seen. */
    public String dialect() {
        return dialect;
    }

    /** The server's answer, -1 when none was seen. */
    public long status() {
        return status;
    }

    /** The file of which this is about; null when it is about none, or its name is not known. */
    public @Nullable String filename() {
        return filename;
    }

    /** The share that is connected, or in which the file is, as the client names it. */
    public @Nullable String share() {
        return isTreeConnect && isPipe ? null : share;
    }

    /** The share of pipes that is connected. */
    public @Nullable String namedPipe() {
        return isTreeConnect && isPipe ? share : null;
    }

    /** The name behind a TREE_CONNECT, whatever it turns out to be; null for other commands. */
    public @Nullable String connectedName() {
        return isTreeConnect ? share : null;
    }

    /** True for a TREE_CONNECT to the share of pipes; told by the answer, and before that by what the client asks for. */
    public boolean connectsPipes() {
        return isTreeConnect
                && (isPipe
                        || "IPC".equals(serviceAsked)
                        || share != null && share.toUpperCase(Locale.ROOT).endsWith("IPC$"));
    }

    public @Nullable String ntlmUser() {
        return ntlm == null ? null : ntlm.user();
    }

    public @Nullable String ntlmDomain() {
        return ntlm == null ? null : ntlm.domain();
    }

    /** The remote procedure call that this carries. */
    public @Nullable DcerpcCall call() {
        return call;
    }

    @Override
    public boolean isTold() {
        return !isQuiet;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("smb");
        out.put("id", number() + 1);
        out.put("dialect", dialect());
        out.put("command", command);
        if (status >= 0) {
            out.put("status", dosStatus ? SmbStatus.dosName(status) : SmbStatus.ntName(status));
            out.put("status_code", dosStatus ? SmbStatus.dosCode(status) : SmbStatus.ntCode(status));
        }
        out.put("session_id", sessionId);
        out.put("tree_id", treeId);
        writeNegotiation(out);
        writeFile(out);
        writeShare(out);
        writeSession(out);
        if (call != null) {
            call.writeInSmb(out);
        }
        out.end();
    }

    private void writeNegotiation(EveFields out) {
        if (!clientDialects.isEmpty()) {
            out.array("client_dialects");
            clientDialects.forEach(out::add);
            out.end();
        }
        put(out, "client_guid", clientGuid);
        put(out, "server_guid", serverGuid);
        if (maxReadSize >= 0) {
            out.put("max_read_size", maxReadSize);
            out.put("max_write_size", maxWriteSize);
        }
    }

    private void writeFile(EveFields out) {
        put(out, "function", function);
        put(out, "filename", filename);
        put(out, "disposition", disposition);
        if (isOpen) {
            out.put("access", deleteOnClose ? "delete on close" : "normal");
        }
        if (opened != null) {
            out.put("created", opened.created());
            out.put("accessed", opened.accessed());
            out.put("modified", opened.modified());
            out.put("changed", opened.changed());
            out.put("size", opened.size());
            out.put("fuid", opened.fuid());
        }
        if (renameFrom != null && renameTo != null) {
            out.object("rename").put("from", renameFrom).put("to", renameTo).end();
        }
        if (infoClass != null && infoLevel != null) {
            out.object("set_info")
                    .put("class", infoClass)
                    .put("info_level", infoLevel)
                    .end();
        }
    }

    private void writeShare(EveFields out) {
        if (isTreeConnect) {
            put(out, isPipe ? "named_pipe" : "share", share);
        } else {
            put(out, "share", share);
        }
        put(out, "share_type", shareType);
        if (serviceAsked != null || serviceGiven != null) {
            out.object("service");
            put(out, "request", serviceAsked);
            put(out, "response", serviceGiven);
            out.end();
        }
        put(out, "fuid", fuid);
    }

    private void writeSession(EveFields out) {
        if (ntlm != null) {
            ntlm.writeTo(out);
        }
        writeSide(out, "request", clientOs, clientLanManager);
        writeSide(out, "response", serverOs, serverLanManager);
    }

    private static void writeSide(EveFields out, String name, @Nullable String system, @Nullable String lanManager) {
        if (system != null || lanManager != null) {
            out.object(name).put("native_os", system == null ? "" : system);
            out.put("native_lm", lanManager == null ? "" : lanManager).end();
        }
    }

    private static void put(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }
}
