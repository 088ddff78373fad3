package jp.genkan.testbed.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The project's own files, read from disk: everything below the root but what is built, and what git and editors keep for themselves. */
final class SourceTree {
    private static final Set<String> NOT_OURS = Set.of("target", ".git", ".idea", ".settings", "state");
    private static final Pattern BINARY = Pattern.compile(".*\\.(pcap|pcapng|png|bin|o|jar|zip|gz)|.*/\\.[^/]*");

    private final Path root;
    private final List<Path> files;

    private SourceTree(Path root, List<Path> files) {
        this.root = root;
        this.files = files;
    }

    /** The tree that these tests were started in. */
    static SourceTree find() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("build")) || !Files.exists(folder.resolve("LICENSE"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException(
                        "not inside the project's tree: " + Path.of("").toAbsolutePath());
            }
        }
        Path root = folder;
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean ours = folder.equals(root)
                            || !NOT_OURS.contains(folder.getFileName().toString());
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(root.relativize(file));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        files.sort(null);
        return new SourceTree(root, files);
    }

    Path root() {
        return root;
    }

    boolean exists(Path relative) {
        return Files.exists(root.resolve(relative));
    }

    /** Files whose path, relative to the root and with forward slashes, matches. */
    List<Path> files(String regex) {
        Predicate<String> matches = Pattern.compile(regex).asMatchPredicate();
        return files.stream().filter(file -> matches.test(file.toString())).toList();
    }

    /** Files that hold text: all but captures, pictures and dot files. */
    List<Path> texts() {
        return files.stream()
                .filter(file -> !BINARY.matcher(file.toString()).matches())
                .toList();
    }

    String text(Path relative) {
        try {
            return Files.readString(root.resolve(relative));
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + relative, failed);
        }
    }

    List<String> lines(Path relative) {
        return text(relative).lines().toList();
    }

    /** {@code file:line: text} of every line, in any of the files, that the pattern is found in. */
    List<String> grep(Stream<Path> where, String regex) {
        Predicate<String> found = Pattern.compile(regex).asPredicate();
        List<String> hits = new ArrayList<>();
        where.forEach(file -> {
            int number = 0;
            for (String line : lines(file)) {
                number++;
                if (found.test(line)) {
                    hits.add(file + ":" + number + ": " + line.strip());
                }
            }
        });
        return hits;
    }
}
