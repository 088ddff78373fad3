package jp.genkan.ips.keyword.dataset;

import jp.genkan.ips.dataset.Dataset;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.inspect.Step;
import org.jspecify.annotations.Nullable;

/** Looks a whole buffer up in a set, adds it, or takes it away. Adding holds when the member is new, taking away when it was there. */
final class DatasetStep extends Step {
    private final Command command;
    private final Dataset set;
    private final Match match;
    private final @Nullable String contextKey;

    /** What is done. */
    enum Command {
        ISSET,
        ISNOTSET,
        SET,
        UNSET
    }

    /** How a member is looked up. */
    enum Match {
        WHOLE,
        SUBDOMAIN
    }

    /**
     * A step.
     *
     * @param contextKey under which events show what is known of the member; null where nothing is
     */
    DatasetStep(Command command, Dataset set, Match match, @Nullable String contextKey) {
        this.command = command;
        this.set = set;
        this.match = match;
        this.contextKey = contextKey;
    }

    @Override
    protected boolean match(Inspection inspection, int index) {
        return inspection.isWhole() && holds(inspection) && inspection.rest(index);
    }

    private boolean holds(Inspection inspection) {
        byte[] octets = inspection.octets();
        int from = inspection.from();
        int to = inspection.to();
        return switch (command) {
            case ISSET -> isMember(inspection, octets, from, to);
            case ISNOTSET -> find(octets, from, to) < 0;
            case SET -> set.add(octets, from, to);
            case UNSET -> set.remove(octets, from, to);
        };
    }

    private int find(byte[] octets, int from, int to) {
        if (match == Match.SUBDOMAIN) {
            return set.findSubdomain(octets, from, to);
        }
        return set.contains(octets, from, to) ? from : -1;
    }

    private boolean isMember(Inspection inspection, byte[] octets, int from, int to) {
        int at = find(octets, from, to);
        if (at < 0) {
            return false;
        }
        if (contextKey != null && set.thing(octets, at, to) instanceof String json) {
            inspection.moment().enrich(contextKey, json);
        }
        return true;
    }

    @Override
    public boolean needsWhole() {
        return true;
    }
}
