package jp.genkan.ips.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jp.genkan.core.config.Nearest;
import jp.genkan.ips.signature.Signature;
import org.jspecify.annotations.Nullable;

/** What a policy can ask of a rule: each name takes several values, of which one has to fit. */
final class Conditions {
    private static final String METADATA = "metadata.";

    /** A value of metadata that means: the rule says nothing about it. */
    private static final String ABSENT = "-";

    /** Keys of metadata that need no prefix: those of ET. A slip in another word is told, not taken for a key that no rule has. */
    private static final Set<String> METADATA_KEYS = Set.of(
            "signature_severity",
            "confidence",
            "former_category",
            "attack_target",
            "affected_product",
            "deployment",
            "malware_family",
            "performance_impact",
            "tag",
            "tls_state",
            "mitre_tactic_id",
            "mitre_technique_id");

    private static final Set<String> OWN = Set.of("sid", "gid", "classtype", "message", "file");

    private Conditions() {}

    static @Nullable String nearest(String name) {
        Set<String> all = new TreeSet<>(METADATA_KEYS);
        all.addAll(OWN);
        return all.contains(name) ? null : Nearest.to(name, all);
    }

    /**
     * A condition.
     *
     * @throws IllegalArgumentException when there is none of this name, or it does not take these values
     */
    static PolicyLine.Condition of(String name, List<String> values) {
        switch (name) {
            case "sid" -> {
                List<long[]> ranges = ranges(name, values);
                return signature -> isIn(ranges, signature.id().sid());
            }
            case "gid" -> {
                List<long[]> ranges = ranges(name, values);
                return signature -> isIn(ranges, signature.id().gid());
            }
            case "classtype" -> {
                Set<String> folded = folded(values);
                return signature -> {
                    String classtype = signature.id().classtype();
                    return classtype != null && folded.contains(classtype.toLowerCase(Locale.ROOT));
                };
            }
            case "message" -> {
                List<String> prefixes = List.copyOf(values);
                return signature -> beginsWithOne(signature.id().message(), prefixes);
            }
            case "file" -> {
                Set<String> names = folded(values);
                return signature -> names.contains(category(signature));
            }
            default -> {
                String key = name.startsWith(METADATA) ? name.substring(METADATA.length()) : name;
                if (key.isEmpty() || key.equals(name) && !METADATA_KEYS.contains(name)) {
                    throw new IllegalArgumentException("unknown condition \"" + name
                            + "\"; other keys of rules' metadata are written metadata.KEY");
                }
                Set<String> folded = folded(values);
                return signature -> hasOne(signature.id().metadata(), key, folded);
            }
        }
    }

    /** A message begins with whole words: {@code ET INFO} is no beginning of {@code ET INFORMATION}. */
    private static boolean beginsWithOne(String message, List<String> prefixes) {
        for (String prefix : prefixes) {
            boolean begins = message.regionMatches(true, 0, prefix, 0, prefix.length());
            if (begins && (message.length() == prefix.length() || !isWord(message.charAt(prefix.length())))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** The file's name without its ending. */
    private static String category(Signature signature) {
        String name = String.valueOf(signature.rule().file().getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".rules") ? name.substring(0, name.length() - ".rules".length()) : name;
    }

    private static boolean hasOne(Map<String, List<String>> metadata, String key, Set<String> folded) {
        List<String> there = metadata.get(key);
        if (there == null || there.isEmpty()) {
            return folded.contains(ABSENT);
        }
        return there.stream().anyMatch(value -> folded.contains(value.toLowerCase(Locale.ROOT)));
    }

    private static Set<String> folded(List<String> values) {
        return values.stream().map(value -> value.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isIn(List<long[]> ranges, long number) {
        return ranges.stream().anyMatch(range -> number >= range[0] && number <= range[1]);
    }

    private static List<long[]> ranges(String name, List<String> values) {
        List<long[]> ranges = new ArrayList<>();
        for (String value : values) {
            int dash = value.indexOf('-');
            long first = number(name, dash < 0 ? value : value.substring(0, dash), value);
            long last = dash < 0 ? first : number(name, value.substring(dash + 1), value);
            if (first > last) {
                throw new IllegalArgumentException("the range " + value + " ends before it begins");
            }
            ranges.add(new long[] {first, last});
        }
        return ranges;
    }

    private static long number(String name, String digits, String whole) {
        if (digits.isEmpty() || digits.length() > 10 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException(
                    name + " is a number or a range of numbers, as 2024897 or 2024000-2024999, not \"" + whole + "\"");
        }
        return Long.parseLong(digits);
    }
}
