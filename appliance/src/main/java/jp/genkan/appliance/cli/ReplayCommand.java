package jp.genkan.appliance.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.genkan.appliance.replay.Replay;
import jp.genkan.appliance.replay.ReplayJob;
import jp.genkan.appliance.replay.ReplayResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The whole pipeline over capture files. */
@Command(
        name = "replay",
        description =
                "Runs the whole pipeline over a capture file: what would the box have seen, and with --inline, done?",
        footer = {
            "",
            "Example: genkan replay --pcap office.pcapng --out result --inline",
            "In DIR: eve.json (events), result.json (what became of the job), forwarded.pcap (with --inline)."
        },
        mixinStandardHelpOptions = true)
public final class ReplayCommand implements Callable<Integer> {
    @Option(names = "--pcap", paramLabel = "F", description = "pcap or pcapng file.")
    private @Nullable Path pcap;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder for the results; made when missing.")
    private @Nullable Path out;

    @Option(names = "--jobs", paramLabel = "FILE", description = "Many jobs, a JSON object a line, one after another.")
    private @Nullable Path jobs;

    @Option(names = "--id", paramLabel = "NAME", description = "A name for the job, repeated in its result.")
    private @Nullable String id;

    @Option(names = "--rules", paramLabel = "F", description = "Rule file in Suricata's language; may be repeated.")
    private List<Path> rules = List.of();

    @Option(names = "--strict-rules", description = "A rule that cannot be loaded ends the job with exit code 3.")
    private boolean strictRules;

    @Option(names = "--suricata-yaml", paramLabel = "F", description = "Settings in Suricata's form.")
    private @Nullable Path suricataYaml;

    @Option(names = "--config", paramLabel = "F", description = "Configuration file (default: the built-in defaults).")
    private @Nullable Path config;

    @Option(
            names = "--set",
            paramLabel = "K=V",
            description = "One configuration value, by its dotted key; may be repeated.")
    private Map<String, String> set = Map.of();

    @Option(names = "--inline", description = "Verdicts act, and forwarded.pcap is written.")
    private boolean inline;

    @Option(names = "--ignore-checksums", description = "Inspect packets with bad checksums too.")
    private boolean ignoreChecksums;

    @Option(names = "--content", paramLabel = "DIR", description = "Content folder to load instead of the default.")
    private @Nullable Path content;

    @Option(
            names = "--inside",
            paramLabel = "CIDR",
            description = "Network on the LAN side; may be repeated (default: RFC 1918, fc00::/7 and link-local).")
    private List<String> inside = List.of();

    @Spec
    private CommandSpec spec;

    ReplayCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException {
        if (jobs != null) {
            if (pcap != null || out != null) {
                throw new ParameterException(
                        spec.commandLine(), "--jobs stands alone: each job names its own pcap and out");
            }
            return runJobs(jobs);
        }
        if (pcap == null || out == null) {
            throw new ParameterException(
                    spec.commandLine(), "missing: " + (pcap == null ? "--pcap F" : "--out DIR") + " (or --jobs FILE)");
        }
        ReplayJob job = new ReplayJob(
                id, pcap, out, rules, strictRules, suricataYaml, config, set, inline, ignoreChecksums, content, inside);
        ReplayResult result = run(job);
        result.errors().forEach(line -> spec.commandLine().getErr().println("genkan: " + line));
        return result.exit();
    }

    private ReplayResult run(ReplayJob job) throws IOException {
        try (ReplayProgress progress =
                ReplayProgress.onTerminal(spec.commandLine().getErr())) {
            return Replay.run(job, progress);
        }
    }

    private int runJobs(Path file) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        ObjectMapper json = new ObjectMapper();
        int code = ExitCode.OK;
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (line.isBlank()) {
                    continue;
                }
                try {
                    ReplayResult result = run(ReplayJob.of(json.readTree(line)));
                    for (String error : result.errors()) {
                        err.println("genkan: " + file + ":" + number + ": " + error);
                    }
                } catch (JsonProcessingException bad) {
                    err.println("genkan: " + file + ":" + number + ": not JSON: " + bad.getOriginalMessage());
                    code = ExitCode.FAILED;
                } catch (ReplayJob.UnusableJobException | IOException bad) {
                    err.println("genkan: " + file + ":" + number + ": " + bad.getMessage());
                    code = ExitCode.FAILED;
                }
            }
        } catch (NoSuchFileException missing) {
            throw new ParameterException(spec.commandLine(), "no file " + file, missing);
        }
        return code;
    }
}
