package jp.genkan.protocols.snmp;

import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * One SNMP message.
 *
 * <p>Thread rule: immutable from its making on.
 */
public final class SnmpTransaction extends Transaction {
    /**
     * What a message says.
     *
     * @param version 1, 2 or 3
     * @param community of versions 1 and 2, null for 3
     * @param user of version 3's user-based security, null otherwise
     * @param pduType EVE's word
     * @param error EVE's word for an error, null for none
     * @param variables identifiers of the variables
     */
    public record Content(
            int version,
            @Nullable String community,
            @Nullable String user,
            String pduType,
            @Nullable String error,
            List<String> variables) {
        public Content {
            variables = List.copyOf(variables);
        }
    }

    private final Content content;

    SnmpTransaction(long number, Content content) {
        super(AppProtocol.SNMP, number);
        this.content = content;
    }

    public Content content() {
        return content;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("snmp");
        out.put("version", content.version());
        putIfPresent(out, "community", content.community());
        putIfPresent(out, "usm", content.user());
        out.put("pdu_type", content.pduType());
        putIfPresent(out, "error", content.error());
        if (!content.variables().isEmpty()) {
            out.array("vars");
            content.variables().forEach(out::add);
            out.end();
        }
        out.end();
    }

    private static void putIfPresent(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }
}
