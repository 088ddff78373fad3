package jp.genkan.ips.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import jp.genkan.ips.rule.RuleReader;
import jp.genkan.ips.rule.RuleSource;

/** The few rules that the product comes with: docs/rules-starter.md says what each means. Thread rule: any thread. */
public final class StarterRules {
    /** Where our own numbers begin; ET's end far below. */
    public static final long SID_FIRST = 9_000_000;

    private static final String FILE = "starter.rules";

    private StarterRules() {}

    /** The rules. */
    public static RuleSource read() {
        try (InputStream in = StarterRules.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing");
            }
            return RuleReader.read(Path.of(FILE), in.readAllBytes());
        } catch (IOException broken) {
            throw new IllegalStateException(FILE + " cannot be read", broken);
        }
    }
}
