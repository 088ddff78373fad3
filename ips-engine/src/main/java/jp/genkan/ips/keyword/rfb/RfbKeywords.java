package jp.genkan.ips.keyword.rfb;

import java.util.Map;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.protocols.rfb.RfbTransaction;

/** Keywords of RFB. Stateless. */
public final class RfbKeywords implements Family {
    private static final Map<String, Long> RESULTS = Map.of("ok", 0L, "fail", 1L, "toomany", 2L);

    /** What {@code unknown} stands for: any result that has no name. */
    private static final long UNNAMED = 3;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<RfbTransaction> rfb =
                new TransactionFields<>(RfbTransaction.class, Set.of(AppProtocol.RFB), keywords, buffers);
        rfb.text(Ways.TO_CLIENT, Progress.COMPLETE, RfbTransaction::name, "rfb.name");
        rfb.number(
                Ways.TO_SERVER,
                Progress.HEADERS,
                (handshake, toServer) -> known(handshake.securityType()),
                Map.of(),
                "rfb.sectype");
        rfb.tested(
                Ways.TO_CLIENT,
                Progress.HEADERS,
                (option, rule) -> {
                    if (option.unquoted().strip().equalsIgnoreCase("unknown")) {
                        return handshake -> handshake.securityResult() >= UNNAMED;
                    }
                    NumberTest test = NumberTest.parse(option.unquoted(), RESULTS, option);
                    return handshake -> handshake.securityResult() != RfbTransaction.UNKNOWN
                            && test.test(handshake.securityResult());
                },
                "rfb.secresult");
    }

    private static long known(long number) {
        return number == RfbTransaction.UNKNOWN ? NumberKeyword.NONE : number;
    }
}
