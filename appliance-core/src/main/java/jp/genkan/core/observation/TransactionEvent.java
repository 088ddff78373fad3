package jp.genkan.core.observation;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;

/**
 * A transaction is complete: the event of its protocol.
 *
 * @param identity of the flow, the way {@link Transaction#eventDirection} says
 * @param epochNanos when
 * @param transaction which never changes any more
 */
public record TransactionEvent(FlowIdentity identity, long epochNanos, Transaction transaction) implements Event {
    @Override
    public String type() {
        return transaction.eventType();
    }

    @Override
    public void writeTo(EveFields out) {
        out.put("tx_id", transaction.number());
        transaction.writeTo(out);
    }
}
