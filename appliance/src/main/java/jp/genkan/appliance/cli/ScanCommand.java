package jp.genkan.appliance.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import jp.genkan.av.content.Content;
import jp.genkan.av.heuristic.HeuristicPolicy;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.scan.ScanResult;
import jp.genkan.av.scan.ScanSet;
import jp.genkan.av.unpack.Unpackers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The antivirus over files. */
@Command(
        name = "scan",
        description = {
            "Looks for viruses in files and in what they contain. Exit code 0: none is infected; 1: one is;",
            "3: a file could not be read."
        },
        footer = {"", "Example: genkan scan --content signatures Downloads/", "         genkan scan --json - < mail.eml"
        },
        mixinStandardHelpOptions = true)
public final class ScanCommand implements Callable<Integer> {
    private static final String INPUT = "-";

    /** Problems of signatures that are written out; the others are counted. */
    private static final int PROBLEMS_MAX = 10;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files and folders; - is standard input.")
    private List<String> given = List.of();

    @Option(
            names = "--content",
            paramLabel = "DIR",
            description = "Content folder whose signatures are used; what is built in without it.")
    private @Nullable Path content;

    @Option(names = "--all", description = "All signatures that are found, not only the first.")
    private boolean all;

    @Option(names = "--json", description = "One JSON object a file.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    private final ObjectMapper mapper =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private boolean infected;
    private boolean failed;

    ScanCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException {
        ScanSet set = signatures();
        try (FileScanner scanner = new FileScanner(set, Unpackers.all(), ScanLimits.DEFAULT)) {
            scanner.findEverything(all);
            for (String path : given) {
                if (path.equals(INPUT)) {
                    scanInput(scanner);
                } else {
                    scanPath(path, scanner);
                }
            }
        }
        spec.commandLine().getOut().flush();
        if (failed) {
            return ExitCode.REFUSED;
        }
        return infected ? ExitCode.FAILED : ExitCode.OK;
    }

    private ScanSet signatures() throws IOException {
        if (content != null && !Files.isDirectory(content)) {
            throw new ParameterException(spec.commandLine(), "--content: no folder " + content);
        }
        SignatureLoader loader = new SignatureLoader(null, HeuristicPolicy.defaults());
        List<Path> places = content == null ? List.of() : List.of(content);
        ScanSet set = loader.load(SignatureLoader.files(places), content == null);
        List<String> problems = loader.problems();
        PrintWriter err = spec.commandLine().getErr();
        problems.stream().limit(PROBLEMS_MAX).forEach(err::println);
        if (problems.size() > PROBLEMS_MAX) {
            err.println(problems.size() - PROBLEMS_MAX + " more problems");
        }
        err.flush();
        return set;
    }

    private void scanInput(FileScanner scanner) throws IOException {
        InputStream in = System.in;
        byte[] octets = in.readAllBytes();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(octets.length);
            copy.copyFrom(MemorySegment.ofArray(octets));
            tell(INPUT, scanner.scan(new Content(copy), null, List.of(), List.of(), List.of()));
        }
    }

    /** Folders are walked in order; links in them are not followed. */
    private void scanPath(String path, FileScanner scanner) {
        Path file = Path.of(path);
        if (!Files.isDirectory(file)) {
            scanFile(path, file, scanner);
            return;
        }
        List<Path> files;
        try (Stream<Path> below = Files.walk(file)) {
            files = new ArrayList<>(below.filter(one -> Files.isRegularFile(one) && !Files.isSymbolicLink(one))
                    .sorted()
                    .toList());
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            fail(path, unreadable);
            return;
        }
        files.forEach(one -> scanFile(one.toString(), one, scanner));
    }

    private void scanFile(String path, Path file, FileScanner scanner) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                Arena arena = Arena.ofConfined()) {
            if (!Files.isRegularFile(file)) {
                throw new IOException("not a regular file");
            }
            MemorySegment octets = channel.size() == 0
                    ? MemorySegment.NULL
                    : channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            String name = String.valueOf(file.getFileName());
            tell(path, scanner.scan(new Content(octets), name, List.of(), List.of(), List.of()));
        } catch (IOException unreadable) {
            fail(path, unreadable);
        }
    }

    private void fail(String path, Exception unreadable) {
        failed = true;
        spec.commandLine().getErr().println("genkan: " + path + ": " + reason(unreadable));
    }

    private static String reason(Exception unreadable) {
        return unreadable instanceof java.nio.file.NoSuchFileException
                ? "no such file"
                : String.valueOf(unreadable.getMessage());
    }

    private void tell(String path, ScanResult result) {
        ScanResult.Finding infection = result.infection();
        infected |= infection != null;
        PrintWriter out = spec.commandLine().getOut();
        List<String> place = infection == null ? List.of() : infection.path();
        String signature = infection == null ? null : infection.detection().signature();
        if (json) {
            out.println(line(path, result, signature, place));
            return;
        }
        String verdict = result.verdict().name().toLowerCase(Locale.ROOT);
        StringBuilder line = new StringBuilder(path).append(": ").append(verdict);
        if (signature != null) {
            line.append(": ").append(signature);
        }
        place.forEach(member -> line.append(" > ").append(member));
        for (ScanResult.Blind blind : result.blind()) {
            if (result.verdict() == ScanResult.Verdict.UNINSPECTABLE) {
                line.append(": ").append(words(blind));
                break;
            }
        }
        out.println(line);
    }

    private static String words(ScanResult.Blind blind) {
        String words = blind.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String detail = blind.detail() == null ? words : words + " (" + blind.detail() + ")";
        return blind.path().isEmpty() ? detail : String.join(" > ", blind.path()) + ": " + detail;
    }

    private String line(String path, ScanResult result, @Nullable String signature, List<String> place) {
        ObjectNode answer = mapper.createObjectNode().put("file", path);
        answer.put("verdict", result.verdict().name().toLowerCase(Locale.ROOT));
        answer.put("signature", signature);
        ArrayNode names = answer.putArray("path");
        place.forEach(names::add);
        if (all) {
            ArrayNode found = answer.putArray("findings");
            for (ScanResult.Finding finding : result.findings()) {
                ObjectNode one = found.addObject();
                one.put("signature", finding.detection().signature());
                one.put("kind", finding.detection().kind().name().toLowerCase(Locale.ROOT));
                ArrayNode where = one.putArray("path");
                finding.path().forEach(where::add);
            }
        }
        if (!result.blind().isEmpty()) {
            ArrayNode blind = answer.putArray("uninspectable");
            result.blind().forEach(one -> blind.add(words(one)));
        }
        return answer.toString();
    }
}
