package jp.genkan.protocols.dnp3;

import java.util.List;
import jp.genkan.core.event.EveFields;

/**
 * Objects of one kind that a message asks for or brings.
 *
 * @param start of the range; 0 when there is none
 * @param stop of the range; 0 when there is none
 * @param count how many there are
 * @param points the first ones; empty when a message only asks for them
 */
public record Dnp3Object(
        int group, int variation, int qualifier, long start, long stop, long count, List<Point> points) {
    /**
     * A point.
     *
     * @param prefix index or size that stands before it; 0 when none does
     * @param values of the fields of its layout
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Point(long prefix, long index, long[] values) {}

    public Dnp3Object {
        points = List.copyOf(points);
    }

    static int prefixCode(int qualifier) {
        return qualifier >>> 4 & 7;
    }

    static int rangeCode(int qualifier) {
        return qualifier & 15;
    }

    void writeTo(EveFields out) {
        out.object();
        out.put("group", group).put("variation", variation).put("qualifier", qualifier);
        out.put("prefix_code", prefixCode(qualifier)).put("range_code", rangeCode(qualifier));
        out.put("start", start).put("stop", stop).put("count", count);
        PointLayout layout = PointLayout.of(group, variation);
        if (!points.isEmpty()) {
            out.array("points");
            for (Point point : points) {
                out.object().put("prefix", point.prefix()).put("index", point.index());
                if (layout != null) {
                    layout.write(point.values(), out);
                }
                out.end();
            }
            out.end();
        }
        out.end();
    }
}
