package jp.genkan.ips.keyword.dataset;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import jp.genkan.ips.dataset.Dataset;
import jp.genkan.ips.dataset.DatasetException;
import jp.genkan.ips.dataset.Datasets;
import jp.genkan.ips.dataset.Definition;
import jp.genkan.ips.dataset.MemberType;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.RuleEnvironment;
import jp.genkan.ips.signature.SignatureBuilder;
import org.jspecify.annotations.Nullable;

/** {@code dataset:isset,name,type string,load file} and {@code datarep:name,>,100,load file,type string}. */
final class DatasetOptions {
    private static final Set<String> WORDS = Set.of(
            "type",
            "load",
            "state",
            "save",
            "memcap",
            "hashsize",
            "format",
            "context_key",
            "value_key",
            "array_key",
            "match");

    private static final int NAME_MAX = 63;

    private DatasetOptions() {}

    static void dataset(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length < 2) {
            throw option.badValue("a command and a name with a comma between them are wanted");
        }
        DatasetStep.Command command = switch (parts[0].strip()) {
            case "isset" -> DatasetStep.Command.ISSET;
            case "isnotset" -> DatasetStep.Command.ISNOTSET;
            case "set" -> DatasetStep.Command.SET;
            case "unset" -> DatasetStep.Command.UNSET;
            default -> throw option.badValue("the command is isset, isnotset, set or unset");
        };
        Map<String, String> words = located(words(parts, 2, option), rule);
        Definition definition = definition(name(parts[1], option), words, option);
        Dataset set = define(rule.environment(), definition, option);
        DatasetStep.Match match = match(words.get("match"), set, option);
        String contextKey = null;
        if (definition.format() != Definition.Format.LINES) {
            contextKey = words.getOrDefault("context_key", definition.name());
        }
        DatasetStep step = new DatasetStep(command, set, match, contextKey);
        rule.step(() -> step);
    }

    private static DatasetStep.Match match(@Nullable String word, Dataset set, RuleOption option) throws RuleException {
        if (word == null || word.equals("exact")) {
            return DatasetStep.Match.WHOLE;
        }
        if (!word.equals("subdomain") || set.type() != MemberType.STRING) {
            throw option.badValue("match is exact, or subdomain for strings");
        }
        return DatasetStep.Match.SUBDOMAIN;
    }

    static void datarep(RuleOption option, SignatureBuilder rule) throws RuleException {
        String[] parts = option.unquoted().split(",", -1);
        if (parts.length < 3) {
            throw option.badValue("a name, a comparison and a number with commas between them are wanted");
        }
        String operator = parts[1].strip();
        switch (operator) {
            case "<", ">", "=", "==", "<=", ">=", "!=" -> {}
            default -> throw option.badValue("the comparison is <, >, =, <=, >= or !=");
        }
        String plain = operator.equals("==") ? "=" : operator;
        NumberTest test = NumberTest.parse(plain + parts[2].strip(), Map.of(), option);
        Definition definition = definition(name(parts[0], option), located(words(parts, 3, option), rule), option);
        ReputationStep step = new ReputationStep(define(rule.environment(), definition, option), test);
        rule.step(() -> step);
    }

    private static String name(String text, RuleOption option) throws RuleException {
        String name = text.strip();
        if (name.isEmpty() || name.length() > NAME_MAX) {
            throw option.badValue("a name of 1 to " + NAME_MAX + " characters is wanted");
        }
        return name;
    }

    private static Map<String, String> words(String[] parts, int from, RuleOption option) throws RuleException {
        Map<String, String> words = new HashMap<>();
        for (int i = from; i < parts.length; i++) {
            String text = parts[i].strip();
            int space = text.indexOf(' ');
            String word = space < 0 ? text : text.substring(0, space);
            boolean alone = word.equals("remove_key");
            if (!alone && (space < 0 || !WORDS.contains(word))) {
                throw option.badValue("\"" + text + "\" is not known");
            }
            if (words.put(word, alone ? "" : text.substring(space).strip()) != null) {
                throw option.badValue(word + " stands there twice");
            }
        }
        return words;
    }

    /** Says where the file to load is, when it can be found. */
    private static Map<String, String> located(Map<String, String> words, SignatureBuilder rule) {
        String load = words.get("load");
        Path file = load == null ? null : rule.find(load);
        if (file != null) {
            words.put("load", file.toString());
        }
        return words;
    }

    private static Definition definition(String name, Map<String, String> words, RuleOption option)
            throws RuleException {
        String typeWord = words.get("type");
        MemberType type = typeWord == null ? null : MemberType.of(typeWord);
        if (typeWord != null && type == null) {
            throw option.badValue("the type is string, md5, sha256, ipv4 or ip");
        }
        if (words.containsKey("state") && (words.containsKey("load") || words.containsKey("save"))) {
            throw option.badValue("state says where to load and where to save already");
        }
        Definition.Format format = format(words.getOrDefault("format", "csv"), option);
        if (format != Definition.Format.LINES && !words.containsKey("value_key")) {
            throw option.badValue("JSON needs a value_key");
        }
        number(words.get("hashsize"), option);
        return new Definition(
                name,
                type,
                words.get("load"),
                words.get("state"),
                words.get("save"),
                format,
                words.get("value_key"),
                words.get("array_key"),
                words.containsKey("remove_key") ? Definition.RemoveKey.REMOVE : Definition.RemoveKey.KEEP,
                number(words.get("memcap"), option));
    }

    private static Definition.Format format(String word, RuleOption option) throws RuleException {
        return switch (word) {
            case "csv" -> Definition.Format.LINES;
            case "json" -> Definition.Format.JSON;
            case "ndjson", "jsonline" -> Definition.Format.JSON_LINES;
            default -> throw option.badValue("the format is csv, json or ndjson");
        };
    }

    private static long number(@Nullable String text, RuleOption option) throws RuleException {
        if (text == null) {
            return 0;
        }
        NumberTest test = NumberTest.parse(text, Map.of(), option);
        if (test.kind() != NumberTest.Kind.EQUAL || test.first() < 0) {
            throw option.badValue("\"" + text + "\" is no size");
        }
        return test.first();
    }

    private static Dataset define(RuleEnvironment environment, Definition definition, RuleOption option)
            throws RuleException {
        Datasets sets =
                environment.shared(Datasets.class, () -> new Datasets(environment.folder(), environment.dataFolder()));
        try {
            return sets.define(definition);
        } catch (DatasetException refused) {
            RuleCode code = switch (refused.kind()) {
                case FILE -> RuleCode.BAD_FILE;
                case TOO_LARGE -> RuleCode.TOO_LARGE;
                case CONFLICT -> RuleCode.CONFLICT;
            };
            throw new RuleException(code, option.valueColumn(), option.name() + ": " + refused.reason());
        }
    }
}
