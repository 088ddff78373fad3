package jp.genkan.appcontrol.definition;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The definitions in force: those that are built in, and in front of them those of a folder, swapped as a whole while traffic flows.
 *
 * <p>{@link #poll()}, called about once a second, loads the folder again when a file of it has changed and has stayed the same since the call before. A folder
 * that cannot be read leaves the last good content in force, and a problem says so.
 *
 * <p>Thread rule: workers read by {@link #current()}; all other methods may be called by any control-plane thread and wait for each other.
 */
public final class DefinitionBase {
    /** Ending of definition files. */
    public static final String ENDING = ".app";

    /** Files of a folder that are read; a file may hold any number of applications. */
    public static final int FILES_MAX = 1000;

    /** Octets of a file; the longest that is built in has a hundredth. */
    public static final long FILE_BYTES_MAX = 4L << 20;

    private static final String BUILT_IN = "/jp/genkan/appcontrol/definitions/";

    private final AppNames names = new AppNames();
    private final @Nullable Path folder;
    private final List<Definition> builtIn = new ArrayList<>();
    private final List<DefinitionProblem> builtInProblems = new ArrayList<>();
    private List<Definition> own = List.of();
    private List<DefinitionProblem> problems = List.of();
    private String seen = "";
    private String loaded = "";
    private volatile DefinitionSet current;

    /**
     * Loads everything.
     *
     * @param folder of definitions in addition to those that are built in; null for none
     */
    public DefinitionBase(@Nullable Path folder) {
        this.folder = folder;
        for (String file : builtInFiles()) {
            DefinitionReader.Result result = new DefinitionReader(file, names).read(resource(file));
            builtIn.addAll(result.definitions());
            builtInProblems.addAll(result.problems());
        }
        current = new DefinitionSet(builtIn, names);
        reload();
    }

    /** Names of the files that are built in. */
    static List<String> builtInFiles() {
        return resource("index").lines().filter(line -> !line.isBlank()).toList();
    }

    private static String resource(String name) {
        try (InputStream in = DefinitionBase.class.getResourceAsStream(BUILT_IN + name)) {
            if (in == null) {
                throw new IllegalStateException(BUILT_IN + name + " is missing in the program");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .collect(java.util.stream.Collectors.joining("\n"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The definitions in force; on any thread, without waiting. */
    public DefinitionSet current() {
        return current;
    }

    /** Numbers of the names. */
    public AppNames names() {
        return names;
    }

    /** Lines that cannot be used, those of the folder and of what is built in. */
    public synchronized List<DefinitionProblem> problems() {
        return Stream.concat(builtInProblems.stream(), problems.stream()).toList();
    }

    /**
     * Loads the folder when it has changed, and then has stayed the same since the last call.
     *
     * @return true when other definitions are in force now
     */
    public synchronized boolean poll() {
        if (folder == null) {
            return false;
        }
        String now = stamp(folder);
        boolean settled = now.equals(seen);
        seen = now;
        return settled && !now.equals(loaded) && load(folder, now);
    }

    /** Loads the folder now, changed or not; true when other definitions are in force now. */
    public synchronized boolean reload() {
        if (folder == null) {
            return false;
        }
        String now = stamp(folder);
        seen = now;
        return load(folder, now);
    }

    private boolean load(Path from, String stamp) {
        loaded = stamp;
        List<Definition> read = new ArrayList<>();
        List<DefinitionProblem> found = new ArrayList<>();
        try {
            for (Path file : files(from)) {
                if (Files.size(file) > FILE_BYTES_MAX) {
                    found.add(new DefinitionProblem(file.toString(), 0, "has more than " + FILE_BYTES_MAX + " octets"));
                    continue;
                }
                String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                DefinitionReader.Result result = new DefinitionReader(file.toString(), names).read(text);
                read.addAll(result.definitions());
                found.addAll(result.problems());
            }
            List<Definition> all = new ArrayList<>(read);
            all.addAll(builtIn);
            current = new DefinitionSet(all, names);
            own = read;
            problems = List.copyOf(found);
            return true;
        } catch (IOException | IllegalArgumentException unusable) {
            problems = List.of(new DefinitionProblem(
                    from.toString(), 0, unusable + ": the " + own.size() + " definitions before stay in force"));
            return false;
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(ENDING))
                    .sorted()
                    .toList();
            if (files.size() > FILES_MAX) {
                throw new IOException(files.size() + " files, and at most " + FILES_MAX + " are read");
            }
            return files;
        } catch (UncheckedIOException broken) {
            throw new IOException(broken.getMessage(), broken);
        }
    }

    /** What tells one state of the folder from another. */
    private static String stamp(Path folder) {
        StringBuilder stamp = new StringBuilder();
        try {
            for (Path file : files(folder)) {
                BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                stamp.append(file)
                        .append(attributes.size())
                        .append(attributes.lastModifiedTime())
                        .append('\n');
            }
        } catch (IOException gone) {
            stamp.append(gone.getMessage());
        }
        return stamp.toString();
    }
}
