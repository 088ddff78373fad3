package jp.genkan.av.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.scan.Signatures;

/**
 * Compiles files of signatures to one set. A file that cannot be used is a problem and leaves the others working.
 *
 * <p>Thread rule: one thread a loading.
 */
public final class SignatureLoader {
    /** Endings by which files count, wherever they lie below a folder. */
    private static final Set<String> ENDINGS = Set.of();

    private final List<String> problems = new ArrayList<>();

    /** What every box looks for without any file: the test file of EICAR. */
    public static ScanSet builtIn() {
        return new ScanSet(List.of(new Eicar()));
    }

    /**
     * The files below folders that hold signatures, in a fixed order.
     *
     * @param places files, which count whatever their ending, and folders
     * @throws IOException when a place cannot be read
     */
    public static List<Path> files(List<Path> places) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path place : places) {
            if (!Files.isDirectory(place)) {
                files.add(place);
                continue;
            }
            try (Stream<Path> below = Files.walk(place)) {
                below.filter(file -> ENDINGS.contains(ending(file)) && Files.isRegularFile(file))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Compiles.
     *
     * @param files as {@link #files} finds them
     * @param builtIn whether what is built in is looked for too
     */
    public ScanSet load(List<Path> files, boolean builtIn) {
        List<Signatures> sets = new ArrayList<>();
        if (builtIn) {
            sets.addAll(builtIn().signatures());
        }
        return new ScanSet(sets);
    }

    /** What is wrong, a line each, with its place. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
