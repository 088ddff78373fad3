package jp.genkan.protocols.ntp;

import java.util.HexFormat;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;

/**
 * One NTP message.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class NtpTransaction extends Transaction {
    private final int version;
    private final int mode;
    private final int stratum;
    private final int referenceId;

    NtpTransaction(long number, int version, int mode, int stratum, int referenceId) {
        super(AppProtocol.NTP, number);
        this.version = version;
        this.mode = mode;
        this.stratum = stratum;
        this.referenceId = referenceId;
    }

    public int version() {
        return version;
    }

    /** 3 is a client, 4 a server, RFC 5905 §7.3. */
    public int mode() {
        return mode;
    }

    public int stratum() {
        return stratum;
    }

    /** The four octets that name the sender's source of time. */
    public int referenceId() {
        return referenceId;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("ntp");
        out.put("version", version).put("mode", mode).put("stratum", stratum);
        byte[] octets = {
            (byte) (referenceId >>> 24), (byte) (referenceId >>> 16), (byte) (referenceId >>> 8), (byte) referenceId
        };
        out.put("reference_id", HexFormat.ofDelimiter(":").formatHex(octets));
        out.end();
    }
}
