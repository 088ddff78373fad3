package jp.genkan.protocols.dnp3;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import jp.genkan.protocols.conversation.FieldReader;
import org.jspecify.annotations.Nullable;

/** Reads the objects of one fragment. Thread rule: one fragment. */
final class ObjectReader {
    /** Kinds of objects of a message; integrity polls bring some twenty. */
    static final int OBJECTS_MAX = 2_048;

    /** Points of a message; large outstations have some thousand. */
    static final int POINTS_MAX = 16_384;

    /** Points of a message that are told. */
    static final int POINTS_TOLD_MAX = 256;

    private static final int VARIABLE_FORMAT = 0xb;
    private static final int[] INDEX_OCTETS = {0, 1, 2, 4, 1, 2, 4, 0};

    private final FieldReader reader;
    private final boolean named;
    final List<Dnp3Object> objects = new ArrayList<>();
    final Set<String> events = new LinkedHashSet<>();
    boolean complete;
    private long points;
    private int told;

    /**
     * Reads on from here.
     *
     * @param named true when objects are only asked for: no points follow their heads
     */
    ObjectReader(FieldReader reader, boolean named) {
        this.reader = reader;
        this.named = named;
    }

    void read() {
        while (reader.remaining() > 0) {
            if (objects.size() == OBJECTS_MAX) {
                events.add("too_many_objects");
                return;
            }
            if (!object()) {
                return;
            }
        }
        complete = true;
    }

    private boolean object() {
        int group = reader.u8();
        int variation = reader.u8();
        int qualifier = reader.u8();
        long[] range = range(Dnp3Object.rangeCode(qualifier));
        if (range == null || reader.hasFailed()) {
            events.add("malformed");
            return false;
        }
        List<Dnp3Object.Point> found = new ArrayList<>();
        boolean whole = named || points(group, variation, qualifier, range, found);
        objects.add(new Dnp3Object(group, variation, qualifier, range[0], range[1], range[2], found));
        return whole;
    }

    /** Start, stop and count; null when the code is reserved, or the range cannot be. */
    private long @Nullable [] range(int code) {
        switch (code) {
            case 0, 1, 2, 3, 4, 5 -> {
                int octets = 1 << code % 3;
                long start = reader.number(octets);
                long stop = reader.number(octets);
                return stop < start ? null : new long[] {start, stop, stop - start + 1};
            }
            case 6 -> {
                return new long[] {0, 0, 0};
            }
            case 7, 8, 9 -> {
                return new long[] {0, 0, reader.number(1 << code - 7)};
            }
            case VARIABLE_FORMAT -> {
                return new long[] {0, 0, reader.number(1)};
            }
            default -> {
                return null;
            }
        }
    }

    private boolean points(int group, int variation, int qualifier, long[] range, List<Dnp3Object.Point> into) {
        long count = range[2];
        if (count == 0) {
            return true;
        }
        points += count;
        if (points > POINTS_MAX) {
            events.add("too_many_points");
            return false;
        }
        int prefix = Dnp3Object.prefixCode(qualifier);
        PointLayout layout = PointLayout.of(group, variation);
        int text = PointLayout.textLength(group, variation);
        boolean sized = prefix >= 4 && prefix < 7;
        if (layout == null && text < 0 && !sized) {
            events.add("unknown_object");
            return false;
        }
        if (layout != null && layout.packedBits() > 0 && prefix == 0) {
            packed(layout.packedBits(), range, into);
        } else {
            for (long i = 0; i < count && !reader.hasFailed(); i++) {
                point(layout, text, prefix, range[0] + i, into);
            }
        }
        if (reader.hasFailed()) {
            events.add("malformed");
            return false;
        }
        return true;
    }

    private void packed(int bits, long[] range, List<Dnp3Object.Point> into) {
        int octet = 0;
        int used = 8;
        for (long i = 0; i < range[2] && !reader.hasFailed(); i++) {
            if (used == 8) {
                octet = reader.u8();
                used = 0;
            }
            add(new Dnp3Object.Point(0, range[0] + i, new long[] {octet >>> used & (1 << bits) - 1}), into);
            used += bits;
        }
    }

    private void point(
            @Nullable PointLayout layout, int text, int prefixCode, long place, List<Dnp3Object.Point> into) {
        int octets = INDEX_OCTETS[prefixCode];
        long prefix = octets == 0 ? 0 : reader.number(octets);
        boolean sized = prefixCode >= 4;
        long index = octets == 0 || sized ? place : prefix;
        long[] values = {};
        if (sized && octets > 0) {
            reader.skip(prefix);
        } else if (layout == null) {
            reader.skip(Math.max(0, text));
        } else {
            values = layout.point(reader);
        }
        add(new Dnp3Object.Point(prefix, index, values), into);
    }

    private void add(Dnp3Object.Point point, List<Dnp3Object.Point> into) {
        if (told < POINTS_TOLD_MAX && !reader.hasFailed()) {
            told++;
            into.add(point);
        }
    }
}
