package jp.genkan.appliance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import jp.genkan.appliance.engine.Training;
import jp.genkan.appliance.replay.Replay;
import jp.genkan.appliance.replay.ReplayJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the JVM what a box does in its first minute; for the build. */
@Command(
        name = "train",
        hidden = true,
        description =
                "Loads rules and plays made-up conversations to every engine. The build makes its AOT cache of it.",
        mixinStandardHelpOptions = true)
public final class TrainCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Folder for what a box would write.")
    private @Nullable Path out;

    @Option(names = "--rules", paramLabel = "F", description = "Rule file instead of made-up rules; may be repeated.")
    private List<Path> rules = List.of();

    @Option(names = "--pcap", paramLabel = "F", description = "Capture to replay, so that replays start sooner, too.")
    private @Nullable Path pcap;

    @Option(names = "--seconds", paramLabel = "N", description = "Longest time that conversations are played.")
    private int seconds = 10;

    @Option(names = "--conversations", paramLabel = "N", description = "Most conversations that are played.")
    private int conversations = Integer.MAX_VALUE;

    @Spec
    private CommandSpec spec;

    TrainCommand() {
        spec = CommandSpec.create();
    }

    @Override
    public Integer call() throws IOException {
        Path folder = out;
        if (folder == null) {
            return ExitCode.USAGE;
        }
        Files.createDirectories(folder);
        if (pcap != null) {
            Path result = folder.resolve("replay");
            Replay.run(
                    new ReplayJob(
                            null, pcap, result, List.of(), false, null, null, Map.of(), true, false, null, List.of()),
                    (frames, octets, all) -> {});
        }
        int played = Training.run(folder.toAbsolutePath(), rules, Duration.ofSeconds(seconds), conversations);
        spec.commandLine().getOut().println(played + " conversations");
        return ExitCode.OK;
    }
}
