package jp.genkan.protocols.dcerpc;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;

/** One call or binding over TCP. Thread rule as for {@link Transaction}. */
public final class DcerpcTransaction extends Transaction {
    private final DcerpcCall call;

    DcerpcTransaction(long number, DcerpcCall call) {
        super(AppProtocol.DCERPC, number);
        this.call = call;
    }

    /** What was called, and what came of it. */
    public DcerpcCall call() {
        return call;
    }

    @Override
    public void writeTo(EveFields out) {
        call.writeOverTcp(out);
    }
}
