package jp.genkan.ips.keyword.websocket;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.keyword.field.FlagsTest;
import jp.genkan.ips.keyword.field.TransactionFields;
import jp.genkan.ips.keyword.number.NumberKeyword;
import jp.genkan.ips.match.Buffer.Ways;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.websocket.WebSocketTransaction;

/** Keywords of WebSocket. A frame is a transaction, complete at once. Stateless. */
public final class WebSocketKeywords implements Family {
    private static final Map<String, Long> FLAGS = Map.of("fin", 0x80L, "comp", 0x40L);
    private static final int OPCODES = 16;

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        TransactionFields<WebSocketTransaction> websocket =
                new TransactionFields<>(WebSocketTransaction.class, Set.of(AppProtocol.WEBSOCKET), keywords, buffers);
        Map<String, Long> opcodes = new HashMap<>();
        for (int opcode = 0; opcode < OPCODES; opcode++) {
            opcodes.put(WebSocketTransaction.opcodeName(opcode), (long) opcode);
        }
        websocket.number(
                Ways.BOTH, Progress.COMPLETE, (frame, toServer) -> frame.opcode(), opcodes, "websocket.opcode");
        websocket.number(
                Ways.BOTH,
                Progress.COMPLETE,
                (frame, toServer) -> frame.mask() == WebSocketTransaction.NO_MASK ? NumberKeyword.NONE : frame.mask(),
                Map.of(),
                "websocket.mask");
        websocket.tested(Ways.BOTH, Progress.COMPLETE, WebSocketKeywords::flags, "websocket.flags");
        websocket.octets(Ways.BOTH, Progress.COMPLETE, WebSocketTransaction::payload, "websocket.payload");
    }

    private static Predicate<WebSocketTransaction> flags(RuleOption option, SignatureBuilder rule)
            throws RuleException {
        FlagsTest test = FlagsTest.parse(option, FLAGS);
        return frame -> test.test(frame.flags());
    }
}
