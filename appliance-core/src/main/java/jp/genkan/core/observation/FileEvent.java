package jp.genkan.core.observation;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import org.jspecify.annotations.Nullable;

/**
 * A file was seen to its end, or as far as it will be seen: EVE's {@code fileinfo}.
 *
 * @param identity of the flow, from the file's sender to its receiver
 * @param epochNanos when
 * @param file which never changes any more
 */
public record FileEvent(FlowIdentity identity, long epochNanos, TransferredFile file) implements Event {
    @Override
    public String type() {
        return "fileinfo";
    }

    @Override
    public void writeTo(EveFields out) {
        file.transaction().writeTo(out);
        out.put("app_proto", file.transaction().protocol().eveName());
        out.object("fileinfo");
        out.put("filename", file.name() == null ? "" : file.name());
        putIfKnown(out, "magic", file.type());
        out.put("gaps", file.hasGaps());
        out.put("state", file.state().eveName());
        putIfKnown(out, "md5", file.md5());
        putIfKnown(out, "sha1", file.sha1());
        putIfKnown(out, "sha256", file.sha256());
        out.put("stored", false);
        out.put("size", file.size());
        if (file.isRange()) {
            out.put("start", file.rangeStart());
            out.put("end", file.rangeEnd());
        }
        out.put("tx_id", file.transaction().number());
        out.end();
    }

    private static void putIfKnown(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }
}
