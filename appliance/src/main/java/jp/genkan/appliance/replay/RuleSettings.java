package jp.genkan.appliance.replay;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import jp.genkan.ips.network.Variables;
import jp.genkan.ips.rule.RuleAction;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration in Suricata's form says about rules. Relative names start from the configuration's own folder, those of rule files from
 * {@code default-rule-path}.
 *
 * @param variables Suricata's stock, and what {@code vars} sets otherwise or adds
 * @param classificationFile null for the stock; a file that is not there counts as none, as in Suricata
 * @param referenceFile as above
 * @param thresholdFile null for none
 * @param ruleFiles of {@code rule-files}; rules that a job names itself stand for them, as {@code -S} does
 * @param dataFolder from which names of datasets start; null when it is not set
 * @param actionOrder the order in which actions win: pass, drop, reject and alert, each once
 * @param reputationCategories of {@code reputation-categories-file}; null for none
 * @param reputationFiles of {@code reputation-files}
 */
record RuleSettings(
        Variables variables,
        @Nullable Path classificationFile,
        @Nullable Path referenceFile,
        @Nullable Path thresholdFile,
        List<Path> ruleFiles,
        @Nullable Path dataFolder,
        List<RuleAction> actionOrder,
        @Nullable Path reputationCategories,
        List<Path> reputationFiles) {
    /** Most files that {@code rule-files} may name, by pattern too. */
    private static final int RULE_FILES_MAX = 10_000;

    private static final List<RuleAction> STOCK_ORDER =
            List.of(RuleAction.PASS, RuleAction.DROP, RuleAction.REJECT, RuleAction.ALERT);

    RuleSettings {
        ruleFiles = List.copyOf(ruleFiles);
        actionOrder = List.copyOf(actionOrder);
        reputationFiles = List.copyOf(reputationFiles);
    }

    /** Without a configuration: Suricata's defaults. */
    static RuleSettings stock() {
        return new RuleSettings(Variables.stock(), null, null, null, List.of(), null, STOCK_ORDER, null, List.of());
    }

    /**
     * Reads them.
     *
     * @param root the whole configuration
     * @param file where it stands
     * @throws IllegalArgumentException when a variable, the order of actions or the list of rule files cannot be used
     * @throws IOException when a folder of rule files cannot be listed
     */
    static RuleSettings of(Map<?, ?> root, Path file) throws IOException {
        Path own = file.toAbsolutePath().getParent();
        Path folder = own == null ? file.toAbsolutePath() : own;
        Map<String, String> addresses = groups(root, "address-groups", file);
        Map<String, String> ports = groups(root, "port-groups", file);
        Variables variables = Variables.stock().with(addresses, ports);
        try {
            variables.check(addresses.keySet(), ports.keySet());
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(file + ": " + bad.getMessage(), bad);
        }
        String rulePath = text(root, "default-rule-path");
        String data = text(root, "default-data-dir");
        return new RuleSettings(
                variables,
                existing(root, "classification-file", folder),
                existing(root, "reference-config-file", folder),
                existing(root, "threshold-file", folder),
                ruleFiles(root, rulePath == null ? folder : folder.resolve(rulePath), file),
                data == null ? null : folder.resolve(data),
                actionOrder(root, file),
                existing(root, "reputation-categories-file", folder),
                reputationFiles(root, folder));
    }

    /** Lists of reputations, those that are there: relative names start from {@code default-reputation-path}. */
    private static List<Path> reputationFiles(Map<?, ?> root, Path folder) {
        String start = text(root, "default-reputation-path");
        Path from = start == null ? folder : folder.resolve(start);
        List<Path> files = new ArrayList<>();
        if (root.get("reputation-files") instanceof List<?> names) {
            for (Object name : names) {
                Path file = from.resolve(String.valueOf(name));
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        }
        return files;
    }

    /** True for a key that is read here. */
    static boolean reads(String key) {
        return key.startsWith("vars.address-groups.")
                || key.startsWith("vars.port-groups.")
                || key.startsWith("rule-files.")
                || key.startsWith("action-order.")
                || key.startsWith("reputation-files.")
                || switch (key) {
                    case "rule-files",
                            "action-order",
                            "vars",
                            "vars.address-groups",
                            "vars.port-groups",
                            "classification-file",
                            "reference-config-file",
                            "threshold-file",
                            "datasets",
                            "datasets.enabled",
                            "reputation-files",
                            "reputation-categories-file",
                            "default-reputation-path",
                            "default-rule-path",
                            "default-data-dir" -> true;
                    default -> false;
                };
    }

    private static Map<String, String> groups(Map<?, ?> root, String kind, Path file) {
        Map<String, String> found = new LinkedHashMap<>();
        if (root.get("vars") instanceof Map<?, ?> vars && vars.get(kind) instanceof Map<?, ?> groups) {
            groups.forEach((name, value) -> {
                String key = "vars." + kind + "." + name;
                switch (value) {
                    case List<?> list -> found.put(String.valueOf(name), joined(list));
                    case null -> throw new IllegalArgumentException(file + ": " + key + ": a value is missing");
                    case Map<?, ?> map ->
                        throw new IllegalArgumentException(
                                file + ": " + key + ": an expression was expected, not " + map.size() + " settings");
                    default -> found.put(String.valueOf(name), String.valueOf(value));
                }
            });
        }
        return found;
    }

    /** A YAML list that was meant as a list of the rule language: its quotes were forgotten. */
    private static String joined(List<?> list) {
        StringJoiner text = new StringJoiner(",", "[", "]");
        for (Object item : list) {
            text.add(item instanceof List<?> inner ? joined(inner) : String.valueOf(item));
        }
        return text.toString();
    }

    private static @Nullable String text(Map<?, ?> root, String key) {
        Object value = root.get(key);
        String text = value == null ? "" : String.valueOf(value);
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Path existing(Map<?, ?> root, String key, Path folder) {
        String name = text(root, key);
        Path path = name == null ? null : folder.resolve(name);
        return path != null && Files.isRegularFile(path) ? path : null;
    }

    private static List<Path> ruleFiles(Map<?, ?> root, Path folder, Path file) throws IOException {
        if (!(root.get("rule-files") instanceof List<?> names)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        for (Object name : names) {
            String text = String.valueOf(name);
            if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
                files.addAll(matching(folder, text));
            } else {
                files.add(folder.resolve(text));
            }
            if (files.size() > RULE_FILES_MAX) {
                throw new IllegalArgumentException(file + ": rule-files: more than " + RULE_FILES_MAX + " files");
            }
        }
        return files;
    }

    private static List<Path> matching(Path folder, String pattern) throws IOException {
        int slash = pattern.lastIndexOf('/');
        Path below = slash < 0 ? folder : folder.resolve(pattern.substring(0, slash + 1));
        List<Path> found = new ArrayList<>();
        if (!Files.isDirectory(below)) {
            return found;
        }
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(below, pattern.substring(slash + 1))) {
            stream.forEach(found::add);
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        found.sort(null);
        return found;
    }

    private static List<RuleAction> actionOrder(Map<?, ?> root, Path file) {
        Object value = root.get("action-order");
        if (value == null) {
            return STOCK_ORDER;
        }
        List<RuleAction> order = new ArrayList<>();
        if (value instanceof List<?> words) {
            for (Object word : words) {
                String wanted = String.valueOf(word).toLowerCase(Locale.ROOT);
                STOCK_ORDER.stream()
                        .filter(action -> action.word().equals(wanted))
                        .forEach(order::add);
            }
            if (words.size() == order.size() && order.size() == 4 && new HashSet<>(order).size() == 4) {
                return order;
            }
        }
        throw new IllegalArgumentException(
                file + ": action-order: pass, drop, reject and alert were expected, each once, not " + value);
    }
}
