package jp.genkan.av.stage;

import java.util.List;
import java.util.Locale;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.observation.TransferredFile;
import org.jspecify.annotations.Nullable;

/**
 * A file was looked at, and is infected or could not be looked into.
 *
 * @param epochNanos when
 * @param identity of the flow, from the file's sender to its receiver
 * @param file in the state it was in
 * @param size octets of it that had come
 * @param verdict what it is
 * @param signature for which; null when there is none
 * @param path names of the containers entered on the way to the place that the verdict is about
 * @param reason why it could not be looked into, or was not in time; null when it could
 * @param transfer {@code download}, {@code upload}, {@code mail-in}, {@code mail-out}
 * @param action what was done about it
 */
record AvEvent(
        long epochNanos,
        FlowIdentity identity,
        TransferredFile file,
        long size,
        ScanResult.Verdict verdict,
        @Nullable String signature,
        List<String> path,
        @Nullable String reason,
        String transfer,
        Action action)
        implements Event {
    /** What is done about a file. */
    enum Action {
        /** It is told, and goes on. */
        LOGGED,
        /** The transfer was ended. */
        BLOCKED,
        /** It was replaced, and everything else goes on. */
        NEUTRALISED
    }

    AvEvent {
        path = List.copyOf(path);
    }

    @Override
    public String type() {
        return "av";
    }

    @Override
    public void writeTo(EveFields out) {
        out.put("app_proto", file.transaction().protocol().eveName());
        out.object("av");
        out.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
        putIfKnown(out, "signature", signature);
        putIfKnown(out, "reason", reason);
        out.object("file");
        out.put("name", file.name() == null ? "" : file.name());
        out.put("size", size);
        putIfKnown(out, "md5", file.md5());
        putIfKnown(out, "sha256", file.sha256());
        putIfKnown(out, "type", file.type());
        out.array("path");
        path.forEach(out::add);
        out.end();
        out.end();
        out.put("protocol", file.transaction().protocol().eveName());
        out.put("transfer", transfer);
        out.put("action", action.name().toLowerCase(Locale.ROOT));
        out.end();
    }

    private static void putIfKnown(EveFields out, String name, @Nullable String value) {
        if (value != null) {
            out.put(name, value);
        }
    }
}
