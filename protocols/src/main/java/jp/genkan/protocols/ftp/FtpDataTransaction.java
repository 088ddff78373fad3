package jp.genkan.protocols.ftp;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A data connection. Thread rule: as for {@link Transaction}.
 */
public final class FtpDataTransaction extends Transaction {
    private Transfer.@Nullable Purpose purpose;

    FtpDataTransaction() {
        super(AppProtocol.FTP_DATA, 0);
    }

    void purpose(Transfer.@Nullable Purpose known) {
        purpose = known;
    }

    /** The command that it belongs to, in upper case; empty when that was not seen. */
    public String command() {
        return purpose == null ? "" : purpose.command();
    }

    /** The file's path as the command names it; empty when it is no file, or that was not seen. */
    public String path() {
        return purpose == null || !purpose.isFile() ? "" : purpose.path();
    }

    @Override
    public String eventType() {
        return "ftp_data";
    }

    @Override
    public boolean isTold() {
        return purpose != null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("ftp_data");
        if (!path().isEmpty()) {
            out.put("filename", path());
        }
        if (!command().isEmpty()) {
            out.put("command", command());
        }
        out.end();
    }
}
