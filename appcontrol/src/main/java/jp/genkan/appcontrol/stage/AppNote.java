package jp.genkan.appcontrol.stage;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.EventNote;

/**
 * The application in a flow's event.
 *
 * @param name its name, behind that of its master
 * @param category what it is for
 * @param confidence how it was found
 */
record AppNote(String name, String category, Confidence confidence) implements EventNote {
    @Override
    public void writeTo(EveFields out) {
        out.object("app")
                .put("name", name)
                .put("category", category)
                .put("confidence", confidence.label())
                .end();
    }
}
