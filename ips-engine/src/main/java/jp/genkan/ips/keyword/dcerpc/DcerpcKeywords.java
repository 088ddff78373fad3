package jp.genkan.ips.keyword.dcerpc;

import java.util.Set;
import java.util.function.Predicate;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.dcerpc.DcerpcCall;
import jp.genkan.protocols.dcerpc.DcerpcTransaction;
import jp.genkan.protocols.smb.SmbTransaction;
import org.jspecify.annotations.Nullable;

/** Keywords of DCE/RPC. Stateless. */
public final class DcerpcKeywords implements Family {
    private static final Set<AppProtocol> PROTOCOLS = Set.of(AppProtocol.DCERPC, AppProtocol.SMB);

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        buffers.add(new Buffer(
                "dcerpc.stub_data",
                Buffer.Origin.TRANSACTION,
                PROTOCOLS,
                Buffer.Ways.BOTH,
                Progress.COMPLETE,
                false,
                DcerpcKeywords::stub));
        keywords.addSticky(buffers, "dcerpc.stub_data", "dcerpc.stub_data", "dce_stub_data");
        keywords.add(DcerpcKeywords::iface, "dcerpc.iface", "dce_iface");
        keywords.add(DcerpcKeywords::opnum, "dcerpc.opnum", "dce_opnum");
    }

    /** The call that a transaction is about; null when it is about none. */
    static @Nullable DcerpcCall call(@Nullable Transaction transaction) {
        if (transaction instanceof DcerpcTransaction own) {
            return own.call();
        }
        return transaction instanceof SmbTransaction inPipe ? inPipe.call() : null;
    }

    private static void stub(Moment moment, BufferSink out) {
        DcerpcCall call = call(moment.transaction());
        if (call != null && call.opnum() >= 0) {
            byte[] stub = moment.direction().isToServer() ? call.requestStub() : call.responseStub();
            if (stub.length > 0) {
                out.add(stub);
            }
        }
    }

    private static void iface(RuleOption option, SignatureBuilder rule) throws RuleException {
        check(option, rule, InterfaceTest.parse(option));
    }

    private static void opnum(RuleOption option, SignatureBuilder rule) throws RuleException {
        OpnumTest test = OpnumTest.parse(option);
        check(option, rule, call -> test.test(call.opnum()));
    }

    private static void check(RuleOption option, SignatureBuilder rule, Predicate<DcerpcCall> test)
            throws RuleException {
        rule.check(
                new Check.OfValue(option.name(), PROTOCOLS, Buffer.Ways.BOTH, Progress.HEADERS, false, moment -> {
                    DcerpcCall call = call(moment.transaction());
                    return call != null && call.opnum() >= 0 && test.test(call);
                }),
                option);
    }
}
