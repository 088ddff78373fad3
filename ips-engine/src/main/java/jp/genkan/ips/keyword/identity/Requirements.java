package jp.genkan.ips.keyword.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.KeywordTable;

/**
 * What a rule asks of the engine: {@code requires: version >= 7.0.3 < 8 | >= 8.0.3, feature ja4, keyword dns.query}. A rule whose requirements are not met is passed over before anything else of it
 * is looked at, so that it may use what does not exist here. The engine answers as a stock Suricata of {@link #VERSION} does.
 *
 * @param alternatives each a list of comparisons of which all have to hold; empty when no version is asked for
 * @param features that have to be there
 * @param keywords that have to be known
 * @param unknown requirements of kinds that are not known: never met
 */
public record Requirements(
        List<List<Comparison>> alternatives, List<String> features, List<String> keywords, List<String> unknown) {
    /** The Suricata whose language this is: the last of the 8.0 line, whichever number that will have. */
    public static final Version VERSION = new Version(8, 0, 99);

    /** What a stock build of it has and a rule may ask for. */
    private static final Set<String> FEATURES = Set.of("ja3", "ja4", "magic");

    private static final int PARTS_MAX = 3;

    /** A version of Suricata. */
    public record Version(int major, int minor, int patch) implements Comparable<Version> {
        @Override
        public int compareTo(Version other) {
            int first = Integer.compare(major, other.major);
            int second = Integer.compare(minor, other.minor);
            return first != 0 ? first : second != 0 ? second : Integer.compare(patch, other.patch);
        }

        @Override
        public String toString() {
            return major + "." + minor + "." + patch;
        }
    }

    /**
     * One comparison with the engine's version.
     *
     * @param operator {@code >=}, {@code >}, {@code <=} or {@code <}
     */
    public record Comparison(String operator, Version version) {
        boolean holds(Version of) {
            int order = of.compareTo(version);
            return switch (operator) {
                case ">=" -> order >= 0;
                case ">" -> order > 0;
                case "<=" -> order <= 0;
                default -> order < 0;
            };
        }
    }

    public Requirements {
        alternatives = List.copyOf(alternatives);
        features = List.copyOf(features);
        keywords = List.copyOf(keywords);
        unknown = List.copyOf(unknown);
    }

    /**
     * Checks all requirements of a rule, before anything else of it is compiled.
     *
     * @throws RuleException with {@link RuleCode#REQUIRES} when one is not met
     */
    public static void check(Rule rule, KeywordTable known) throws RuleException {
        for (RuleOption option : rule.options()) {
            if (option.name().equals("requires")) {
                parse(option).demand(known, option);
            }
        }
    }

    static Requirements parse(RuleOption option) throws RuleException {
        List<List<Comparison>> alternatives = new ArrayList<>();
        List<String> features = new ArrayList<>();
        List<String> keywords = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (String part : option.unquoted().split(",", -1)) {
            String text = part.strip();
            int space = text.indexOf(' ');
            String kind = space < 0 ? text : text.substring(0, space);
            String rest = space < 0 ? "" : text.substring(space).strip();
            if (rest.isEmpty()) {
                throw option.badValue("\"" + text + "\" does not say what is required");
            }
            switch (kind) {
                case "feature" -> features.add(rest);
                case "keyword" -> keywords.add(rest);
                case "version" -> {
                    if (!alternatives.isEmpty()) {
                        throw option.badValue("the version stands there twice");
                    }
                    for (String alternative : rest.split("\\|", -1)) {
                        alternatives.add(comparisons(alternative, option));
                    }
                }
                default -> unknown.add(text);
            }
        }
        return new Requirements(alternatives, features, keywords, unknown);
    }

    private static List<Comparison> comparisons(String text, RuleOption option) throws RuleException {
        List<Comparison> found = new ArrayList<>();
        String rest = text.strip();
        while (!rest.isEmpty()) {
            int length = rest.startsWith(">=") || rest.startsWith("<=") ? 2 : 1;
            String operator = rest.substring(0, length);
            if (length == 1 && !operator.equals(">") && !operator.equals("<")) {
                throw option.badValue("\"" + rest + "\" has no >=, >, <= or <");
            }
            rest = rest.substring(length).strip();
            int end = 0;
            while (end < rest.length() && "<> ".indexOf(rest.charAt(end)) < 0) {
                end++;
            }
            found.add(new Comparison(operator, version(rest.substring(0, end), option)));
            rest = rest.substring(end).strip();
        }
        if (found.isEmpty()) {
            throw option.badValue("a version is missing");
        }
        return found;
    }

    private static Version version(String text, RuleOption option) throws RuleException {
        int dash = text.indexOf('-');
        String[] parts = (dash < 0 ? text : text.substring(0, dash)).split("\\.", -1);
        int[] numbers = new int[PARTS_MAX];
        if (parts.length > PARTS_MAX) {
            throw option.badValue("\"" + text + "\" is no version");
        }
        for (int i = 0; i < parts.length; i++) {
            try {
                numbers[i] = Integer.parseUnsignedInt(parts[i]);
            } catch (NumberFormatException notANumber) {
                throw option.badValue("\"" + text + "\" is no version");
            }
        }
        return new Version(numbers[0], numbers[1], numbers[2]);
    }

    void demand(KeywordTable known, RuleOption option) throws RuleException {
        boolean newEnough = alternatives.isEmpty();
        for (List<Comparison> alternative : alternatives) {
            newEnough |= alternative.stream().allMatch(comparison -> comparison.holds(VERSION));
        }
        if (!newEnough) {
            throw unmet(option, "another version than " + VERSION);
        }
        for (String feature : features) {
            if (!FEATURES.contains(feature)) {
                throw unmet(option, "the feature " + feature);
            }
        }
        for (String keyword : keywords) {
            if (known.find(keyword) == null) {
                throw unmet(option, "the keyword " + keyword);
            }
        }
        if (!unknown.isEmpty()) {
            throw unmet(option, unknown.getFirst());
        }
    }

    private static RuleException unmet(RuleOption option, String what) {
        return new RuleException(RuleCode.REQUIRES, option.column(), "the rule asks for " + what);
    }
}
