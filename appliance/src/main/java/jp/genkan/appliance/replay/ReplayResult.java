package jp.genkan.appliance.replay;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.ips.rule.RuleProblem;
import org.jspecify.annotations.Nullable;

/** What a job came to: {@code result.json}. Single-threaded, filled while the job runs. */
public final class ReplayResult {
    /** Everything was read and replayed. */
    public static final int DONE = 0;

    /** The job failed: an I/O error or a fault. */
    public static final int FAILED = 1;

    /** The input was refused. */
    public static final int REFUSED = 3;

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final @Nullable String id;
    private final List<String> errors = new ArrayList<>();
    private final List<String> unsupported = new ArrayList<>();
    private int exit = DONE;
    private int rulesLoaded;
    private int rulesFailed;
    private final List<ObjectNode> ruleProblems = new ArrayList<>();

    long framesIn;
    long framesOut;
    long bytesIn;
    double seconds;

    ReplayResult(@Nullable String id) {
        this.id = id;
    }

    /** The job's own exit code. */
    public int exit() {
        return exit;
    }

    /** Why it ended as it did. */
    public List<String> errors() {
        return List.copyOf(errors);
    }

    /** Whole frames that were read. */
    public long framesIn() {
        return framesIn;
    }

    /** Notes an error that does not end the job: what was readable counts. */
    void warn(String line) {
        errors.add(line);
    }

    /** Notes why the job ends, with its exit code. */
    void fail(int code, String line) {
        errors.add(line);
        exit = Math.max(exit, code);
    }

    /** Notes a setting that was given and is not honoured. */
    void unsupported(String dottedKey) {
        unsupported.add(dottedKey);
    }

    /** Notes how many rules are in use. */
    void rulesLoaded(int count) {
        rulesLoaded = count;
    }

    /** Notes a rule that is refused. */
    void ruleProblem(RuleProblem problem) {
        rulesFailed++;
        ObjectNode node =
                JSON.createObjectNode().put("file", problem.file().toString()).put("line", problem.line());
        if (problem.sid() != null) {
            node.put("sid", problem.sid());
        }
        ruleProblems.add(node.put("reason", problem.code().code() + " " + problem.explanation()));
    }

    /** Notes a rule file that cannot be used as a whole. */
    void ruleProblem(Path file, String reason) {
        rulesFailed++;
        ruleProblems.add(JSON.createObjectNode()
                .put("file", file.toString())
                .put("line", 0)
                .put("reason", reason));
    }

    /**
     * Writes the result in one piece: a reader sees nothing or all of it.
     *
     * @throws IOException when the folder cannot be written
     */
    void writeTo(Path folder) throws IOException {
        ObjectNode result = JSON.createObjectNode();
        if (id != null) {
            result.put("id", id);
        }
        result.put("exit", exit);
        ArrayNode lines = result.putArray("errors");
        errors.forEach(lines::add);
        ObjectNode rules = result.putObject("rules").put("loaded", rulesLoaded).put("failed", rulesFailed);
        ruleProblems.forEach(rules.putArray("problems")::add);
        ArrayNode keys = result.putArray("unsupported_settings");
        unsupported.forEach(keys::add);
        result.put("frames_in", framesIn)
                .put("frames_out", framesOut)
                .put("bytes_in", bytesIn)
                .put("seconds", seconds);
        Path whole = folder.resolve("result.json");
        Path part = folder.resolve("result.json.part");
        JSON.writeValue(part.toFile(), result);
        Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
