package jp.genkan.ips.classification;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import jp.genkan.core.config.Nearest;
import jp.genkan.ips.rule.RuleProblem;
import org.jspecify.annotations.Nullable;

/** The classes that {@code classtype} names: {@code classification.config}. Names are compared without regard to case; of two lines for a name the first counts. */
public final class Classifications {
    /** Priority of a rule that names neither a class nor a priority. */
    public static final int PRIORITY_DEFAULT = 3;

    private final Map<String, Classification> byName;
    private final List<RuleProblem> problems;

    private Classifications(Map<String, Classification> byName, List<RuleProblem> problems) {
        this.byName = Map.copyOf(byName);
        this.problems = problems;
    }

    /** The classes that Suricata comes with. */
    public static Classifications stock() {
        Map<String, Classification> table = new LinkedHashMap<>();
        StockClasses.TABLE.lines().forEach(line -> take(line, table));
        return new Classifications(table, List.of());
    }

    /**
     * Reads a {@code classification.config}; it replaces the stock.
     *
     * @throws IOException when it cannot be read
     */
    public static Classifications read(Path file) throws IOException {
        return parse(file, ConfigLines.text(file));
    }

    /** Reads the text of a {@code classification.config}. */
    public static Classifications parse(Path file, String text) {
        Map<String, Classification> table = new LinkedHashMap<>();
        ConfigLines lines = new ConfigLines(file);
        lines.read(
                text, "classification", "config classification: name,description,priority", rest -> take(rest, table));
        return new Classifications(table, lines.problems());
    }

    private static boolean take(String rest, Map<String, Classification> into) {
        int first = rest.indexOf(',');
        int last = rest.lastIndexOf(',');
        if (first < 0 || first == last) {
            return false;
        }
        String name = rest.substring(0, first).strip();
        String description = rest.substring(first + 1, last).strip();
        int priority = number(rest.substring(last + 1).strip());
        if (!ConfigLines.isName(name) || description.isEmpty() || priority < 0) {
            return false;
        }
        String folded = name.toLowerCase(Locale.ROOT);
        into.putIfAbsent(folded, new Classification(folded, description, priority));
        return true;
    }

    private static int number(String text) {
        boolean plain = !text.isEmpty() && text.length() <= 4 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Integer.parseInt(text) : -1;
    }

    /** The class of this name, or null. */
    public @Nullable Classification find(String name) {
        return byName.get(name.toLowerCase(Locale.ROOT));
    }

    /** The name that somebody meant, or null. */
    public @Nullable String nearest(String name) {
        return Nearest.to(name, byName.keySet());
    }

    public int size() {
        return byName.size();
    }

    /** Lines that could not be read; the others count. */
    public List<RuleProblem> problems() {
        return problems;
    }
}
