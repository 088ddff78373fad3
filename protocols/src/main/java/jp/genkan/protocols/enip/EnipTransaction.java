package jp.genkan.protocols.enip;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/** A message of the client and the answer to it; either may be missing. Thread rule: as for {@link Transaction}. */
public final class EnipTransaction extends Transaction {
    @Nullable
    EnipMessage request;

    @Nullable
    EnipMessage response;

    EnipTransaction(long number) {
        super(AppProtocol.ENIP, number);
    }

    /** The message of a direction; null when it was not seen. */
    public @Nullable EnipMessage message(boolean toServer) {
        return toServer ? request : response;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("enip");
        if (request != null) {
            out.object("request").put("command", EnipNames.command(request.command()));
            out.put("status", EnipNames.status(request.status()));
            write(out, request);
            out.end();
        }
        if (response != null) {
            out.object("response").put("command", EnipNames.command(response.command()));
            out.put("status", EnipNames.status(response.status()));
            write(out, response);
            out.end();
        }
        out.end();
    }

    private static void write(EveFields out, EnipMessage message) {
        EnipMessage.Identity identity = message.identity();
        CipMessage cip = message.cip();
        if (identity != null) {
            out.object("identity").put("protocol_version", message.protocolVersion());
            out.put("revision", (identity.revision() >>> 8) + "." + (identity.revision() & 0xff));
            out.put("vendor_id", EnipNames.vendor(identity.vendor()));
            out.put("device_type", EnipNames.deviceType(identity.deviceType()));
            out.put("product_code", identity.productCode()).put("status", identity.status());
            out.put("serial", identity.serial())
                    .put("product_name", identity.name())
                    .put("state", identity.state());
            out.end();
        } else if (message.serviceName() != null) {
            out.object("list_services").put("protocol_version", message.protocolVersion());
            out.put("capabilities", message.capability())
                    .put("service_name", message.serviceName())
                    .end();
        } else if (message.protocolVersion() >= 0) {
            out.object("register_session")
                    .put("protocol_version", message.protocolVersion())
                    .end();
        }
        if (cip != null) {
            out.object("cip");
            cip.writeTo(out);
            out.end();
        }
    }
}
