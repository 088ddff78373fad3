package jp.genkan.ips.keyword.transform;

import java.util.Set;
import java.util.TreeSet;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.match.Finding;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.SignatureBuilder;

/**
 * Holds Shannon's entropy of a part of the buffer, in bits an octet, against a number: {@code entropy: bytes 100, offset 4, value > 7.2}.
 *
 * <p>Thread rule: immutable, shared.
 */
final class Entropy extends Step {
    private static final int ALPHABET = 256;
    private static final double BITS_MAX = 8;
    private static final int PLACE_MAX = 65_535;
    private static final Set<String> WORDS = new TreeSet<>(Set.of("bytes", "offset", "value"));
    private static final ThreadLocal<int[]> COUNTS = ThreadLocal.withInitial(() -> new int[ALPHABET]);

    private final int bytes;
    private final int offset;
    private final Comparison comparison;
    private final String buffer;

    /** What is asked of a number. */
    @FunctionalInterface
    interface Comparison {
        boolean holds(double bits);
    }

    Entropy(int bytes, int offset, Comparison comparison, String buffer) {
        this.bytes = bytes;
        this.offset = offset;
        this.comparison = comparison;
        this.buffer = buffer.replace('.', '_');
    }

    static void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted();
        int bytes = 0;
        int offset = 0;
        String value = text.strip();
        if (text.contains("value")) {
            Words words = Words.read(option, WORDS);
            bytes = (int) words.number("bytes", 0, 0, PLACE_MAX);
            offset = (int) words.number("offset", 0, 0, PLACE_MAX);
            String given = words.text("value");
            value = given == null ? "" : given;
        }
        Entropy step = new Entropy(
                bytes, offset, comparison(value, option), rule.currentBuffer().name());
        rule.step(() -> step);
    }

    private static Comparison comparison(String text, RuleOption option) throws RuleException {
        if (text.startsWith("!=")) {
            double number = number(text.substring(2), option);
            return bits -> bits != number;
        }
        boolean negated = text.startsWith("!");
        String rest = (negated ? text.substring(1) : text).strip();
        Comparison plain = plain(rest, option);
        return negated ? bits -> !plain.holds(bits) : plain;
    }

    private static Comparison plain(String text, RuleOption option) throws RuleException {
        if (text.startsWith(">=")) {
            double number = number(text.substring(2), option);
            return bits -> bits >= number;
        }
        if (text.startsWith("<=")) {
            double number = number(text.substring(2), option);
            return bits -> bits <= number;
        }
        if (text.startsWith(">")) {
            double number = number(text.substring(1), option);
            return bits -> bits > number;
        }
        if (text.startsWith("<")) {
            double number = number(text.substring(1), option);
            return bits -> bits < number;
        }
        int between = text.indexOf("<>");
        int dash = text.indexOf('-');
        if (between > 0 || dash > 0) {
            double low = number(text.substring(0, between > 0 ? between : dash), option);
            double high = number(between > 0 ? text.substring(between + 2) : text.substring(dash + 1), option);
            if (low >= high) {
                throw option.badValue("the range is empty");
            }
            return bits -> bits > low && bits < high;
        }
        double number = number(text.startsWith("=") ? text.substring(1) : text, option);
        return bits -> bits == number;
    }

    private static double number(String text, RuleOption option) throws RuleException {
        try {
            double number = Double.parseDouble(text.strip());
            if (number >= 0 && number <= BITS_MAX) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // told below
        }
        throw option.badValue("\"" + text.strip() + "\" is no number from 0 to 8");
    }

    @Override
    public boolean needsWhole() {
        return true;
    }

    @Override
    protected boolean match(Inspection in, int index) {
        long begin = (long) in.from() - in.base() + offset;
        if (begin < in.from() || begin > in.to()) {
            return false;
        }
        long end = bytes == 0 ? in.to() : begin + bytes;
        if (end > in.to()) {
            return false;
        }
        double bits = bits(in.octets(), (int) begin, (int) end);
        if (!comparison.holds(bits)) {
            return false;
        }
        int known = in.moment().findings().size();
        in.moment().found(Finding.entropy(buffer, bits));
        boolean holds = in.rest(index);
        if (!holds) {
            in.moment().forgetFindings(known);
        }
        return holds;
    }

    /** The logarithm to base 2 of a share, right to the last bit, as the C library's is: events show the number as it is. */
    private static double log2(double share) {
        int exponent = Math.getExponent(share);
        double fraction = Math.scalb(share, -exponent); // from 1 to 2
        if (fraction > 1.4) {
            fraction /= 2;
            exponent++;
        }
        double above = fraction - 1;
        double below = fraction + 1;
        double ratio = above / below;
        double rest = Math.fma(-ratio, below, above) / below;
        double square = ratio * ratio;
        double tail = 0;
        for (int term = SERIES_TERMS; term > 0; term--) {
            tail = square * (1.0 / (2 * term + 1) + tail);
        }
        double natural = 2 * ratio;
        double naturalRest = 2 * (rest + ratio * tail);
        double scaled = natural * PER_NATURAL;
        double scaledRest =
                Math.fma(natural, PER_NATURAL, -scaled) + natural * PER_NATURAL_REST + naturalRest * PER_NATURAL;
        return exponent + scaled + scaledRest;
    }

    /** Terms of the series of the logarithm: the last is below the last bit. */
    private static final int SERIES_TERMS = 14;

    /** 1 / ln 2, and what a double cannot hold of it. */
    private static final double PER_NATURAL = 1.4426950408889634;

    private static final double PER_NATURAL_REST = 2.0355273740931033e-17;

    /** Bits an octet; 0 for nothing. */
    static double bits(byte[] octets, int from, int to) {
        int[] counts = COUNTS.get();
        java.util.Arrays.fill(counts, 0);
        for (int i = from; i < to; i++) {
            counts[octets[i] & 0xff]++;
        }
        double length = to - from;
        double sum = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = count / length;
                sum -= share * log2(share);
            }
        }
        return sum;
    }
}
