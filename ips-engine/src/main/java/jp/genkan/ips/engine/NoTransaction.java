package jp.genkan.ips.engine;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;

/** Stands for the transaction of something odd that was seen outside of any. */
final class NoTransaction extends Transaction {
    NoTransaction(AppProtocol protocol) {
        super(protocol, 0);
        progress(Direction.TO_SERVER, Progress.COMPLETE);
        progress(Direction.TO_CLIENT, Progress.COMPLETE);
    }

    @Override
    public boolean isTold() {
        return false;
    }

    @Override
    public void writeTo(EveFields out) {}
}
