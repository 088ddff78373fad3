package jp.genkan.av.stage;

import jp.genkan.core.event.DropCause;
import jp.genkan.core.event.EveFields;

/**
 * The signature for which a packet was dropped.
 *
 * @param signature which
 */
record AvCause(String signature) implements DropCause {
    @Override
    public void writeAlert(EveFields out) {
        out.put("action", "blocked");
        out.put("signature", "Antivirus: " + signature);
        out.put("category", "virus");
    }
}
