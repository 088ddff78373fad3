package jp.genkan.ips.keyword.threshold;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.EventFilter;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;

/** {@code threshold} and {@code detection_filter}. */
public final class ThresholdKeywords implements Family {
    private static final Set<String> THRESHOLD_WORDS = Set.of("type", "track", "count", "seconds", "multiplier");
    private static final Set<String> DETECTION_WORDS = Set.of("track", "count", "seconds", "unique_on");

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        keywords.add(ThresholdKeywords::threshold, "threshold");
        keywords.add(ThresholdKeywords::detectionFilter, "detection_filter");
    }

    private static void threshold(RuleOption option, SignatureBuilder rule) throws RuleException {
        Map<String, String> words = words(option, THRESHOLD_WORDS);
        EventFilter.Track track = track(need(words, "track", option), option);
        int count = number(need(words, "count", option), 1, option);
        String type = need(words, "type", option);
        if (type.equals("backoff")) {
            int multiplier = number(need(words, "multiplier", option), 2, option);
            add(rule, option, EventFilter.backoff(track, count, multiplier));
            return;
        }
        if (words.containsKey("multiplier")) {
            throw option.badValue("multiplier only goes with type backoff");
        }
        int seconds = number(need(words, "seconds", option), 1, option);
        EventFilter.Type kind = switch (type) {
            case "limit" -> EventFilter.Type.LIMIT;
            case "threshold" -> EventFilter.Type.THRESHOLD;
            case "both" -> EventFilter.Type.BOTH;
            default -> throw option.badValue("the type is limit, threshold, both or backoff");
        };
        add(rule, option, EventFilter.window(kind, track, count, seconds));
    }

    private static void detectionFilter(RuleOption option, SignatureBuilder rule) throws RuleException {
        Map<String, String> words = words(option, DETECTION_WORDS);
        EventFilter.Track track = track(need(words, "track", option), option);
        int count = number(need(words, "count", option), 1, option);
        int seconds = number(need(words, "seconds", option), 1, option);
        EventFilter.Unique unique = EventFilter.Unique.NOTHING;
        String field = words.get("unique_on");
        if (field != null) {
            unique = switch (field) {
                case "src_port" -> EventFilter.Unique.SOURCE_PORT;
                case "dst_port" -> EventFilter.Unique.DESTINATION_PORT;
                case "dst_ip" -> EventFilter.Unique.DESTINATION;
                default -> throw option.badValue("unique_on is src_port, dst_port or dst_ip");
            };
        }
        add(rule, option, EventFilter.detection(track, count, seconds, unique));
    }

    private static void add(SignatureBuilder rule, RuleOption option, EventFilter filter) throws RuleException {
        if (!rule.filters().isEmpty()) {
            throw new RuleException(
                    RuleCode.CONFLICT, option.column(), "a rule has one threshold or one detection_filter");
        }
        rule.filter(filter);
    }

    private static Map<String, String> words(RuleOption option, Set<String> known) throws RuleException {
        Map<String, String> words = new HashMap<>();
        for (String part : option.unquoted().toLowerCase(Locale.ROOT).split(",", -1)) {
            String text = part.strip();
            int space = text.indexOf(' ');
            String word = space < 0 ? text : text.substring(0, space);
            if (!known.contains(word) || space < 0) {
                throw option.badValue("\"" + text + "\" is not known");
            }
            if (words.put(word, text.substring(space).strip()) != null) {
                throw option.badValue(word + " stands there twice");
            }
        }
        return words;
    }

    private static String need(Map<String, String> words, String word, RuleOption option) throws RuleException {
        String value = words.get(word);
        if (value == null) {
            throw option.badValue(word + " is missing");
        }
        return value;
    }

    private static EventFilter.Track track(String text, RuleOption option) throws RuleException {
        return switch (text) {
            case "by_src" -> EventFilter.Track.BY_SOURCE;
            case "by_dst" -> EventFilter.Track.BY_DESTINATION;
            case "by_both" -> EventFilter.Track.BY_BOTH;
            case "by_rule" -> EventFilter.Track.BY_RULE;
            case "by_flow" -> EventFilter.Track.BY_FLOW;
            default -> throw option.badValue("track is by_src, by_dst, by_both, by_rule or by_flow");
        };
    }

    private static int number(String text, int least, RuleOption option) throws RuleException {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw option.badValue("\"" + text + "\" is no number");
        }
        throw option.badValue(text + " is less than " + least);
    }
}
