package jp.genkan.ips.threshold;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.config.Nearest;
import jp.genkan.ips.network.AddressSpec;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.threshold.ThresholdEntry.End;
import jp.genkan.ips.threshold.ThresholdEntry.Subject;
import jp.genkan.ips.threshold.ThresholdEntry.Track;

/** One line: a command, then settings {@code name value} between commas; {@code ip} takes the rest of the line. */
final class ThresholdLine {
    private static final List<String> COMMANDS = List.of("suppress", "threshold", "event_filter", "rate_filter");
    private static final Map<String, RuleAction> ACTIONS = Map.of(
            "alert", RuleAction.ALERT, "drop", RuleAction.DROP, "pass", RuleAction.PASS, "reject", RuleAction.REJECT);
    private static final long NUMBER_MAX = 0xffff_ffffL;

    private final String text;
    private final int line;
    private final Variables variables;
    private final Map<String, Expression> settings = new LinkedHashMap<>();
    private final int commandFrom;
    private final int commandEnd;

    ThresholdLine(String text, int line, Variables variables) {
        this.text = text;
        this.line = line;
        this.variables = variables;
        commandFrom = skipBlanks(0);
        commandEnd = wordEnd(commandFrom);
    }

    ThresholdEntry entry() throws RuleException {
        String command = text.substring(commandFrom, commandEnd);
        return switch (command) {
            case "suppress" -> suppression();
            case "threshold", "event_filter" -> eventFilter();
            case "rate_filter" -> rateFilter();
            default ->
                throw new RuleException(
                        RuleCode.SYNTAX,
                        commandFrom + 1,
                        "unknown command \"" + brief(command) + "\"",
                        Nearest.to(command, COMMANDS));
        };
    }

    private ThresholdEntry suppression() throws RuleException {
        read(Set.of("gen_id", "sig_id", "track", "ip"));
        Subject subject = subject();
        if (!settings.containsKey("track") && !settings.containsKey("ip")) {
            return new ThresholdEntry.Suppression(subject, End.EITHER, null, line);
        }
        Expression track = need("track");
        AddressSpec addresses = variables.addresses(need("ip"));
        for (End end : End.values()) {
            if (end.word().equals(track.text())) {
                return new ThresholdEntry.Suppression(subject, end, addresses, line);
            }
        }
        throw unknown(track, "track", List.of("by_src", "by_dst", "by_either"));
    }

    private ThresholdEntry eventFilter() throws RuleException {
        read(Set.of("gen_id", "sig_id", "type", "track", "count", "seconds"));
        Subject subject = subject();
        Expression type = need("type");
        for (ThresholdEntry.Type known : ThresholdEntry.Type.values()) {
            if (known.word().equals(type.text())) {
                return new ThresholdEntry.EventFilter(
                        subject, known, track(), number("count", 1), number("seconds", 0), line);
            }
        }
        throw unknown(type, "type", List.of("limit", "threshold", "both"));
    }

    private ThresholdEntry rateFilter() throws RuleException {
        read(Set.of("gen_id", "sig_id", "track", "count", "seconds", "new_action", "timeout"));
        Subject subject = subject();
        Expression word = need("new_action");
        RuleAction action = ACTIONS.get(word.text());
        if (action == null) {
            throw unknown(word, "new_action", List.of("alert", "drop", "pass", "reject"));
        }
        return new ThresholdEntry.RateFilter(
                subject, track(), number("count", 1), number("seconds", 0), action, number("timeout", 0), line);
    }

    private Subject subject() throws RuleException {
        long gid = number("gen_id", 0);
        long sid = number("sig_id", 0);
        if (gid == 0 && sid != 0) {
            throw new RuleException(
                    RuleCode.CONFLICT, need("gen_id").column(), "gen_id 0 means every rule, sig_id names one");
        }
        return new Subject(gid, sid);
    }

    private Track track() throws RuleException {
        Expression word = need("track");
        for (Track track : Track.values()) {
            if (track.word().equals(word.text())) {
                return track;
            }
        }
        throw unknown(word, "track", List.of("by_src", "by_dst", "by_both", "by_rule", "by_flow"));
    }

    private void read(Set<String> names) throws RuleException {
        int at = commandEnd;
        while (true) {
            int from = skipBlanks(at);
            int end = from;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && text.charAt(end) != ',') {
                end++;
            }
            String name = text.substring(from, end);
            if (!names.contains(name)) {
                String reason = name.isEmpty() ? "a setting was expected" : "unknown setting \"" + brief(name) + "\"";
                throw new RuleException(RuleCode.SYNTAX, from + 1, reason, Nearest.to(name, names));
            }
            int value = skipBlanks(end);
            int comma = name.equals("ip") ? -1 : text.indexOf(',', value);
            int valueEnd = comma < 0 ? text.length() : comma;
            String said = text.substring(value, valueEnd).strip();
            if (said.isEmpty()) {
                throw new RuleException(RuleCode.MISSING_VALUE, from + 1, name + " needs a value");
            }
            if (settings.put(name, new Expression(said, value + 1)) != null) {
                throw new RuleException(RuleCode.CONFLICT, from + 1, name + " is given twice");
            }
            if (comma < 0) {
                return;
            }
            at = comma + 1;
        }
    }

    private Expression need(String name) throws RuleException {
        Expression said = settings.get(name);
        if (said == null) {
            throw new RuleException(RuleCode.SYNTAX, text.stripTrailing().length() + 1, name + " is missing");
        }
        return said;
    }

    private long number(String name, long least) throws RuleException {
        Expression said = need(name);
        String digits = said.text();
        boolean plain = digits.length() <= 10 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        long value = plain ? Long.parseLong(digits) : -1;
        if (value < least || value > NUMBER_MAX) {
            throw new RuleException(
                    RuleCode.BAD_VALUE,
                    said.column(),
                    name + ": a number from " + least + " to " + NUMBER_MAX + " was expected, not \"" + brief(digits)
                            + "\"");
        }
        return value;
    }

    private static RuleException unknown(Expression said, String name, List<String> words) {
        return new RuleException(
                RuleCode.BAD_VALUE,
                said.column(),
                name + ": " + String.join(", ", words) + " were expected, not \"" + brief(said.text()) + "\"",
                Nearest.to(said.text(), words));
    }

    private int skipBlanks(int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private int wordEnd(int from) {
        int at = from;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String brief(String text) {
        String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
