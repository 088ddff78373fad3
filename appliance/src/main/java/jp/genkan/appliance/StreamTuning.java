package jp.genkan.appliance;

import jp.genkan.dataplane.flow.MidstreamPolicy;
import jp.genkan.dataplane.stream.InvalidPolicy;
import jp.genkan.dataplane.stream.OverlapPolicy;
import jp.genkan.dataplane.stream.UrgentPolicy;

/**
 * How TCP is followed. Immutable.
 *
 * @param midstream what is done about connections whose beginning was not seen
 * @param urgent what is done about urgent data
 * @param invalid what is done about segments that their receiver should ignore
 * @param overlaps which octets receivers keep of segments that overlap
 */
public record StreamTuning(
        MidstreamPolicy midstream, UrgentPolicy urgent, InvalidPolicy invalid, OverlapPolicy overlaps) {
    /** As the box does it. */
    public static final StreamTuning NONE =
            new StreamTuning(MidstreamPolicy.FOLLOW, UrgentPolicy.CLEAR, InvalidPolicy.DROP, OverlapPolicy.LINUX);
}
