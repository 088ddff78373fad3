package jp.genkan.protocols.ike;

import java.util.HexFormat;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/** One message, with what is known of its exchange. Thread rule: as for {@link Transaction}. */
public final class IkeTransaction extends Transaction {
    private final Direction direction;
    private final IkeMessage message;
    private final IkeParty client;
    private final IkeParty server;
    private final int[] chosen;
    private final long doi;

    /**
     * A message.
     *
     * @param chosen by type of transform, the algorithm that the responder of version 2 has chosen
     */
    IkeTransaction(
            long number,
            Direction direction,
            IkeMessage message,
            IkeParty client,
            IkeParty server,
            int[] chosen,
            long doi) {
        super(AppProtocol.IKE, number);
        this.direction = direction;
        this.message = message;
        this.client = client;
        this.server = server;
        this.chosen = chosen.clone();
        this.doi = doi;
    }

    @Override
    public Direction eventDirection() {
        return direction;
    }

    /** Sixteen hexadecimal digits. */
    public String initiatorSpi() {
        return message.initiatorSpi;
    }

    /** Sixteen hexadecimal digits. */
    public String responderSpi() {
        return message.responderSpi;
    }

    public int exchangeType() {
        return message.exchange;
    }

    /** Vendor identifications in hexadecimal digits. */
    public List<String> vendors() {
        return List.copyOf(message.vendors);
    }

    /** The public key of a message of version 1; null when it has none. */
    public byte @Nullable [] keyExchange() {
        return message.keyExchange.length == 0 ? null : message.keyExchange;
    }

    /** The nonce of a message of version 1; null when it has none. */
    public byte @Nullable [] nonce() {
        return message.nonce.length == 0 ? null : message.nonce;
    }

    /** The value of an attribute of the association that the responder chose with this message; -1 when it says none. */
    public long chosenAttribute(int type) {
        if (message.major == 1) {
            if (message.transforms.isEmpty()) {
                return -1;
            }
            for (SaAttribute attribute : message.transforms.getFirst()) {
                if (attribute.type() == type) {
                    return attribute.number();
                }
            }
            return -1;
        }
        int wanted = IkeParser.transformType(type);
        for (IkeProposal proposal : message.proposals) {
            for (IkeTransform transform : proposal.transforms()) {
                if (transform.type() == wanted) {
                    return transform.id();
                }
            }
        }
        return -1;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("ike");
        out.put("version_major", message.major).put("version_minor", message.minor);
        out.put("init_spi", message.initiatorSpi).put("resp_spi", message.responderSpi);
        out.put("message_id", message.id).put("exchange_type", message.exchange);
        if (message.major == 1) {
            out.put("exchange_type_verbose", IkeNames.exchange(message.exchange));
            writeChosen1(out);
        } else {
            writeChosen2(out);
        }
        out.array("payload");
        if (message.major == 1) {
            for (int type : message.payloads1) {
                String name = IkeNames.payload(1, type);
                if (!name.isEmpty()) {
                    out.add(name);
                }
            }
        } else {
            message.payloads2.forEach(type -> out.add(IkeNames.payload(2, type)));
        }
        out.end();
        if (message.major == 1) {
            writeVersion1(out);
        } else {
            writeVersion2(out);
        }
        out.end();
    }

    private void writeChosen1(EveFields out) {
        server.transform().forEach(attribute -> attribute.writeTo(out));
        if (!direction.isToServer() && message.transforms.size() > 1) {
            writeTransforms(out, "server_proposals");
        }
    }

    private void writeTransforms(EveFields out, String name) {
        out.array(name);
        for (List<SaAttribute> transform : message.transforms) {
            out.object();
            transform.forEach(attribute -> attribute.writeTo(out));
            out.end();
        }
        out.end();
    }

    private void writeChosen2(EveFields out) {
        out.put("role", message.isByInitiator() ? "initiator" : "responder");
        if (!message.isByInitiator()) {
            String[] names = {"", "alg_enc", "alg_prf", "alg_auth", "alg_dh", "alg_esn"};
            for (int type = IkeTransform.ENCRYPTION; type < chosen.length; type++) {
                out.put(names[type], IkeNames.algorithm(type, chosen[type]));
            }
        }
    }

    private void writeVersion1(EveFields out) {
        out.object("ikev1");
        if (doi >= 0) {
            out.put("doi", doi);
        }
        out.put("encrypted_payloads", message.isEncrypted());
        if (!message.isEncrypted()) {
            out.object("client");
            writeParty(out, client);
            if (direction.isToServer() && !message.transforms.isEmpty()) {
                writeTransforms(out, "proposals");
            }
            out.end().object("server");
            writeParty(out, server);
            out.end();
            if (!message.vendors.isEmpty()) {
                out.array("vendor_ids");
                message.vendors.forEach(out::add);
                out.end();
            }
        }
        out.end();
    }

    private static void writeParty(EveFields out, IkeParty party) {
        if (!party.keyExchange().isEmpty()) {
            out.put("key_exchange_payload", party.keyExchange());
            out.put("key_exchange_payload_length", party.keyExchange().length() / 2);
        }
        if (!party.nonce().isEmpty()) {
            out.put("nonce_payload", party.nonce());
            out.put("nonce_payload_length", party.nonce().length() / 2);
        }
    }

    private void writeVersion2(EveFields out) {
        out.object("ikev2").put("errors", message.errors());
        if (!message.notifications.isEmpty()) {
            out.array("notify");
            message.notifications.forEach(number -> out.add(IkeNames.notification(number)));
            out.end();
        }
        out.end();
    }

    @Override
    public String toString() {
        return "IKE " + message.major + " exchange " + HexFormat.of().toHexDigits((byte) message.exchange);
    }
}
