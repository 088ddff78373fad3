package jp.genkan.ips.rule;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import jp.genkan.core.config.Nearest;
import jp.genkan.ips.rule.Rule.Expression;
import jp.genkan.ips.rule.Rule.Way;

/**
 * Takes one rule apart: header and options. What the options mean is not its business; no keyword is looked up here.
 *
 * <p>As in Suricata, an option ends at the first semicolon without a backslash before it, in quotes too.
 *
 * <p>Thread rule: one parser, one thread, one rule.
 */
public final class RuleParser {
    /** Most options of a rule; the longest of ET Open has 53. */
    static final int OPTIONS_MAX = 1_024;

    private static final List<String> ACTIONS = actionWords();

    private final String text;
    private int at;
    private int headerEnd;

    private RuleParser(String text) {
        this.text = text;
    }

    /**
     * Parses a rule.
     *
     * @param text the whole rule, on one line
     * @param file where it stands
     * @param line its first line, from 1
     */
    public static Rule parse(String text, Path file, int line) throws RuleException {
        return new RuleParser(text).rule(file, line);
    }

    private Rule rule(Path file, int line) throws RuleException {
        headerEnd = text.indexOf('(');
        if (headerEnd < 0) {
            actionUpTo(text.length());
            throw syntax(text.length(), "the options are missing: \"(\" was expected");
        }
        RuleAction action = actionUpTo(headerEnd);
        Expression protocol = word("the protocol");
        Expression source = word("the source address");
        Expression sourcePort = word("the source port");
        Way way = way();
        Expression destination = word("the destination address");
        Expression destinationPort = word("the destination port");
        skipBlanks();
        if (at < headerEnd) {
            throw syntax(
                    at,
                    "\"(\" was expected, not \""
                            + brief(text.substring(at, headerEnd).strip()) + "\"");
        }
        List<RuleOption> options = options();
        String protocolWord = protocol.text().toLowerCase(Locale.ROOT);
        return new Rule(
                action, protocolWord, source, sourcePort, way, destination, destinationPort, options, file, line, text);
    }

    private RuleAction actionUpTo(int end) throws RuleException {
        skipBlanks();
        int from = at;
        at = Math.min(RuleText.wordEnd(text, at), end);
        String word = text.substring(from, at).toLowerCase(Locale.ROOT);
        for (RuleAction action : RuleAction.values()) {
            if (action.word().equals(word)) {
                return action;
            }
        }
        String plain = word.indexOf(':') < 0 ? word : word.substring(0, word.indexOf(':'));
        if (plain.equals("accept") || ACTIONS.contains(plain)) {
            throw new RuleException(
                    RuleCode.NOT_SUPPORTED, from + 1, "the action \"" + brief(word) + "\" belongs to firewall mode");
        }
        String hint = plain.equals("sdrop") || plain.equals("block") ? "drop" : Nearest.to(plain, ACTIONS);
        throw new RuleException(RuleCode.UNKNOWN_ACTION, from + 1, "unknown action \"" + brief(word) + "\"", hint);
    }

    /** A word of the header; brackets may hold white space. */
    private Expression word(String what) throws RuleException {
        skipBlanks();
        int from = at;
        int open = 0;
        int outermost = from;
        while (at < headerEnd && (open > 0 || !Character.isWhitespace(text.charAt(at)))) {
            char c = text.charAt(at);
            if (c == '[') {
                outermost = open == 0 ? at : outermost;
                open++;
            } else if (c == ']') {
                open--;
            }
            if (open < 0) {
                throw syntax(at, what + " has a \"]\" without its \"[\"");
            }
            at++;
        }
        if (open > 0) {
            throw syntax(outermost, what + " has a \"[\" without its \"]\"");
        }
        if (from == at) {
            throw syntax(at, what + " is missing");
        }
        String word = text.substring(from, at);
        if (word.equals("->") || word.equals("<>") || word.equals("=>") || word.equals("<-")) {
            throw syntax(from, what + " is missing before \"" + word + "\"");
        }
        return new Expression(word.intern(), from + 1); // a few hundred different ones among tens of thousands
    }

    private Way way() throws RuleException {
        skipBlanks();
        int from = at;
        at = Math.min(RuleText.wordEnd(text, at), headerEnd);
        String arrow = text.substring(from, at);
        return switch (arrow) {
            case "->" -> Way.TO;
            case "<>" -> Way.BOTH;
            case "=>" -> Way.TRANSACTION;
            case "<-" ->
                throw new RuleException(
                        RuleCode.SYNTAX, from + 1, "\"<-\" is no arrow of a rule", "-> with the ends exchanged");
            default -> throw syntax(from, "\"->\", \"<>\" or \"=>\" was expected, not \"" + brief(arrow) + "\"");
        };
    }

    private List<RuleOption> options() throws RuleException {
        int end = text.length();
        while (end > headerEnd && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (end == headerEnd + 1 || text.charAt(end - 1) != ')') {
            throw syntax(end, "\")\" was expected at the end of the rule");
        }
        List<RuleOption> options = new ArrayList<>();
        at = headerEnd + 1;
        skipBlanks();
        while (at < end - 1) {
            if (options.size() == OPTIONS_MAX) {
                throw new RuleException(RuleCode.TOO_LARGE, at + 1, "more than " + OPTIONS_MAX + " options");
            }
            options.add(option(end - 1));
            skipBlanks();
        }
        if (options.isEmpty()) {
            throw syntax(at, "the rule has no options");
        }
        return options;
    }

    private RuleOption option(int end) throws RuleException {
        int from = at;
        int semicolon = semicolon(from, end);
        at = semicolon + 1;
        int colon = text.indexOf(':', from);
        int nameEnd = strip(from, colon < 0 || colon > semicolon ? semicolon : colon);
        if (nameEnd == from) {
            throw syntax(from, "a keyword was expected");
        }
        for (int i = from; i < nameEnd; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c)) {
                throw syntax(i, "\";\" or \":\" was expected after \"" + brief(text.substring(from, i)) + "\"");
            }
            if (c == '"') {
                throw syntax(i, "a quote inside of the keyword \"" + brief(text.substring(from, nameEnd)) + "\"");
            }
        }
        String name = text.substring(from, nameEnd).toLowerCase(Locale.ROOT);
        if (colon < 0 || colon > semicolon) {
            return new RuleOption(name, null, from + 1, from + 1);
        }
        int valueFrom = RuleText.skipBlanks(text, colon + 1);
        int valueEnd = strip(valueFrom, semicolon);
        if (valueFrom >= valueEnd) {
            return new RuleOption(name, "", from + 1, colon + 1);
        }
        checkQuotes(name, valueFrom, valueEnd);
        return new RuleOption(name, text.substring(valueFrom, valueEnd), from + 1, valueFrom + 1);
    }

    /** The end of the option that begins here. */
    private int semicolon(int from, int end) throws RuleException {
        int semicolon = text.indexOf(';', from);
        while (semicolon > from && semicolon < end && text.charAt(semicolon - 1) == '\\') {
            semicolon = text.indexOf(';', semicolon + 1);
        }
        if (semicolon < 0 || semicolon >= end) {
            throw syntax(end, "\";\" is missing after \"" + brief(text.substring(from, end)) + "\"");
        }
        return semicolon;
    }

    /** A value that begins with a quote has to end with one. */
    private void checkQuotes(String name, int from, int end) throws RuleException {
        int quote = text.charAt(from) == '!' ? RuleText.skipBlanks(text, from + 1) : from;
        if (quote >= end || text.charAt(quote) != '"') {
            return;
        }
        if (end - quote > 1 && text.charAt(end - 1) == '"') {
            return;
        }
        for (int i = quote + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                throw syntax(i + 1, "\";\" was expected after the value of " + brief(name));
            }
        }
        boolean closedBehind = at < text.length() && text.indexOf('"', at) >= 0;
        throw new RuleException(
                RuleCode.SYNTAX,
                quote + 1,
                "the quotes of " + brief(name) + " are not closed before \";\"",
                closedBehind ? "\\; for a semicolon in the value" : null);
    }

    private int strip(int from, int end) {
        int to = end;
        while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
            to--;
        }
        return to;
    }

    private void skipBlanks() {
        at = RuleText.skipBlanks(text, at);
    }

    private static RuleException syntax(int index, String reason) {
        return new RuleException(RuleCode.SYNTAX, index + 1, reason);
    }

    /** A text cut to what fits a message, without characters that steer a terminal. */
    static String brief(String text) {
        StringBuilder shown = new StringBuilder();
        int length = Math.min(text.length(), 40);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) ? '?' : c);
        }
        return text.length() > length ? shown + "..." : shown.toString();
    }

    private static List<String> actionWords() {
        List<String> words = new ArrayList<>();
        for (RuleAction action : RuleAction.values()) {
            words.add(action.word());
        }
        return List.copyOf(words);
    }
}
