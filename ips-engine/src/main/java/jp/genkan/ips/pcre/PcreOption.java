package jp.genkan.ips.pcre;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the value of the keyword {@code pcre} says: {@code /expression/flags, flow:name, pkt:name}. The negation before it and the quotes
 * around it are the caller's.
 *
 * <p>Backslashes stay as they are written: before a semicolon, a quote or the delimiter they mean the same to PCRE2 as to the rule.
 *
 * @param relative the subject begins where the match before has ended
 * @param expression octets as Latin-1 characters, without delimiters
 * @param compileOptions for {@link PcreExpression#compile(String, int)}
 * @param limit how much a match may cost
 * @param bufferName the sticky buffer that a flag names; null when none does: the buffer in force holds. {@code pkt_data} for the flag B
 * @param captures what becomes of captured groups, in order
 */
public record PcreOption(
        boolean relative,
        String expression,
        int compileOptions,
        PcreLimit limit,
        @Nullable String bufferName,
        List<CaptureVariable> captures) {
    /** Names of captures: Suricata has the same bound. */
    static final int CAPTURES_MAX = 8;
    /** Longest value: the expression's bound, and room for flags and names. */
    static final int VALUE_LENGTH_MAX = PcreExpression.PATTERN_LENGTH_MAX + 1024;

    private static final Pattern OLD_CAPTURE = Pattern.compile("\\(\\?P<(flow|pkt|alert)_([A-Za-z0-9_]{1,64})>");

    public PcreOption {
        captures = List.copyOf(captures);
    }

    /** True when the flag's buffer exists in requests only. */
    public boolean toServerOnly() {
        PcreFlag flag = PcreFlag.ofBuffer(bufferName);
        return flag != null && flag.side() == PcreFlag.Side.TO_SERVER;
    }

    /** True when the flag's buffer exists in responses only. */
    public boolean toClientOnly() {
        PcreFlag flag = PcreFlag.ofBuffer(bufferName);
        return flag != null && flag.side() == PcreFlag.Side.TO_CLIENT;
    }

    /** Compiles the expression, and refuses more names than it has groups. */
    public PcreExpression compile() throws PcreException {
        PcreExpression compiled = PcreExpression.compile(expression, compileOptions, limit);
        if (captures.size() > compiled.captureCount()) {
            throw new PcreException(
                    captures.size() + " captures are named, the expression has " + compiled.captureCount() + " groups",
                    expression.length());
        }
        return compiled;
    }

    /**
     * Reads the keyword's value.
     *
     * @throws PcreException with the place in {@code value}
     */
    public static PcreOption parse(String value) throws PcreException {
        if (value.length() > VALUE_LENGTH_MAX) {
            throw new PcreException("longer than " + VALUE_LENGTH_MAX + " characters", VALUE_LENGTH_MAX);
        }
        int open = value.startsWith("m/") ? 1 : 0;
        if (value.isEmpty() || value.charAt(open) != '/') {
            throw new PcreException("an expression stands between slashes: /expression/flags", 0);
        }
        int close = closingDelimiter(value, open);
        if (close < 0) {
            throw new PcreException("the closing slash is missing", value.length());
        }
        String expression = value.substring(open + 1, close);
        int comma = value.indexOf(',', close);
        int flagsEnd = comma < 0 ? value.length() : comma;
        Flags flags = new Flags();
        for (int i = close + 1; i < flagsEnd; i++) {
            flags.add(value.charAt(i), i);
        }
        flags.checkHost(expression, open + 1);
        List<CaptureVariable> captures = comma < 0 ? oldCaptures(expression, open + 1) : captures(value, comma + 1);
        return new PcreOption(
                flags.relative, expression, flags.compileOptions, flags.limit, flags.bufferName, captures);
    }

    /** The last slash that no backslash escapes; earlier ones belong to the expression. */
    private static int closingDelimiter(String value, int open) {
        for (int i = value.length() - 1; i > open; i--) {
            if (value.charAt(i) == '/') {
                boolean escaped = value.charAt(i - 1) == '\\' && (i < 2 || value.charAt(i - 2) != '\\');
                if (!escaped) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static List<CaptureVariable> captures(String value, int from) throws PcreException {
        List<CaptureVariable> captures = new ArrayList<>();
        int at = from;
        while (at < value.length()) {
            if (value.charAt(at) == ' ' || value.charAt(at) == ',') {
                at++;
                continue;
            }
            int end = at;
            while (end < value.length() && value.charAt(end) != ' ' && value.charAt(end) != ',') {
                end++;
            }
            add(captures, capture(value.substring(at, end), captures, at), at);
            at = end;
        }
        if (captures.isEmpty()) {
            throw new PcreException("names of captures follow a comma: flow:name, pkt:name or alert:name", from);
        }
        return captures;
    }

    private static CaptureVariable capture(String word, List<CaptureVariable> before, int at) throws PcreException {
        for (CaptureVariable.Scope scope : CaptureVariable.Scope.values()) {
            String prefix = scope.word() + ":";
            if (word.startsWith(prefix) && word.length() > prefix.length()) {
                String name = word.substring(prefix.length());
                return new CaptureVariable(scope, role(scope, name, before), name, before.size() + 1);
            }
        }
        throw new PcreException("'" + word + "' is no capture: flow:name, pkt:name or alert:name", at);
    }

    /** {@code flow:key, flow:value} is a pair: the first group names the variable. */
    private static CaptureVariable.Role role(CaptureVariable.Scope scope, String name, List<CaptureVariable> before) {
        boolean open = !before.isEmpty() && before.getLast().role() == CaptureVariable.Role.KEY;
        if (scope == CaptureVariable.Scope.ALERT) {
            return CaptureVariable.Role.NAMED;
        }
        if (name.equals("key") && !open) {
            return CaptureVariable.Role.KEY;
        }
        boolean closes = open && name.equals("value") && before.getLast().scope() == scope;
        return closes ? CaptureVariable.Role.VALUE : CaptureVariable.Role.NAMED;
    }

    /** The old way: {@code (?P<flow_name>...)}. */
    private static List<CaptureVariable> oldCaptures(String expression, int column) throws PcreException {
        List<CaptureVariable> captures = new ArrayList<>();
        Matcher matcher = OLD_CAPTURE.matcher(expression);
        while (matcher.find()) {
            CaptureVariable.Scope scope = CaptureVariable.Scope.FLOW;
            for (CaptureVariable.Scope each : CaptureVariable.Scope.values()) {
                scope = each.word().equals(matcher.group(1)) ? each : scope;
            }
            CaptureVariable capture =
                    new CaptureVariable(scope, CaptureVariable.Role.NAMED, matcher.group(2), captures.size() + 1);
            add(captures, capture, column + matcher.start());
        }
        return captures;
    }

    private static void add(List<CaptureVariable> captures, CaptureVariable capture, int at) throws PcreException {
        if (captures.size() == CAPTURES_MAX) {
            throw new PcreException("more than " + CAPTURES_MAX + " captures are named", at);
        }
        captures.add(capture);
    }

    /** What the letters say together. */
    private static final class Flags {
        private int compileOptions;
        private boolean relative;
        private PcreLimit limit = PcreLimit.USUAL;
        private @Nullable String bufferName;
        private char bufferLetter;

        void add(char letter, int at) throws PcreException {
            PcreFlag flag = PcreFlag.of(letter);
            if (flag == null) {
                throw new PcreException(
                        "unknown flag '"
                                + (letter == 'K' ? "K' (raw cookie), as in Snort; C is the cookie" : letter + "'"),
                        at);
            }
            compileOptions |= flag.compileOption();
            relative |= flag == PcreFlag.RELATIVE;
            if (flag == PcreFlag.IGNORE_LIMIT) {
                limit = PcreLimit.RAISED;
            }
            String named = flag.bufferName();
            if (named == null) {
                return;
            }
            if (bufferName != null) {
                throw new PcreException("the flags " + bufferLetter + " and " + letter + " name two buffers", at);
            }
            bufferName = named;
            bufferLetter = letter;
        }

        /** The buffer of the host name is in lower case: an upper case letter could never match. */
        void checkHost(String expression, int column) throws PcreException {
            if (bufferLetter != PcreFlag.HOST.letter() || (compileOptions & Pcre2.CASELESS) != 0) {
                return;
            }
            int at = 0;
            while (at < expression.length()) {
                char c = expression.charAt(at);
                if (c >= 'A' && c <= 'Z') {
                    throw new PcreException(
                            "flag W: host names are in lower case, '" + c + "' never matches", column + at);
                }
                boolean hex = c == '\\' && at + 1 < expression.length() && expression.charAt(at + 1) == 'x';
                at += c != '\\' ? 1 : hex ? 4 : 2;
            }
        }
    }
}
