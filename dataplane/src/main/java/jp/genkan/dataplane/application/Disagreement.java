package jp.genkan.dataplane.application;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import jp.genkan.core.event.EventNote;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.dataplane.flow.FlowEvent;
import jp.genkan.dataplane.flow.FlowView;
import jp.genkan.protocols.Protocols.OverTcp;
import jp.genkan.protocols.conversation.Recognition;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when the two directions of a flow speak different protocols, and says so in its event.
 *
 * <p>Thread rule: one worker.
 */
public final class Disagreement {
    /** Suricata's event. */
    static final String EVENT = "APPLAYER_MISMATCH_PROTOCOL_BOTH_DIRECTIONS";

    /** Protocols whose first octets cannot be mistaken, whichever side sends them. */
    private static final Set<AppProtocol> MARKED =
            EnumSet.of(AppProtocol.SSH, AppProtocol.HTTP1, AppProtocol.TLS, AppProtocol.SMB);

    private final FirstOctets first = new FirstOctets(0, 0);
    private final OverTcp[] marked;

    Disagreement(OverTcp[] known) {
        marked = Arrays.stream(known)
                .filter(protocol -> MARKED.contains(protocol.protocol()))
                .toArray(OverTcp[]::new);
    }

    /** What the first octets of the second direction speak, when that is certain and not what the first direction speaks; null otherwise. */
    @Nullable
    AppProtocol find(FlowView flow, AppProtocol spoken, Direction direction, byte[] octets, int from, int to) {
        first.begin(flow.clientPort(), flow.serverPort());
        first.add(direction, octets, from, to);
        for (OverTcp protocol : marked) {
            if (protocol.recogniser().recognise(first) == Recognition.YES) {
                return protocol.protocol() == spoken ? null : protocol.protocol();
            }
        }
        return null;
    }

    /** The event of a flow that has ended. */
    public static FlowEvent event(@Nullable ApplicationLayer layer, FlowView flow, @Nullable EventNote note) {
        if (layer == null) {
            return FlowEvent.of(flow, flow.lastEpochNanos(), null, note);
        }
        return FlowEvent.of(flow, flow.lastEpochNanos(), layer.eveProtocol(flow), noted(layer, flow, note));
    }

    private static @Nullable EventNote noted(ApplicationLayer layer, FlowView flow, @Nullable EventNote other) {
        AppProtocol spoken = layer.protocol(flow);
        AppProtocol toServer = layer.protocol(flow, Direction.TO_SERVER);
        AppProtocol toClient = layer.protocol(flow, Direction.TO_CLIENT);
        if (toServer == toClient || toServer == null || toClient == null) {
            return other;
        }
        boolean isToServer = toServer != spoken;
        AppProtocol different = isToServer ? toServer : toClient;
        return out -> {
            out.put(isToServer ? "app_proto_ts" : "app_proto_tc", different.eveName());
            if (other != null) {
                other.writeTo(out);
            }
        };
    }
}
