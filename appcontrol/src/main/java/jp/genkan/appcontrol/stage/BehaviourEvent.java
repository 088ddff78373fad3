package jp.genkan.appcontrol.stage;

import jp.genkan.appcontrol.behaviour.Sighting;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;

/**
 * A machine was seen doing something: an {@code app} event.
 *
 * @param epochNanos when
 * @param identity the flow by which it was seen
 * @param machine who
 * @param sighting what
 */
public record BehaviourEvent(long epochNanos, FlowIdentity identity, String machine, Sighting sighting)
        implements Event {
    @Override
    public String type() {
        return "app";
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("app")
                .put("behaviour", sighting.behaviour().label())
                .put("label", sighting.behaviour().japanese())
                .put("confidence", sighting.confidence())
                .put("machine", machine);
        if (!sighting.about().isEmpty()) {
            out.put("about", sighting.about());
        }
        out.end();
    }
}
