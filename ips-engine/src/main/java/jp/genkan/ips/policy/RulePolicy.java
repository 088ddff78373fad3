package jp.genkan.ips.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.ips.signature.Signature;

/**
 * The lines of a policy; the first that covers a rule decides.
 *
 * <p>Thread rule: immutable.
 */
public final class RulePolicy {
    /** Most octets of a policy file: a thousand lines are far below it. */
    static final long FILE_BYTES_MAX = 1 << 20;

    private static final String STOCK = "default.policy";

    private final List<PolicyLine> lines;

    RulePolicy(List<PolicyLine> lines) {
        this.lines = List.copyOf(lines);
    }

    /**
     * What becomes of a rule.
     *
     * @param answer of the policy
     * @param grade how grave a match is, 1 to 3; 0 for a rule that is off
     * @param everySeconds most one event in so many seconds for each source; 0 for no bound
     */
    public record Standing(Answer answer, int grade, int everySeconds) {
        /** Of a rule that no line covers. */
        static final Standing UNCOVERED = new Standing(Answer.LOG, 1, 0);
    }

    /** The policy that the product comes with. */
    public static RulePolicy stock() {
        try (InputStream in = RulePolicy.class.getResourceAsStream(STOCK)) {
            if (in == null) {
                throw new IllegalStateException(STOCK + " is missing");
            }
            return parse(Path.of(STOCK), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new IllegalStateException(STOCK + " cannot be used", broken);
        }
    }

    /**
     * Reads a policy.
     *
     * @throws IOException when it cannot be read; the message has a line for everything that is wrong, with its place
     */
    public static RulePolicy read(Path file) throws IOException {
        long size = Files.size(file);
        if (size > FILE_BYTES_MAX) {
            throw new IOException(file + ": " + size + " octets; a policy has at most " + FILE_BYTES_MAX);
        }
        return parse(file, Files.readString(file));
    }

    /**
     * Reads the text of a policy.
     *
     * @throws IOException with a line for everything that is wrong
     */
    static RulePolicy parse(Path file, String text) throws IOException {
        PolicyReader reader = new PolicyReader(file);
        List<PolicyLine> lines = reader.read(text);
        if (!reader.problems().isEmpty()) {
            throw new IOException(String.join("\n", reader.problems()));
        }
        return new RulePolicy(lines);
    }

    /** This policy, and another one for the rules that it does not cover. */
    public RulePolicy before(RulePolicy other) {
        List<PolicyLine> all = new ArrayList<>(lines);
        all.addAll(other.lines);
        return new RulePolicy(all);
    }

    /** What becomes of this rule. */
    public Standing of(Signature signature) {
        for (PolicyLine line : lines) {
            if (line.covers(signature)) {
                return new Standing(line.answer(), line.grade(), line.everySeconds());
            }
        }
        return Standing.UNCOVERED;
    }
}
