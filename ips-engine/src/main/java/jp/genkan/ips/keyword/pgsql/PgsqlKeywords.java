package jp.genkan.ips.keyword.pgsql;

import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.pgsql.PgsqlTransaction;

/** The buffer of PostgreSQL: the text of a query. Stateless. */
public final class PgsqlKeywords implements Family {
    /** The family. */
    public PgsqlKeywords() {}

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        new TransactionFields<>(PgsqlTransaction.class, Set.of(AppProtocol.PGSQL), keywords, buffers)
                .octets(Ways.TO_SERVER, Progress.COMPLETE, PgsqlTransaction::query, "pgsql.query");
    }
}
