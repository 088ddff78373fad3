package jp.genkan.appliance.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.isolation.HostResolver;
import jp.genkan.appliance.Composition;
import jp.genkan.appliance.Settings;
import jp.genkan.core.config.ConfigException;
import jp.genkan.core.event.EventQueue;
import jp.genkan.core.eventlog.EventLog;
import jp.genkan.core.eventlog.EventLogSettings;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.host.HostObserver;
import jp.genkan.dataplane.host.NewsRing;
import jp.genkan.dataplane.host.OuiTable;
import jp.genkan.dataplane.pipeline.PipelineRunner;

/**
 * Does what a box does in its first minute, without ports: loads rules and signatures and has every engine look at made-up conversations. The build records in the
 * AOT cache which classes and profiles that needs.
 *
 * <p>Thread rule: one thread.
 */
public final class Training {
    /** Rules that each line of the list stands for. With some twenty lines a set of a thousand: enough for the JVM to compile what loads it. */
    private static final int COPIES = 50;

    /** Private numbers, beside those of the starter rules. */
    private static final int FIRST_NUMBER = 9_500_000;

    private static final List<String> WORDS = List.of(
            "amber", "basalt", "cobalt", "dune", "ember", "fjord", "granite", "harbour", "indigo", "juniper", "kelp",
            "lagoon", "maple");

    private final Settings settings;
    private final Path folder;
    private final boolean made;

    private Training(Settings settings, Path folder, boolean made) {
        this.settings = settings;
        this.folder = folder;
        this.made = made;
    }

    /**
     * Trains.
     *
     * @param folder takes what a box would write
     * @param rules files to load, or none for the built-in list
     * @return conversations played
     * @throws IOException when something cannot be written
     */
    public static int run(Path folder, List<Path> rules, Duration time, int conversations) throws IOException {
        StringBuilder text = new StringBuilder("ports:\n  inside: [lan0]\n  outside: [wan0]\nips:\n  rules:\n");
        List<Path> loaded = rules.isEmpty() ? List.of(writeRules(folder)) : rules;
        loaded.forEach(file -> text.append("    - \"").append(file).append("\"\n"));
        text.append("events:\n  directory: \"").append(folder).append("\"\nstate:\n  directory: \"");
        text.append(folder.resolve("state")).append("\"\n");
        Path configuration = Files.writeString(folder.resolve("genkan.yaml"), text);
        try {
            return new Training(Settings.forRun(configuration, Map.of()), folder, rules.isEmpty())
                    .train(time, conversations);
        } catch (ConfigException refused) {
            throw new IOException(String.join("; ", refused.problems()), refused);
        }
    }

    private static Path writeRules(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (InputStream in = Training.class.getResourceAsStream("training.rules")) {
            if (in == null) {
                throw new IOException("training.rules is missing");
            }
            List<String> kinds = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            int number = FIRST_NUMBER;
            for (int copy = 0; copy < COPIES; copy++) {
                for (String kind : kinds) {
                    lines.add(kind.replace("@a", word(number))
                            .replace("@b", word(number + 1 + copy))
                            .replace("@c", word(number + 5 + copy))
                            .replace("@o", Integer.toString(1 + copy))
                            .replace("@n", Integer.toString(number)));
                    number++;
                }
            }
        }
        return Files.write(folder.resolve("training.rules"), lines);
    }

    private static String word(int number) {
        return WORDS.get(number % WORDS.size());
    }

    private int train(Duration time, int conversations) throws IOException {
        OuiTable.load(settings.ouiFile());
        Path state = Files.createDirectories(settings.stateDirectory());
        EventQueue queue = EventQueue.ofOneProducer("training", settings.eventQueue());
        try (EventLog log = new EventLog(
                        EventLogSettings.of(folder.resolve("eve.json"), folder.resolve("segments")), List.of(queue));
                LiveRules rules = new LiveRules(settings)) {
            log.start();
            Composition.Policies policies = Composition.policies(
                    settings,
                    state,
                    HostResolver.NONE,
                    OwnAddresses.NONE,
                    InstantSource.system(),
                    rules.base(),
                    log::emit,
                    () -> {});
            rules.load();
            if (made && !rules.status().problems().isEmpty()) {
                throw new IOException(
                        "the training's own rules: " + rules.status().problems().getFirst());
            }
            new LiveSignatures(settings, policies.signatures()).load();
            try (PipelineRunner runner = Composition.workerPipeline(
                    settings,
                    policies.forRehearsal(),
                    0,
                    new HostObserver(new NewsRing()),
                    queue::offer,
                    flow -> {},
                    GuardSlots.unread(Composition.heldFlowsMax(settings)),
                    (about, toSender, segment, offset, length) -> {})) {
                Rehearsal rehearsal = new Rehearsal(runner);
                int played = rehearsal.play(System.nanoTime() + time.toNanos(), conversations);
                rehearsal.end();
                return played;
            }
        }
    }
}
