package jp.genkan.testbed.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every library that goes into the product is listed in docs/LICENCES.md with a licence that we may ship, and its own pom says the same.
 * Reads what Maven has fetched already: nothing is looked up anywhere.
 */
class LicencesTest {
    private static final Path CLASS_PATH = Path.of("target/runtime-class-path.txt");
    private static final Path TABLE = Path.of("docs/LICENCES.md");

    /** Licences that we may ship, and how poms spell them. */
    private static final Map<String, Pattern> ALLOWED = Map.of(
            "Apache-2.0", Pattern.compile("apache.*2(\\.0)?\\b.*"),
            "MIT", Pattern.compile("(the )?mit( license)?"),
            "BSD-3-Clause", Pattern.compile(".*bsd.*3.*|.*new bsd.*"),
            "BSD-2-Clause", Pattern.compile(".*bsd.*2.*"),
            "EPL-2.0", Pattern.compile("(eclipse public license|epl)[ -].*2\\.0.*"));

    private static final Pattern ROW = Pattern.compile("\\| ([\\w.-]+:[\\w.-]+) \\| ([\\w.-]+) \\|.*");

    private final SourceTree tree = SourceTree.find();

    @Test
    void theTableListsWhatIsShippedAndNothingElse() throws IOException {
        assertThat(table().keySet()).isEqualTo(new TreeSet<>(shipped().keySet()));
    }

    @Test
    void everyLibraryIsUnderALicenceThatWeMayShip() throws IOException {
        List<String> faults = new ArrayList<>();
        Map<String, String> table = table();
        for (Map.Entry<String, Path> library : shipped().entrySet()) {
            List<String> names = licences(library.getValue());
            String listed = table.getOrDefault(library.getKey(), "");
            Pattern spelling = ALLOWED.get(listed);
            if (spelling == null
                    || names.stream().noneMatch(name -> spelling.matcher(name).matches())) {
                faults.add(library.getKey() + ": listed as \"" + listed + "\", its pom says " + names);
            }
        }
        assertThat(faults).isEmpty();
    }

    /** {@code group:artifact} → licence, as the document says. */
    private Map<String, String> table() {
        Map<String, String> rows = new TreeMap<>();
        for (String line : tree.lines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                rows.put(row.group(1), row.group(2));
            }
        }
        return rows;
    }

    /** {@code group:artifact} → pom, of every foreign jar on the product's class path. */
    private Map<String, Path> shipped() throws IOException {
        Map<String, Path> libraries = new TreeMap<>();
        for (String entry : Files.readString(CLASS_PATH).strip().split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            if (!entry.endsWith(".jar") || jar.startsWith(tree.root())) {
                continue;
            }
            Path pom = Path.of(entry.substring(0, entry.length() - ".jar".length()) + ".pom");
            String text = Files.readString(pom);
            String artifact = jar.getName(jar.getNameCount() - 3).toString();
            String group = value(withoutBlock(text, "parent"), "groupId");
            libraries.put((group != null ? group : value(block(text, "parent"), "groupId")) + ":" + artifact, pom);
        }
        return libraries;
    }

    /** Names of the licences in a pom, or in the nearest of its parents that has any; in lower case. */
    private static List<String> licences(Path pom) throws IOException {
        String text = Files.readString(pom);
        String licences = block(text, "licenses");
        if (!licences.isEmpty()) {
            List<String> names = new ArrayList<>();
            Matcher name = Pattern.compile("<name>([^<]+)</name>").matcher(licences);
            while (name.find()) {
                names.add(name.group(1).strip().toLowerCase(Locale.ROOT).replaceFirst("^the ", ""));
            }
            return names;
        }
        String parent = block(text, "parent");
        String artifact = value(parent, "artifactId");
        String group = value(parent, "groupId");
        String version = value(parent, "version");
        if (artifact == null || group == null || version == null) {
            return List.of();
        }
        Path below = Path.of(group.replace('.', '/'), artifact, version, artifact + "-" + version + ".pom");
        for (Path folder = pom.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(below))) {
                return licences(folder.resolve(below));
            }
        }
        return List.of();
    }

    private static String block(String text, String element) {
        Matcher found = Pattern.compile("<" + element + ">(.*?)</" + element + ">", Pattern.DOTALL)
                .matcher(text);
        return found.find() ? found.group(1) : "";
    }

    private static String withoutBlock(String text, String element) {
        return text.replaceFirst("(?s)<" + element + ">.*?</" + element + ">", "");
    }

    private static @Nullable String value(String text, String element) {
        String head = text.replaceFirst("(?s)<(dependencies|dependencyManagement|build|profiles|plugins)>.*", "");
        Matcher found =
                Pattern.compile("<" + element + ">([^<]+)</" + element + ">").matcher(head);
        return found.find() ? found.group(1).strip() : null;
    }
}
