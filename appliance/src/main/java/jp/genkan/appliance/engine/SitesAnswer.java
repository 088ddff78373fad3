package jp.genkan.appliance.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import jp.genkan.urlfilter.visit.Visits.SiteDay;

/** The answer of the control socket to {@code sites}. Thread rule: stateless. */
final class SitesAnswer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private SitesAnswer() {}

    /** One line of JSON. */
    static String of(List<SiteDay> today) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode sites = answer.putArray("sites");
        for (SiteDay day : today) {
            sites.addObject()
                    .put("machine", day.machine().toString())
                    .put("site", day.site())
                    .put("category", day.category())
                    .put("list", day.list())
                    .put("visits", day.visits())
                    .put("connections", day.connections())
                    .put("blocked", day.blocked())
                    .put("first", time(day.firstEpochNanos()))
                    .put("last", time(day.lastEpochNanos()));
        }
        return answer.toString();
    }

    private static String time(long epochNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS_A_SECOND)).toString();
    }
}
