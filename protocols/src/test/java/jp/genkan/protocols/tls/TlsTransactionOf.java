package jp.genkan.protocols.tls;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import jp.genkan.core.event.EveWriter;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.TransactionEvent;

/** The event of a transaction that came from another protocol. */
record TlsTransactionOf(AppProtocol from) {
    String text() {
        EveWriter writer = new EveWriter(ZoneOffset.UTC);
        Address address = Address.parse("192.0.2.1");
        FlowIdentity identity = new FlowIdentity(1, address, 1, address, 2, 6, 0, 0, 0, 0, 0);
        writer.write(new TransactionEvent(identity, 0, new TlsTransaction(0, from)));
        return new String(writer.copyWithoutLineFeed(), StandardCharsets.UTF_8);
    }
}
