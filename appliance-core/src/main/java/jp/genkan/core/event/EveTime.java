package jp.genkan.core.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * EVE's form of a time stamp, {@code 2026-11-24T09:00:00.123456+0900}. Events come in bursts, so the text of the last second is kept.
 *
 * <p>Thread rule: one owner.
 */
final class EveTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ZoneRules rules;
    private long second = Long.MIN_VALUE;
    private byte[] head = new byte[0];
    private byte[] tail = new byte[0];

    EveTime(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /** Appends the time stamp, without quotes. */
    void append(JsonLine line, long epochNanos) {
        long wanted = Math.floorDiv(epochNanos, NANOS_PER_SECOND);
        if (wanted != second) {
            format(wanted);
        }
        line.raw(head, head.length);
        line.padded(Math.floorMod(epochNanos, NANOS_PER_SECOND) / 1_000, 6);
        line.raw(tail, tail.length);
    }

    private void format(long wanted) {
        ZoneOffset offset = rules.getOffset(Instant.ofEpochSecond(wanted));
        LocalDateTime local = LocalDateTime.ofEpochSecond(wanted, 0, offset);
        int minutes = Math.abs(offset.getTotalSeconds()) / 60;
        JsonLine text = new JsonLine(64);
        text.padded(local.getYear(), 4);
        text.raw('-');
        text.padded(local.getMonthValue(), 2);
        text.raw('-');
        text.padded(local.getDayOfMonth(), 2);
        text.raw('T');
        text.padded(local.getHour(), 2);
        text.raw(':');
        text.padded(local.getMinute(), 2);
        text.raw(':');
        text.padded(local.getSecond(), 2);
        text.raw('.');
        head = java.util.Arrays.copyOf(text.bytes(), text.length());
        String sign = offset.getTotalSeconds() < 0 ? "-" : "+";
        int hours = minutes / 60;
        String digits = "" + hours / 10 + hours % 10 + minutes % 60 / 10 + minutes % 10;
        tail = (sign + digits).getBytes(StandardCharsets.US_ASCII);
        second = wanted;
    }
}
