package jp.genkan.testbed.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tree itself: what a reviewer would otherwise have to say again and again. */
class TidyTest {
    /** Beyond this a file is two files. */
    private static final int LINES_MAX = 600;

    private static final int TRACKED_BYTES_MAX = 1 << 20;
    private static final String MAIN_JAVA = "[^/]+/src/main/java/.*\\.java";
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:final|abstract|sealed|non-sealed|strictfp) )*(?:class|interface|enum|record|@interface) (\\w+)",
            Pattern.MULTILINE);

    private final SourceTree tree = SourceTree.find();

    @Test
    void noFileIsTooLongToReadInOneSitting() {
        List<String> tooLong = tree.files(".*\\.(java|c|h|sh)").stream()
                .filter(file -> tree.lines(file).size() > LINES_MAX)
                .map(file -> file + ": " + tree.lines(file).size() + " lines")
                .toList();
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noFileIsLarge() {
        assertThat(tree.files(".*").stream()
                        .filter(file -> tree.root().resolve(file).toFile().length() > TRACKED_BYTES_MAX))
                .isEmpty();
    }

    @Test
    void nothingIsMarkedAsUnfinished() {
        String marks = "\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|@Dis" + "abled|assumeTrue\\(fal" + "se";
        assertThat(tree.grep(tree.texts().stream(), marks)).isEmpty();
    }

    @Test
    void noTabsAndNoSpaceAtLineEnds() {
        assertThat(tree.grep(
                        tree.texts().stream().filter(file -> !file.toString().equals("LICENSE")), "\t|[ \t]$"))
                .isEmpty();
    }

    @Test
    void filesEndWithOneNewline() {
        assertThat(tree.texts().stream().filter(file -> !isSeed(file)).filter(file -> {
                    String text = tree.text(file);
                    return !text.endsWith("\n") || text.endsWith("\n\n");
                }))
                .isEmpty();
    }

    /** Seeds of the fuzz targets are octets, even where they look like text. */
    private static boolean isSeed(Path file) {
        return file.toString().contains("FuzzTestInputs/");
    }

    @Test
    void noPathOfSomebodysMachine() {
        String paths = "(^|[^A-Za-z0-9_.-])/(wo" + "rk|fa" + "rm|home/[a-z]+|tmp/gen" + "kan)/";
        assertThat(tree.grep(tree.texts().stream(), paths)).isEmpty();
    }

    @Test
    void packagesSayTheirPurposeAndAreNullMarked() {
        TreeSet<Path> folders = new TreeSet<>();
        tree.files(MAIN_JAVA).forEach(file -> folders.add(file.getParent()));
        assertThat(folders.stream().filter(folder -> {
                    Path info = folder.resolve("package-info.java");
                    return !tree.exists(info)
                            || !tree.text(info).contains("@NullMarked")
                            || !tree.text(info).contains("Thread rule");
                }))
                .as("folders whose package-info.java lacks @NullMarked or its thread rule")
                .isEmpty();
    }

    @Test
    void packagesAreNamedAfterWhatTheyHold() {
        assertThat(tree.files(".*/(util|utils|impl|model|manager|helper|helpers|common|misc)/[^/]+\\.java"))
                .isEmpty();
    }

    @Test
    void publicTypesAreDocumented() {
        List<String> bare = new ArrayList<>();
        for (Path file : tree.files(MAIN_JAVA)) {
            String text = tree.text(file);
            Matcher type = PUBLIC_TYPE.matcher(text);
            while (type.find()) {
                // Between the Javadoc and the type stand annotations, but no blank line.
                String paragraph = text.substring(text.lastIndexOf("\n\n", type.start()) + 1, type.start());
                if (!paragraph.contains("*/")) {
                    bare.add(file + ": " + type.group(1));
                }
            }
        }
        assertThat(bare).as("public types without Javadoc").isEmpty();
    }

    @Test
    void scriptsAreStrictAndLicensed() {
        List<String> loose = new ArrayList<>();
        for (Path file : tree.texts()) {
            String text = tree.text(file);
            if (!text.startsWith("#!") || !text.lines().findFirst().orElse("").endsWith("bash")) {
                continue;
            }
            if (!text.contains("\nset -euo pipefail\n")) {
                loose.add(file + ": set -euo pipefail");
            }
            if (!text.contains("SPDX-License-Identifier: Apache-2.0")) {
                loose.add(file + ": SPDX-License-Identifier");
            }
        }
        assertThat(loose).as("what shell scripts lack").isEmpty();
    }
}
