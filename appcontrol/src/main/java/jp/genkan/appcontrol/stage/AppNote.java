package jp.genkan.appcontrol.stage;

import java.util.List;
import jp.genkan.appcontrol.behaviour.Sighting;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.EventNote;

/**
 * The application in a flow's event.
 *
 * @param name its name, behind that of its master
 * @param category what it is for
 * @param confidence how it was found
 * @param behaviours that were seen by this flow
 */
record AppNote(String name, String category, Confidence confidence, List<Sighting> behaviours) implements EventNote {
    AppNote {
        behaviours = List.copyOf(behaviours);
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("app").put("name", name).put("category", category).put("confidence", confidence.label());
        if (!behaviours.isEmpty()) {
            out.array("behaviour");
            behaviours.forEach(seen -> out.add(seen.behaviour().label()));
            out.end();
        }
        out.end();
    }
}
