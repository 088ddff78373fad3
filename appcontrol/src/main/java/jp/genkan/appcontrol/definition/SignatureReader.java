package jp.genkan.appcontrol.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import jp.genkan.appcontrol.signature.Condition;
import jp.genkan.appcontrol.signature.OctetPattern;
import jp.genkan.appcontrol.signature.Signature;
import jp.genkan.core.config.Nearest;
import jp.genkan.core.frame.AddressRange;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines {@code match} and {@code then}, whose words docs/guide-en.md explains.
 *
 * <p>Thread rule: the thread that reads; one object an application's {@code match} line.
 */
final class SignatureReader {
    private static final int PORT_MAX = 65_535;
    private static final int LENGTH_MAX = 65_535;
    private static final int OFFSET_MAX = 1535;

    private static final Map<String, Condition.Width> WIDTHS = new TreeMap<>(Map.of(
            "u8", Condition.Width.U8,
            "u16", Condition.Width.U16,
            "u24", Condition.Width.U24,
            "u32", Condition.Width.U32,
            "u16le", Condition.Width.U16LE,
            "u24le", Condition.Width.U24LE,
            "u32le", Condition.Width.U32LE));

    private static final List<String> WORDS = List.of(
            "client",
            "server",
            "any",
            "same",
            "answer",
            "weak",
            "master",
            "both",
            "printable",
            "as=",
            "times=",
            "port=",
            "length=",
            "packet=",
            "to=",
            "printable=");

    private final int application;
    private final AppNames names;
    private Signature.Transport transport = Signature.Transport.TCP;
    private Signature.Strength strength = Signature.Strength.SURE;
    private int master = AppNames.NONE;
    private int times = 1;
    private boolean bothWays;
    private final List<Signature.Step> steps = new ArrayList<>();

    SignatureReader(int application, AppNames names) {
        this.application = application;
        this.names = names;
    }

    /** Reads {@code match}: words behind it. */
    void match(List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("match wants tcp, udp or both");
        }
        transport = switch (words.getFirst()) {
            case "tcp" -> Signature.Transport.TCP;
            case "udp" -> Signature.Transport.UDP;
            case "both" -> Signature.Transport.BOTH;
            default -> throw new IllegalArgumentException("'" + words.getFirst() + "': match wants tcp, udp or both");
        };
        int then = words.indexOf("then");
        step(words.subList(1, then < 0 ? words.size() : then), Signature.Way.ANY);
        if (then >= 0) {
            then(words.subList(then + 1, words.size()));
        }
        if (bothWays) {
            repeat(Signature.Way.ANSWER);
        }
        for (int i = 1; i < times; i++) {
            repeat(steps.getLast().way());
        }
    }

    private void repeat(Signature.Way way) {
        steps.add(new Signature.Step(way, steps.getFirst().conditions()));
    }

    /** Reads {@code then}: words behind it. */
    void then(List<String> words) {
        step(words, Signature.Way.ANSWER);
    }

    /** What was read. */
    Signature signature() {
        return new Signature(application, master, transport, steps, strength);
    }

    private void step(List<String> words, Signature.Way usual) {
        if (steps.size() == Signature.STEPS_MAX) {
            throw new IllegalArgumentException("a signature has at most " + Signature.STEPS_MAX + " steps");
        }
        Signature.Way way = usual;
        List<Condition> conditions = new ArrayList<>();
        for (String word : words) {
            Signature.Way said = way(word);
            if (said != null) {
                way = said;
            } else if (!option(word)) {
                conditions.add(condition(word));
            }
        }
        if (conditions.isEmpty()) {
            throw new IllegalArgumentException("nothing is asked of the packet");
        }
        steps.add(new Signature.Step(way, conditions));
    }

    private static Signature.@Nullable Way way(String word) {
        return switch (word) {
            case "client" -> Signature.Way.CLIENT;
            case "server" -> Signature.Way.SERVER;
            case "any" -> Signature.Way.ANY;
            case "same" -> Signature.Way.SAME;
            case "answer" -> Signature.Way.ANSWER;
            default -> null;
        };
    }

    private boolean option(String word) {
        if (word.equals("weak")) {
            strength = Signature.Strength.WEAK;
        } else if (word.equals("master")) {
            strength = Signature.Strength.MASTER;
        } else if (word.equals("both")) {
            bothWays = true;
        } else if (word.startsWith("as=")) {
            master = names.number(word.substring(3));
        } else if (word.startsWith("times=")) {
            times = (int) number(word.substring(6), word);
            if (times < 1 || times > Signature.STEPS_MAX) {
                throw new IllegalArgumentException("'" + word + "': 1 to " + Signature.STEPS_MAX);
            }
        } else {
            return false;
        }
        return true;
    }

    private static Condition condition(String word) {
        char first = word.charAt(0);
        if (first == 'u' && word.indexOf('[') > 0) {
            return numberCondition(word);
        }
        if (first == '-' || first >= '0' && first <= '9') {
            return octets(word);
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        return switch (name) {
            case "port" -> ports(value, word);
            case "length" -> {
                Range range = range(value, word, LENGTH_MAX);
                yield new Condition.Length((int) range.low, (int) range.high);
            }
            case "packet" -> {
                Range range = range(value, word, LENGTH_MAX);
                yield new Condition.PacketNumber((int) range.low, (int) range.high);
            }
            case "to" -> new Condition.To(AddressRange.parse(value));
            case "printable" -> printable(value, word);
            default -> throw unknown(word);
        };
    }

    private static IllegalArgumentException unknown(String word) {
        String near = Nearest.to(word.replaceFirst("=.*", "="), WORDS);
        return new IllegalArgumentException(
                "'" + word + "' is not a condition" + (near == null ? "" : "; '" + near + "' is"));
    }

    private static Condition printable(String value, String word) {
        if (value.isEmpty()) {
            return new Condition.Printable(0, -1);
        }
        Range range = range(value, word, OFFSET_MAX);
        return new Condition.Printable((int) range.low, (int) range.high);
    }

    private static Condition ports(String value, String word) {
        String[] parts = value.split(",", -1);
        int[] ranges = new int[parts.length * 2];
        for (int i = 0; i < parts.length; i++) {
            Range range = range(parts[i], word, PORT_MAX);
            ranges[2 * i] = (int) range.low;
            ranges[2 * i + 1] = (int) range.high;
        }
        return new Condition.Ports(ranges);
    }

    /** {@code 4="text"}, {@code -2=x0d0a}, {@code 0..60~"text"}. */
    private static Condition octets(String word) {
        int quote = word.indexOf('"');
        int limit = quote < 0 ? word.length() : quote;
        int tilde = word.indexOf('~');
        if (tilde > 0 && tilde < limit) {
            Range range = range(word.substring(0, tilde), word, OFFSET_MAX);
            OctetPattern pattern = OctetPattern.parse(word.substring(tilde + 1));
            return new Condition.Search((int) range.low, (int) range.high, pattern);
        }
        int equals = word.indexOf('=');
        if (equals < 1 || equals > limit) {
            throw new IllegalArgumentException(
                    "'" + word + "': octets at a place are written 4=\"text\", octets" + " somewhere 0..60~\"text\"");
        }
        OctetPattern pattern = OctetPattern.parse(word.substring(equals + 1));
        return new Condition.Octets(offset(word.substring(0, equals), word), pattern);
    }

    private static int offset(String text, String word) {
        boolean fromEnd = text.startsWith("-");
        long value = number(fromEnd ? text.substring(1) : text, word);
        if (value > OFFSET_MAX || fromEnd && value == 0) {
            throw new IllegalArgumentException(
                    "'" + word + "': places are 0 to " + OFFSET_MAX + ", or -1 and less from the end");
        }
        return fromEnd ? (int) -value : (int) value;
    }

    /** {@code u16[2]=length-4}, {@code u8[0]&0xf0=0x40}, {@code u32[4]=1..20}, {@code u16[0]!=7}, {@code u16[0]=u16[4]+2}. */
    private static Condition numberCondition(String word) {
        int open = word.indexOf('[');
        int close = word.indexOf(']', open);
        Condition.Width width = WIDTHS.get(word.substring(0, open));
        if (width == null || close < 0) {
            throw new IllegalArgumentException(
                    "'" + word + "': numbers are written u16[2]=7 with one of " + WIDTHS.keySet());
        }
        int offset = offset(word.substring(open + 1, close), word);
        String rest = word.substring(close + 1);
        long mask = 0xffff_ffffL;
        if (rest.startsWith("&")) {
            int end = rest.indexOf('=');
            int before = end > 0 && rest.charAt(end - 1) == '!' ? end - 1 : end;
            if (end < 0) {
                throw new IllegalArgumentException("'" + word + "': what is it to be equal to?");
            }
            mask = number(rest.substring(1, before), word);
            rest = rest.substring(before);
        }
        boolean negated = rest.startsWith("!=");
        if (!negated && !rest.startsWith("=")) {
            throw new IllegalArgumentException("'" + word + "': = or != is missing");
        }
        String value = rest.substring(negated ? 2 : 1);
        if (value.startsWith("u") && !negated) {
            return pair(width, offset, value, word);
        }
        if (value.startsWith("length")) {
            long shift = shift(value.substring(6), word);
            return new Condition.Value(width, offset, mask, Condition.Base.LENGTH, shift, shift, negated);
        }
        Range range = range(value, word, 0xffff_ffffL);
        return new Condition.Value(width, offset, mask, Condition.Base.ZERO, range.low, range.high, negated);
    }

    private static Condition pair(Condition.Width width, int offset, String other, String word) {
        int open = other.indexOf('[');
        int close = other.indexOf(']');
        Condition.Width otherWidth = open < 0 ? null : WIDTHS.get(other.substring(0, open));
        if (otherWidth == null || close < open) {
            throw new IllegalArgumentException("'" + word + "': two numbers are written u16[0]=u16[4]+2");
        }
        return new Condition.Pair(
                width,
                offset,
                otherWidth,
                offset(other.substring(open + 1, close), word),
                shift(other.substring(close + 1), word));
    }

    private static long shift(String text, String word) {
        if (text.isEmpty()) {
            return 0;
        }
        long value = number(text.substring(1), word);
        return switch (text.charAt(0)) {
            case '+' -> value;
            case '-' -> -value;
            default -> throw new IllegalArgumentException("'" + word + "': + or - is missing");
        };
    }

    private record Range(long low, long high) {}

    private static Range range(String text, String word, long max) {
        int dots = text.indexOf("..");
        long low = number(dots < 0 ? text : text.substring(0, dots), word);
        long high = dots < 0 ? low : dots + 2 == text.length() ? max : number(text.substring(dots + 2), word);
        if (high < low || high > max) {
            throw new IllegalArgumentException("'" + word + "': 0 to " + max + ", the smaller one first");
        }
        return new Range(low, high);
    }

    private static long number(String text, String word) {
        try {
            long value = text.toLowerCase(Locale.ROOT).startsWith("0x")
                    ? Long.parseLong(text.substring(2), 16)
                    : Long.parseLong(text);
            if (value >= 0 && value <= 0xffff_ffffL) {
                return value;
            }
        } catch (NumberFormatException notOne) {
            // said below
        }
        throw new IllegalArgumentException("'" + word + "': '" + text + "' is not a number of up to 32 bits");
    }
}
