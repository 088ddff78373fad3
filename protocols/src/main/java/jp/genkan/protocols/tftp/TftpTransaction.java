package jp.genkan.protocols.tftp;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;

/**
 * A request to read or write a file.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class TftpTransaction extends Transaction {
    private final boolean write;
    private final String file;
    private final String mode;

    TftpTransaction(long number, boolean write, String file, String mode) {
        super(AppProtocol.TFTP, number);
        this.write = write;
        this.file = file;
        this.mode = mode;
    }

    /** True when the client sends the file. */
    public boolean isWrite() {
        return write;
    }

    public String file() {
        return file;
    }

    /** {@code octet}, {@code netascii} or {@code mail}, as it was sent. */
    public String mode() {
        return mode;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("tftp");
        out.put("packet", write ? "write" : "read").put("file", file).put("mode", mode);
        out.end();
    }
}
