package jp.genkan.dataplane.host;

import java.time.Instant;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Mac;
import org.jspecify.annotations.Nullable;

/**
 * A machine that was never seen before is behind the box.
 *
 * @param epochNanos when it was first seen
 * @param host what is known of it
 */
public record HostEvent(long epochNanos, Host host) implements Event {
    @Override
    public String type() {
        return "host";
    }

    @Override
    public @Nullable FlowIdentity identity() {
        return null;
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("host").put("action", "new").put("mac", Mac.format(host.mac()));
        if (!host.addresses().isEmpty()) {
            out.put("ip", host.addresses().getFirst().address().toString());
        }
        if (!host.name().isEmpty()) {
            out.put("name", host.name()).put("name_source", host.nameSource().label());
        }
        if (!host.maker().isEmpty()) {
            out.put("maker", host.maker());
        }
        out.putTime("first_seen", nanos(host.firstSeen()));
        out.put("via", host.via().label()).end();
    }

    private static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000L + time.getNano();
    }
}
