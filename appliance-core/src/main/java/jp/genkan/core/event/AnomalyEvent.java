package jp.genkan.core.event;

import jp.genkan.core.frame.DecodeAnomaly;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Traffic that breaks the rules of its protocol, as EVE's {@code anomaly}.
 *
 * @param epochNanos when
 * @param identity of the packet or flow
 * @param layer which layer found it
 * @param event what was odd: a decoder's or stream's dotted name, an application parser's plain one
 * @param appProtocol EVE's {@code app_proto}; only for {@link Layer#APPLAYER}
 */
public record AnomalyEvent(
        long epochNanos,
        FlowIdentity identity,
        Layer layer,
        String event,
        @Nullable String appProtocol) implements Event {

    /** How the names of events begin that are about which protocol is spoken, not about what it says. */
    public static final String DETECTION = "APPLAYER_";

    /** EVE's {@code anomaly.type}. */
    public enum Layer {
        /** A header that cannot be decoded or is odd. */
        DECODE("decode"),
        /** TCP state or reassembly. */
        STREAM("stream"),
        /** An application protocol's parser. */
        APPLAYER("applayer");

        private final String eveName;

        Layer(String eveName) {
            this.eveName = eveName;
        }

        /** The word of {@code anomaly.type}. */
        public String eveName() {
            return eveName;
        }
    }

    /** What a decoder found in a packet. Allocates: only for events. */
    public static AnomalyEvent ofDecode(Packet packet, long flowId, DecodeAnomaly anomaly) {
        return new AnomalyEvent(
                packet.epochNanos,
                FlowIdentity.of(packet, flowId),
                Layer.DECODE,
                anomaly.eveName(packet.ipVersion),
                null);
    }

    /** What stream tracking found; the name begins with {@code stream.}. */
    public static AnomalyEvent ofStream(long epochNanos, FlowIdentity identity, String event) {
        return new AnomalyEvent(epochNanos, identity, Layer.STREAM, event, null);
    }

    /** What an application protocol's parser found. */
    public static AnomalyEvent ofApplayer(long epochNanos, FlowIdentity identity, String appProtocol, String event) {
        return new AnomalyEvent(epochNanos, identity, Layer.APPLAYER, event, appProtocol);
    }

    @Override
    public String type() {
        return "anomaly";
    }

    @Override
    public void writeTo(EveFields out) {
        out.object("anomaly");
        if (appProtocol != null) {
            out.put("app_proto", appProtocol);
        }
        out.put("type", layer.eveName());
        out.put("event", event);
        if (layer == Layer.APPLAYER) {
            out.put("layer", event.startsWith(DETECTION) ? "proto_detect" : "proto_parser");
        }
        out.end();
    }
}
