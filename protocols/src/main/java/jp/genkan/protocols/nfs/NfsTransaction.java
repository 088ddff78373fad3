package jp.genkan.protocols.nfs;

import java.util.zip.CRC32;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/** A call and its answer, or all calls that carry one file. Thread rule: as for {@link Transaction}. */
public final class NfsTransaction extends Transaction {
    private final RpcCall call;
    private final boolean file;

    @Nullable
    String rpcStatus;

    long status = -1;
    String filename = "";
    byte @Nullable [] handle;

    @Nullable
    String renamedTo;

    long lastXid;
    int chunks;
    boolean last;

    NfsTransaction(long number, RpcCall call, boolean file) {
        super(AppProtocol.NFS, number);
        this.call = call;
        this.file = file;
        this.lastXid = call.xid();
    }

    /** Of the protocol: 2, 3 or 4. */
    public int version() {
        return call.version();
    }

    public int procedure() {
        return call.procedure();
    }

    /** True when it is about the content of a file. */
    public boolean isFile() {
        return file;
    }

    /** The file or name that it is about; empty when that is not known. */
    public String filename() {
        return filename;
    }

    /** What the server said, -1 when it has not answered. */
    public long status() {
        return status;
    }

    /** EVE tells answers. */
    @Override
    public Direction eventDirection() {
        return Direction.TO_CLIENT;
    }

    @Override
    public void writeTo(EveFields out) {
        call.writeTo(out, rpcStatus);
        out.object("nfs").put("version", version());
        out.put("procedure", NfsNames.procedure(version(), procedure()));
        out.put("filename", filename);
        byte[] known = handle;
        if (known != null) {
            CRC32 sum = new CRC32();
            sum.update(known);
            out.put("hhash", Long.toHexString(sum.getValue()));
        }
        out.put("id", number() + 1);
        out.put("file_tx", file);
        if (file) {
            boolean read = NfsNames.procedure(version(), procedure()).equals("READ");
            out.object(read ? "read" : "write").put("first", true).put("last", last);
            out.put("last_xid", lastXid).put("chunks", chunks).end();
        }
        if (renamedTo != null) {
            out.object("rename").put("from", filename).put("to", renamedTo).end();
        }
        out.put("type", "response");
        if (status >= 0) {
            out.put("status", NfsNames.status(status));
        }
        out.end();
    }
}
