package jp.genkan.av.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.genkan.av.clamav.ClamCompiler;
import jp.genkan.av.eicar.Eicar;
import jp.genkan.av.hash.HashCompiler;
import jp.genkan.av.hash.HashSignatures;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.heuristic.Heuristics;
import jp.genkan.av.pattern.PatternRules;
import jp.genkan.av.pattern.PatternSet;
import jp.genkan.av.pattern.PatternSetBuilder;
import jp.genkan.av.pattern.PatternSignatures;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.scan.Signatures;
import jp.genkan.av.source.Problems;
import jp.genkan.av.yara.YaraCompiler;
import jp.genkan.literals.LiteralCompiler;
import org.jspecify.annotations.Nullable;

/**
 * Compiles files of signatures to one set. A file that cannot be used is a problem and leaves the others working.
 *
 * <p>Thread rule: one thread a loading.
 */
public final class SignatureLoader {
    private static final Set<String> YARA = Set.of("yar", "yara");

    /** Hash lists as ClamAV has them, which count wherever they lie below a folder. */
    private static final Set<String> HASHES =
            Set.of("hdb", "hsb", "hdu", "hsu", "mdb", "msb", "mdu", "msu", "fp", "sfp", "hashes");

    private final Problems rows = new Problems();

    /** A head line of a hash list is within this. */
    private static final int HEAD_LINES = 20;

    private final @Nullable Path cache;
    private final HeuristicPolicy policy;
    private final List<String> problems = new ArrayList<>();

    /**
     * A loader.
     *
     * @param cache folder where compiled sets are kept for the next start; null to keep none
     * @param policy which heuristics are looked for
     */
    public SignatureLoader(@Nullable Path cache, HeuristicPolicy policy) {
        this.cache = cache;
        this.policy = policy;
    }

    /**
     * The files that hold signatures, in a fixed order.
     *
     * @param places files, which count whatever their ending, and folders, in which the ending says what a file is
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
                for (Path file : below.filter(Files::isRegularFile).sorted().toList()) {
                    if (isSignatures(file)) {
                        files.add(file);
                    }
                }
            }
        }
        return files;
    }

    private static boolean isSignatures(Path file) throws IOException {
        String ending = ending(file);
        return YARA.contains(ending)
                || HASHES.contains(ending)
                || ClamCompiler.takes(String.valueOf(file.getFileName()))
                || ending.equals("csv") && listsHashes(file);
    }

    /** A folder has tables of other things too: this one has a head that names a hash. */
    private static boolean listsHashes(Path file) throws IOException {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1))) {
            for (int i = 0; i < HEAD_LINES; i++) {
                String line = lines.readLine();
                if (line == null) {
                    return false;
                }
                String lower = line.toLowerCase(Locale.ROOT);
                if (lower.contains("sha256") || lower.contains("md5") || lower.contains("sha1")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static String ending(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /**
     * Compiles. Heuristics join in where there is any signature.
     *
     * @param files as {@link #files} finds them
     * @param builtIn whether the test file of EICAR is looked for too, and heuristics in any case
     * @throws IOException when a file cannot be read
     */
    public ScanSet load(List<Path> files, boolean builtIn) throws IOException {
        List<Signatures> sets = new ArrayList<>();
        if (builtIn) {
            sets.add(new Eicar());
        }
        addHashes(files, HashCompiler::takes, sets);
        Set<String> ignored = addPatterns(files, sets);
        if (!sets.isEmpty()) {
            Heuristics heuristics = new Heuristics(policy);
            if (heuristics.count() > 0) {
                sets.add(heuristics);
            }
        }
        List<Signatures> allowed = new ArrayList<>();
        addHashes(files, HashCompiler::allows, allowed);
        rows.kept().forEach(problem -> problems.add(problem.toString()));
        return sets.isEmpty() ? ScanSet.EMPTY : new ScanSet(sets, allowed, ignored);
    }

    private void addHashes(List<Path> files, Predicate<String> chosen, List<Signatures> sets) throws IOException {
        List<Path> lists = files.stream()
                .filter(file -> chosen.test(String.valueOf(file.getFileName())))
                .toList();
        if (lists.isEmpty()) {
            return;
        }
        HashSignatures hashes = new HashCompiler(cache == null ? null : cache.resolve("hashes")).compile(lists, rows);
        if (hashes.count() > 0) {
            sets.add(hashes);
        }
    }

    /** All signatures that look into the octets share one pass over them; returns the names of those that are not to be told. */
    private Set<String> addPatterns(List<Path> files, List<Signatures> sets) throws IOException {
        PatternSetBuilder patterns = new PatternSetBuilder();
        YaraCompiler yara = new YaraCompiler(patterns);
        ClamCompiler clam = new ClamCompiler(patterns, rows);
        boolean any = false;
        for (Path file : files) {
            if (YARA.contains(ending(file))) {
                yara.add(file).forEach(problem -> problems.add(problem.toString()));
                any = true;
            } else if (ClamCompiler.takes(String.valueOf(file.getFileName()))) {
                clam.add(file);
                any = true;
            }
        }
        if (!any) {
            return Set.of();
        }
        LiteralCompiler literals = LiteralCompiler.open(cache == null ? null : cache.resolve("literals"));
        yara.plan();
        PatternSet set = patterns.build(literals);
        List<PatternRules> rules = List.of(yara.build(set), clam.build(set));
        if (rules.stream().anyMatch(one -> one.count() > 0)) {
            sets.add(new PatternSignatures(set, rules));
        }
        return clam.ignored();
    }

    /** What is wrong, a line each, with its place. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
