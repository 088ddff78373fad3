package jp.genkan.access.reputation;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;

/**
 * An end of a flow is on a reputation list: an EVE alert, once a flow.
 *
 * @param epochNanos when the packet was seen
 * @param identity the packet that was judged
 * @param toServer the packet's direction
 * @param list the list
 * @param entry the list's entry
 * @param address the address that the entry holds
 * @param direction from which side the flow was begun
 */
public record ReputationEvent(
        long epochNanos,
        FlowIdentity identity,
        boolean toServer,
        ReputationList list,
        AddressRange entry,
        Address address,
        ListDirection direction)
        implements Event {
    /** {@code alert.gid} of everything that access-control says. */
    public static final int GENERATOR = 301;

    /** {@code alert.signature_id} of reputation alerts; which list it was stands in {@code reputation.list}. */
    public static final int SIGNATURE = 1;

    private static final int REVISION = 1;

    @Override
    public String type() {
        return "alert";
    }

    @Override
    public void writeTo(EveFields out) {
        out.put("direction", toServer ? "to_server" : "to_client");
        out.object("alert")
                .put("action", list.action() == ListAction.BLOCK ? "blocked" : "allowed")
                .put("gid", GENERATOR)
                .put("signature_id", SIGNATURE)
                .put("rev", REVISION)
                .put("signature", "Genkan reputation: " + list.name())
                .put("category", list.category())
                .put("severity", list.severity())
                .end();
        out.object("reputation")
                .put("list", list.name())
                .put("entry", entry.toString())
                .put("address", address.toString())
                .put("direction", direction.label())
                .end();
    }
}
