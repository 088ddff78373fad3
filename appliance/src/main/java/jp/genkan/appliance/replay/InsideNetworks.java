package jp.genkan.appliance.replay;

import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;

/**
 * Which addresses are on the LAN side of a capture, where there is no port to tell by. A frame comes from the side where its source
 * address is; a frame counts as coming from inside when it has no addresses, or neither of them is there: who captures a talk of two strangers is one of them.
 *
 * <p>Thread rule: one replay.
 */
final class InsideNetworks {
    /** RFC 1918, unique local and link-local addresses. */
    static final List<String> DEFAULT =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "fc00::/7", "fe80::/10");

    private final AddressRange[] ranges;

    private InsideNetworks(List<AddressRange> ranges) {
        this.ranges = ranges.toArray(AddressRange[]::new);
    }

    /**
     * Networks as CIDR; the default when there are none.
     *
     * @throws IllegalArgumentException when one is not a network
     */
    static InsideNetworks of(List<String> networks) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String network : networks.isEmpty() ? DEFAULT : networks) {
            try {
                ranges.add(AddressRange.parse(network));
            } catch (IllegalArgumentException bad) {
                throw new IllegalArgumentException("--inside: " + bad.getMessage(), bad);
            }
        }
        return new InsideNetworks(ranges);
    }

    /** Sets the side that a decoded frame came in from, in all its layers. */
    void setSide(Packet frame) {
        boolean outside = frame.ipVersion != 0
                && !contains(frame.sourceHigh, frame.sourceLow)
                && contains(frame.destinationHigh, frame.destinationLow);
        for (Packet layer = frame; layer != null; layer = layer.inner()) {
            layer.side = outside ? Side.OUTSIDE : Side.INSIDE;
        }
    }

    private boolean contains(long high, long low) {
        for (AddressRange range : ranges) {
            if (range.contains(high, low)) {
                return true;
            }
        }
        return false;
    }
}
