package jp.genkan.protocols.ldap;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * A request and its responses; or a response that nothing asked for.
 *
 * <p>Thread rule: as for {@link Transaction}.
 */
public final class LdapTransaction extends Transaction {
    /** Responses that are kept; a search of a whole directory has thousands, of which the first and the last tell enough. */
    static final int RESPONSES_MAX = 16;

    private final @Nullable LdapMessage request;
    private final List<LdapMessage> responses = new ArrayList<>(1);
    private int responseCount;

    LdapTransaction(long number, @Nullable LdapMessage request) {
        super(AppProtocol.LDAP, number);
        this.request = request;
    }

    public @Nullable LdapMessage request() {
        return request;
    }

    /** The first ones, and the last. */
    public List<LdapMessage> responses() {
        return List.copyOf(responses);
    }

    /** How many there were, those that are not kept included. */
    public int responseCount() {
        return responseCount;
    }

    void add(LdapMessage response) {
        responseCount++;
        if (responses.size() < RESPONSES_MAX) {
            responses.add(response);
        } else {
            responses.set(RESPONSES_MAX - 1, response);
        }
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("ldap");
        if (request != null) {
            out.object("request");
            request.writeTo(out);
            out.end();
        }
        if (!responses.isEmpty()) {
            out.array("responses");
            for (LdapMessage response : responses) {
                out.object();
                response.writeTo(out);
                out.end();
            }
            out.end();
        }
        out.end();
    }
}
