package jp.genkan.ips.keyword.nfs;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.nfs.NfsNames;
import jp.genkan.protocols.nfs.NfsTransaction;

/** Keywords of NFS. Names of procedures are those of version 3. Stateless. */
public final class NfsKeywords implements Family {
    private static final int NAMED_VERSION = 3;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<NfsTransaction> nfs =
                new TransactionFields<>(NfsTransaction.class, Set.of(AppProtocol.NFS), keywords, buffers);
        Map<String, Long> procedures = new HashMap<>();
        List<String> names = NfsNames.procedures(NAMED_VERSION);
        for (int number = 0; number < names.size(); number++) {
            procedures.put(names.get(number).toLowerCase(Locale.ROOT), (long) number);
        }
        nfs.number(Ways.TO_SERVER, Progress.HEADERS, (call, toServer) -> call.procedure(), procedures, "nfs_procedure");
        nfs.number(
                Ways.TO_SERVER,
                Progress.HEADERS,
                (call, toServer) -> call.version(),
                Map.of(),
                "nfs_version",
                "nfs.version");
    }
}
