package jp.genkan.protocols.modbus;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/** A request and its response; either may be missing. Thread rule: as for {@link Transaction}. */
public final class ModbusTransaction extends Transaction {
    @Nullable
    ModbusMessage request;

    @Nullable
    ModbusMessage response;

    ModbusTransaction(long number) {
        super(AppProtocol.MODBUS, number);
    }

    /** What was asked; null when it was not seen. */
    public @Nullable ModbusMessage request() {
        return request;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("modbus").put("id", number() + 1);
        if (request != null) {
            out.object("request");
            request.writeTo(out);
            out.end();
        }
        if (response != null) {
            out.object("response");
            response.writeTo(out);
            out.end();
        }
        out.end();
    }
}
