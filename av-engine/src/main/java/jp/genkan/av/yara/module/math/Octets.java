package jp.genkan.av.yara.module.math;

import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import org.jspecify.annotations.Nullable;

/**
 * Octets that statistics are made of: a text, or a part of a file. Functions are those of YARA 4.2, which took them from {@code ent} by John
 * Walker.
 *
 * <p>Thread rule: the thread that scans.
 */
final class Octets {
    private static final int VALUES = 256;
    private static final int POINT = 6;
    private static final int COORDINATE = 3;
    private static final double RADIUS_SQUARE = Math.pow(Math.pow(VALUES, COORDINATE) - 1, 2);
    private static final double NO_CORRELATION = -100_000;

    private final @Nullable String text;
    private final @Nullable Content content;
    private final long at;
    private final long length;
    private final long @Nullable [] counts;

    private Octets(@Nullable String text, @Nullable Content content, long at, long length, long @Nullable [] counts) {
        this.text = text;
        this.content = content;
        this.at = at;
        this.length = length;
        this.counts = counts;
    }

    static Octets of(String text) {
        Octets octets = new Octets(text, null, 0, text.length(), null);
        return new Octets(text, null, 0, text.length(), octets.count(null));
    }

    /** A part of a file, as far as it is there; null when it begins outside, or time is over. */
    static @Nullable Octets of(Content content, FileFacts facts, long at, long asked) {
        if (at < 0 || asked < 0 || at >= content.size()) {
            return null;
        }
        long length = Math.min(asked, content.size() - at);
        long[] counts = new Octets(null, content, at, length, null).count(facts);
        return counts == null ? null : new Octets(null, content, at, length, counts);
    }

    private int octet(long index) {
        return text != null ? text.charAt((int) index) & 0xff : content == null ? 0 : content.u8(at + index);
    }

    private long @Nullable [] count(@Nullable FileFacts facts) {
        long[] found = new long[VALUES];
        for (long i = 0; i < length; i++) {
            if ((i & 0xf_ffff) == 0 && facts != null && facts.isLate()) {
                return null;
            }
            found[octet(i)]++;
        }
        return found;
    }

    long count(int value) {
        return counts == null ? 0 : counts[value];
    }

    double entropy() {
        double entropy = 0;
        for (int i = 0; i < VALUES; i++) {
            if (count(i) > 0) {
                double share = (double) count(i) / length;
                entropy -= share * (Math.log(share) / Math.log(2));
            }
        }
        return entropy;
    }

    double mean() {
        double sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += (double) i * count(i);
        }
        return sum / length;
    }

    double deviation(double mean) {
        double sum = 0;
        for (int i = 0; i < VALUES; i++) {
            sum += Math.abs(i - mean) * count(i);
        }
        return sum / length;
    }

    double share(int value) {
        return (double) count(value) / length;
    }

    int mode() {
        int most = 0;
        for (int i = 1; i < VALUES; i++) {
            if (count(i) > count(most)) {
                most = i;
            }
        }
        return most;
    }

    double serialCorrelation() {
        double last = 0;
        double products = 0;
        double sum = 0;
        double squares = 0;
        for (long i = 0; i < length; i++) {
            double value = octet(i);
            products += last * value;
            sum += value;
            squares += value * value;
            last = value;
        }
        products += last * last;
        double square = sum * sum;
        double divisor = length * squares - square;
        return divisor == 0 ? NO_CORRELATION : (length * products - square) / divisor;
    }

    /** How far pi is from what points of three octets a coordinate tell of it; NaN when there is no point. */
    double monteCarloPi() {
        long points = length / POINT;
        long inside = 0;
        for (long i = 0; i < points; i++) {
            double x = 0;
            double y = 0;
            for (int j = 0; j < COORDINATE; j++) {
                x = x * VALUES + octet(i * POINT + j);
                y = y * VALUES + octet(i * POINT + COORDINATE + j);
            }
            if (x * x + y * y <= RADIUS_SQUARE) {
                inside++;
            }
        }
        double pi = 4.0 * ((double) inside / points);
        return Math.abs((pi - Math.PI) / Math.PI);
    }
}
