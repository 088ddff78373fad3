package jp.genkan.ips.keyword.smb;

import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.smb.SmbTransaction;

/**
 * Keywords of SMB. They are asked when the client's command is there, before the server has said what kind of share it is: a name that looks like the share
 * of pipes is one.
 *
 * <p>Thread rule: stateless.
 */
public final class SmbKeywords implements Family {
    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<SmbTransaction> smb =
                new TransactionFields<>(SmbTransaction.class, Set.of(AppProtocol.SMB), keywords, buffers);
        smb.text(
                Ways.TO_SERVER,
                Progress.COMPLETE,
                command -> command.connectsPipes() ? command.connectedName() : null,
                "smb.named_pipe",
                "smb_named_pipe");
        smb.text(
                Ways.BOTH,
                Progress.COMPLETE,
                command -> command.connectsPipes() ? null : command.connectedName(),
                "smb.share",
                "smb_share");
        smb.text(Ways.TO_SERVER, Progress.COMPLETE, SmbTransaction::ntlmUser, "smb.ntlmssp_user");
        smb.text(Ways.TO_SERVER, Progress.COMPLETE, SmbTransaction::ntlmDomain, "smb.ntlmssp_domain");
        smb.number(Ways.BOTH, Progress.LINE, (command, toServer) -> command.version(), Map.of(), "smb.version");
    }
}
