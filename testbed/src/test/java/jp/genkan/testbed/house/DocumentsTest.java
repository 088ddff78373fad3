package jp.genkan.testbed.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The documents tell the truth where a machine can tell. */
class DocumentsTest {
    private static final Path ARCHITECTURE = Path.of("docs/ARCHITECTURE.md");
    private static final Path LIMITS = Path.of("docs/LIMITS.md");
    private static final Path GUIDE_EN = Path.of("docs/guide-en.md");
    private static final Path GUIDE_JA = Path.of("docs/guide-ja.md");

    /** A row of the table of settings, in a guide's last chapter: key, default, explanation. */
    private static final Pattern SETTING_ROW =
            Pattern.compile("^\\| `([a-z][a-z.-]+)` \\| [^|]*\\| [^|]+\\|$", Pattern.MULTILINE);

    /** {@code `FlowTable`}: a code span that can only be a Java type. */
    private static final Pattern TYPE =
            Pattern.compile("`([A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*)(?:\\.[a-z]\\w*(?:\\([^`]*\\))?)?`");

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);
    private static final List<String> ADR_PARTS =
            List.of("## Context", "## Decision", "## Consequences", "## Rejected");
    private static final int ADR_LINES_MAX = 70;

    private final SourceTree tree = SourceTree.find();

    @Test
    void everyClassThatTheArchitectureNamesExists() {
        Set<String> types = new HashSet<>();
        for (Path file : tree.files("[^/]+/src/(main|test)/java/.*\\.java")) {
            types.add(file.getFileName().toString().replace(".java", ""));
        }
        assertThat(found(TYPE, tree.text(ARCHITECTURE)).stream().filter(name -> !types.contains(name)))
                .as("classes that docs/ARCHITECTURE.md names and nobody wrote")
                .isEmpty();
    }

    @Test
    void theArchitectureNamesEveryModule() {
        String architecture = tree.text(ARCHITECTURE);
        assertThat(modules().stream().filter(module -> !architecture.contains("`" + module + "`")))
                .isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        for (Path file : tree.files(".*\\.md")) {
            for (String link : found(LINK, tree.text(file))) {
                if (link.contains("://") || link.startsWith("mailto:")) {
                    continue;
                }
                String[] parts = link.split("#", 2);
                Path folder = file.getParent() == null ? Path.of("") : file.getParent();
                Path target =
                        parts[0].isEmpty() ? file : folder.resolve(parts[0]).normalize();
                if (!tree.exists(target)) {
                    broken.add(file + ": no file " + link);
                } else if (parts.length == 2 && !anchors(target).contains(parts[1])) {
                    broken.add(file + ": no heading " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void decisionRecordsAreNumberedAndWhole() {
        List<Path> records = tree.files("docs/adr/.*\\.md");
        List<String> faults = new ArrayList<>();
        int number = 0;
        for (Path record : records) {
            number++;
            if (!record.getFileName().toString().startsWith(String.format(Locale.ROOT, "%04d-", number))) {
                faults.add(record + ": expected number " + number);
            }
            String text = tree.text(record);
            ADR_PARTS.stream()
                    .filter(part -> !text.contains("\n" + part + "\n"))
                    .forEach(part -> faults.add(record + ": lacks \"" + part + "\""));
            if (tree.lines(record).size() > ADR_LINES_MAX) {
                faults.add(record + ": longer than a page");
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void everyRuntimeLibraryHasADecisionRecord() {
        StringBuilder records = new StringBuilder();
        tree.files("docs/adr/.*\\.md").forEach(record -> records.append(tree.text(record)));
        Set<String> unexplained = new TreeSet<>();
        for (String module : modules()) {
            if (module.equals("testbed")) {
                continue;
            }
            String pom = tree.text(Path.of(module, "pom.xml"));
            Matcher dependency = Pattern.compile("<dependency>(.*?)</dependency>", Pattern.DOTALL)
                    .matcher(pom);
            while (dependency.find()) {
                String one = dependency.group(1);
                if (one.contains("<groupId>jp.genkan<") || one.contains("<scope>test<")) {
                    continue;
                }
                String name = one.replaceAll("(?s).*<artifactId>([^<]+)<.*", "$1");
                if (records.indexOf("`" + name + "`") < 0) {
                    unexplained.add(module + ": " + name);
                }
            }
        }
        assertThat(unexplained).as("libraries that no docs/adr page decides").isEmpty();
    }

    /** The heads of the two kinds of tables that docs/LIMITS.md has: of the box, and of a parser. */
    private static final Set<String> LIMIT_HEADS = Set.of(
            "| name | default | what happens when it is reached | counter | setting |",
            "| limit | value | why | what happens when it is reached |");

    @Test
    void limitsAreWholeRows() {
        List<String> faults = new ArrayList<>();
        String head = "";
        for (String line : tree.lines(LIMITS)) {
            if (!line.startsWith("|")) {
                head = "";
            } else if (head.isEmpty()) {
                head = line;
                if (!LIMIT_HEADS.contains(line)) {
                    faults.add(line);
                }
            } else if (bars(line) != bars(head)) {
                faults.add(line);
            }
        }
        assertThat(faults).as("rows of docs/LIMITS.md that have not every cell").isEmpty();
    }

    private static long bars(String row) {
        return row.replace("\\|", "")
                .chars()
                .filter(character -> character == '|')
                .count();
    }

    @Test
    void limitsNameCountersThatExist() {
        List<String> missing = new ArrayList<>();
        Matcher counter = Pattern.compile("`([A-Z]\\w+)\\.([A-Z][A-Z0-9_]+)`").matcher(tree.text(LIMITS));
        while (counter.find()) {
            List<Path> files = tree.files("[^/]+/src/main/java/.*/" + counter.group(1) + "\\.java");
            Pattern constant = Pattern.compile("\\b" + counter.group(2) + "\\b");
            if (files.stream()
                    .noneMatch(file -> constant.matcher(tree.text(file)).find())) {
                missing.add(counter.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void bothGuidesListEverySettingAndNoOther() {
        Set<String> settings = settings();
        for (Path guide : List.of(GUIDE_EN, GUIDE_JA)) {
            String text = tree.text(guide);
            assertThat(found(SETTING_ROW, text.substring(text.lastIndexOf("\n## "))))
                    .as("settings in %s", guide)
                    .isEqualTo(settings);
        }
    }

    @Test
    void limitsNameSettingsThatExist() {
        Set<String> named = found(Pattern.compile("\\| `([a-z][a-z.-]+)` \\|$", Pattern.MULTILINE), tree.text(LIMITS));
        assertThat(named).isSubsetOf(settings());
    }

    /** The dotted keys, and those without a dot that stand at the top, of the appliance's schema. */
    private Set<String> settings() {
        Pattern key = Pattern.compile("\\bkey\\(\\s*\"([a-z][a-z.-]*)\"");
        Set<String> settings = new TreeSet<>();
        tree.files("appliance/src/main/java/jp/genkan/appliance/[A-Za-z]*Settings\\.java")
                .forEach(source -> settings.addAll(found(key, tree.text(source))));
        settings.removeAll(Set.of(
                "name",
                "file",
                "action",
                "grade",
                "direction",
                "category",
                "severity",
                "address",
                "until",
                "by",
                "sid",
                "reason",
                "format",
                "site",
                "word"));
        return settings;
    }

    /** Modules of the root pom. */
    private List<String> modules() {
        return List.copyOf(found(Pattern.compile("<module>([^<]+)</module>"), tree.text(Path.of("pom.xml"))));
    }

    /** What GitHub would make of the file's headings. */
    private Set<String> anchors(Path file) {
        Set<String> anchors = new HashSet<>();
        for (String heading : found(HEADING, tree.text(file))) {
            anchors.add(heading.strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-'));
        }
        return anchors;
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .forEach(found::add);
        return found;
    }
}
