package jp.genkan.ips.engine;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.pipeline.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A packet that is written down whole, because a rule with {@code tag} has matched before it: EVE's {@code packet}.
 *
 * @param octets the frame, as an alert would have it
 */
record PacketEvent(long epochNanos, FlowIdentity identity, RecordedFields octets) implements Event {
    /** Makes the event. Allocates: only for packets that are tagged. */
    static PacketEvent of(Packet packet, @Nullable Flow flow) {
        RecordedFields octets = new RecordedFields();
        PayloadFields.writePacket(packet, octets);
        return new PacketEvent(packet.epochNanos, FlowIdentity.of(packet, flow == null ? 0 : flow.id()), octets);
    }

    @Override
    public String type() {
        return "packet";
    }

    @Override
    public void writeTo(EveFields out) {
        octets.writeTo(out);
    }
}
