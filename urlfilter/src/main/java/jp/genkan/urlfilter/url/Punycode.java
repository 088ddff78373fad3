package jp.genkan.urlfilter.url;

import org.jspecify.annotations.Nullable;

/** Bootstring with the parameters of RFC 3492 §5, for one label without its {@code xn--}. Functions of their arguments alone. */
final class Punycode {
    private static final int BASE = 36;
    private static final int T_MIN = 1;
    private static final int T_MAX = 26;
    private static final int SKEW = 38;
    private static final int DAMP = 700;
    private static final int INITIAL_BIAS = 72;
    private static final int INITIAL_N = 128;

    private Punycode() {}

    /** Encodes code points, which must be fewer than 1000: the arithmetic then stays within 31 bits. */
    static String encode(int[] points) {
        StringBuilder out = new StringBuilder(points.length * 2);
        for (int point : points) {
            if (point < INITIAL_N) {
                out.append((char) point);
            }
        }
        int basic = out.length();
        int handled = basic;
        if (basic > 0) {
            out.append('-');
        }
        int n = INITIAL_N;
        int delta = 0;
        int bias = INITIAL_BIAS;
        while (handled < points.length) {
            int next = Integer.MAX_VALUE;
            for (int point : points) {
                next = point >= n ? Math.min(next, point) : next;
            }
            delta += (next - n) * (handled + 1);
            n = next;
            for (int point : points) {
                if (point < n) {
                    delta++;
                } else if (point == n) {
                    number(delta, bias, out);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
            delta++;
            n++;
        }
        return out.toString();
    }

    private static void number(int delta, int bias, StringBuilder out) {
        int rest = delta;
        for (int k = BASE; ; k += BASE) {
            int threshold = threshold(k, bias);
            if (rest < threshold) {
                out.append(digit(rest));
                return;
            }
            out.append(digit(threshold + (rest - threshold) % (BASE - threshold)));
            rest = (rest - threshold) / (BASE - threshold);
        }
    }

    private static int threshold(int k, int bias) {
        return Math.clamp(k - bias, T_MIN, T_MAX);
    }

    private static char digit(int value) {
        return (char) (value < 26 ? 'a' + value : '0' + value - 26);
    }

    private static int adapt(int delta, int points, boolean first) {
        int rest = first ? delta / DAMP : delta / 2;
        rest += rest / points;
        int k = 0;
        while (rest > (BASE - T_MIN) * T_MAX / 2) {
            rest /= BASE - T_MIN;
            k += BASE;
        }
        return k + (BASE - T_MIN + 1) * rest / (rest + SKEW);
    }

    /** Decodes a label of ASCII letters; null when it is not one. */
    static @Nullable String decode(String label) {
        int dash = label.lastIndexOf('-');
        StringBuilder out = new StringBuilder(label.substring(0, Math.max(0, dash)));
        int n = INITIAL_N;
        int bias = INITIAL_BIAS;
        long i = 0;
        int points = out.length();
        int at = dash < 0 ? 0 : dash + 1;
        while (at < label.length()) {
            long before = i;
            long weight = 1;
            for (int k = BASE; ; k += BASE) {
                int digit = at < label.length() ? value(label.charAt(at++)) : -1;
                if (digit < 0) {
                    return null;
                }
                i += digit * weight;
                if (i > Integer.MAX_VALUE) {
                    return null;
                }
                int threshold = threshold(k, bias);
                if (digit < threshold) {
                    break;
                }
                weight *= BASE - threshold;
            }
            points++;
            bias = adapt((int) (i - before), points, before == 0);
            n += (int) (i / points);
            i %= points;
            if (n > Character.MAX_CODE_POINT || n >= 0xd800 && n <= 0xdfff) {
                return null;
            }
            out.insert(out.offsetByCodePoints(0, (int) i), Character.toChars(n));
            i++;
        }
        return out.toString();
    }

    private static int value(char digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0' + 26;
        }
        int lower = digit | 0x20;
        return lower >= 'a' && lower <= 'z' ? lower - 'a' : -1;
    }
}
