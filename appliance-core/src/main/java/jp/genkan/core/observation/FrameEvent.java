package jp.genkan.core.observation;

import jp.genkan.core.event.EveFields;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.FlowIdentity;

/**
 * A frame of a protocol is over: EVE's {@code frame}.
 *
 * @param identity of the flow, the way the frame goes
 * @param epochNanos when
 * @param frame which never changes any more
 */
public record FrameEvent(FlowIdentity identity, long epochNanos, ProtocolFrame frame) implements Event {
    @Override
    public String type() {
        return "frame";
    }

    @Override
    public void writeTo(EveFields out) {
        frame.writeTo(out);
        out.put("app_proto", frame.protocol().eveName());
    }
}
