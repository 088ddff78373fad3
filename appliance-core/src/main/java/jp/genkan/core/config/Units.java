package jp.genkan.core.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Text forms of durations and sizes: {@code 100ms}, {@code 1h30m}, {@code 64MiB}. */
final class Units {
    private static final Map<String, Long> NANOS = new LinkedHashMap<>();
    private static final Map<String, Long> BYTES = new LinkedHashMap<>();

    static {
        NANOS.put("d", 86_400_000_000_000L);
        NANOS.put("h", 3_600_000_000_000L);
        NANOS.put("m", 60_000_000_000L);
        NANOS.put("s", 1_000_000_000L);
        NANOS.put("ms", 1_000_000L);
        NANOS.put("us", 1_000L);
        NANOS.put("ns", 1L);
        BYTES.put("TiB", 1L << 40);
        BYTES.put("GiB", 1L << 30);
        BYTES.put("MiB", 1L << 20);
        BYTES.put("KiB", 1L << 10);
        BYTES.put("TB", 1_000_000_000_000L);
        BYTES.put("GB", 1_000_000_000L);
        BYTES.put("MB", 1_000_000L);
        BYTES.put("kB", 1_000L);
        BYTES.put("B", 1L);
    }

    private Units() {}

    /** The duration, or null when the text is none or is longer than 292 years. */
    static @Nullable Duration duration(String text) {
        Long nanos = sum(text, NANOS);
        return nanos == null ? null : Duration.ofNanos(nanos);
    }

    /** The size in octets, or null when the text is none. */
    static @Nullable Long size(String text) {
        return sum(text, BYTES);
    }

    static String format(Duration duration) {
        return format(duration.toNanos(), NANOS, "s");
    }

    static String format(long bytes) {
        return format(bytes, BYTES, "B");
    }

    /** Numbers with units, one after another; zero may stand alone. */
    private static @Nullable Long sum(String text, Map<String, Long> units) {
        if (text.equals("0")) {
            return 0L;
        }
        long total = 0;
        int at = 0;
        while (at < text.length()) {
            int unitStart = at;
            while (unitStart < text.length() && isDigit(text.charAt(unitStart))) {
                unitStart++;
            }
            int end = unitStart;
            while (end < text.length() && !isDigit(text.charAt(end))) {
                end++;
            }
            Long unit = units.get(text.substring(unitStart, end).strip());
            if (unit == null || unitStart == at || unitStart - at > 18) {
                return null;
            }
            try {
                long number = Long.parseLong(text.substring(at, unitStart));
                total = Math.addExact(total, Math.multiplyExact(number, unit));
            } catch (ArithmeticException tooLarge) {
                return null;
            }
            at = end;
        }
        return text.isEmpty() ? null : total;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static String format(long value, Map<String, Long> units, String zeroUnit) {
        if (value == 0) {
            return "0" + zeroUnit;
        }
        for (Map.Entry<String, Long> unit : units.entrySet()) {
            if (value % unit.getValue() == 0) {
                return value / unit.getValue() + unit.getKey();
            }
        }
        throw new AssertionError("a unit of one divides everything");
    }
}
