package jp.genkan.testbed.box;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.genkan.appliance.Main;
import jp.genkan.appliance.control.ControlClient;
import jp.genkan.appliance.control.ControlException;
import jp.genkan.testbed.net.Await;
import jp.genkan.testbed.net.Commands;
import jp.genkan.testbed.net.Linux;
import jp.genkan.testbed.net.Program;
import jp.genkan.testbed.net.Topology;
import org.jspecify.annotations.Nullable;

/** The real thing: {@code genkan run} in a JVM of its own, from the test's class path. */
public final class GenkanBox implements Box {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    /** What the JVM is given on a box; for an experiment, more can be added from outside, as {@code ./genkan} allows it too. */
    private static final List<String> JVM_OPTIONS = jvmOptions();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Topology topology;
    private final Path directory;
    private final Path config;
    private @Nullable Program program;
    private double cpuOfEarlierLives;

    /** Collects a configuration, and starts with it. */
    public static final class Builder {
        private final Topology topology;
        private final StringBuilder yaml = new StringBuilder();
        private String name = "genkan";
        private @Nullable String ports;
        private String hostAddress = "none";

        private Builder(Topology topology) {
            this.topology = topology;
        }

        /** Its name in tables. */
        public Builder named(String given) {
            name = given;
            return this;
        }

        /** Adds sections of the configuration file. */
        public Builder yaml(String sections) {
            yaml.append(sections);
            return this;
        }

        /** Takes these interfaces in place of the topology's. */
        public Builder ports(String inside, String outside) {
            ports = "ports:\n  inside: [" + inside + "]\n  outside: [" + outside + "]\n";
            return this;
        }

        /** The box's own address on the wire. */
        public Builder hostAddress(String address) {
            hostAddress = address;
            return this;
        }

        /** A box that is configured and does not run yet. */
        public GenkanBox build() throws IOException {
            return new GenkanBox(this);
        }

        /** A box that inspects. */
        public GenkanBox start() throws Exception {
            GenkanBox box = build();
            box.start();
            return box;
        }
    }

    private GenkanBox(Builder from) throws IOException {
        name = from.name;
        topology = from.topology;
        directory = Files.createTempDirectory(topology.directory(), "genkan-");
        config = directory.resolve("genkan.yaml");
        String ports = from.ports != null
                ? from.ports
                : "ports:\n  inside: [" + String.join(", ", topology.insidePorts()) + "]\n  outside: ["
                        + topology.outsidePort() + "]\n";
        Files.writeString(
                config,
                ports + "host:\n  address: " + from.hostAddress + "\nevents:\n  directory: "
                        + directory.resolve("events") + "\nstate:\n  directory: " + directory.resolve("state") + "\n"
                        + from.yaml);
    }

    /** A box for the ports of this network. */
    public static Builder in(Topology topology) {
        return new Builder(topology);
    }

    private static List<String> jvmOptions() {
        String script =
                "{ [[ -f tools/jvm.sh ]] || cd ..; } && . tools/jvm.sh && printf '%s\\n' \"${jvm_options[@]}\" \"${run_options[@]}\" ${GENKAN_JAVA_OPTIONS:-}";
        try {
            return Commands.run(List.of("bash", "-c", script)).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // ---- life and death

    /** Starts it, and returns when it says that it inspects. */
    public void start() throws Exception {
        begin();
        Program started = program();
        try {
            Await.until("genkan inspects", START_LIMIT, () -> state().equals("inspecting") || !started.isAlive());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + started.log(), e);
        }
        if (!started.isAlive()) {
            throw new AssertionError("genkan ended at its start:\n" + started.log());
        }
    }

    /** Starts it, and does not wait for anything. */
    public void begin() throws IOException {
        program = topology.box().start(command(List.of("run", "--config", config.toString())));
    }

    /** Runs it to its end, which comes soon because it cannot start. */
    public Commands.Result refuse(List<String> options) throws IOException {
        return refuse(List.of(), options);
    }

    /** The same, started by another program that changes its rights. */
    public Commands.Result refuse(List<String> starter, List<String> options) throws IOException {
        List<String> whole = new ArrayList<>(starter);
        whole.addAll(command(List.of("run", "--config", config.toString())));
        whole.addAll(options);
        return topology.box().tryRun(whole);
    }

    /** Kills it: no handler of its own runs. */
    public void kill() throws IOException, InterruptedException {
        cpuOfEarlierLives += ProcessBox.cpuSeconds(program().pid());
        program().signal(Linux.SIGKILL);
        program().awaitExit(STOP_LIMIT);
    }

    /** Hangs it. */
    public void suspend() throws IOException {
        program().signal(Linux.SIGSTOP);
    }

    /** Lets it run on. */
    public void resume() throws IOException {
        program().signal(Linux.SIGCONT);
    }

    /** Asks it to end and waits for that. @return its exit code */
    public int terminate() throws IOException, InterruptedException {
        cpuOfEarlierLives += ProcessBox.cpuSeconds(program().pid());
        program().signal(Linux.SIGTERM);
        return program().awaitExit(STOP_LIMIT);
    }

    /** All that it said to its standard output and error in its present life. */
    public String log() {
        return program().log();
    }

    private Program program() {
        Program running = program;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    // ---- talking to it

    /** Its state by its own word; {@code stopped} when it does not answer. */
    public String state() throws IOException {
        try {
            return control(ControlClient.request("status")).path("state").asText();
        } catch (ControlClient.NotRunningException e) {
            return "stopped";
        }
    }

    /** The number of its process. */
    public long pid() {
        return program().pid();
    }

    /** Its answer to {@code status}. */
    public JsonNode status() throws Exception {
        return control(ControlClient.request("status"));
    }

    /** All of its counters that are not zero, a line each. */
    public String counters() throws Exception {
        String text = control(ControlClient.request("metrics")).path("text").asText();
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.endsWith(" 0"))
                .collect(Collectors.joining("\n"));
    }

    /** Asks it by its control socket. */
    public JsonNode control(ObjectNode request) throws IOException, ControlClient.NotRunningException {
        try {
            return new ControlClient(stateDirectory()).ask(request);
        } catch (ControlException e) {
            throw new IOException("genkan refuses " + request + ": " + e.getMessage(), e);
        }
    }

    /** Runs a command of its own, as an operator would. */
    public Commands.Result command(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--state");
        all.add(stateDirectory().toString());
        return topology.box().tryRun(command(all));
    }

    private static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(ProcessBox.java(JVM_OPTIONS));
        command.add(Main.class.getName());
        command.addAll(arguments);
        return command;
    }

    /** Runs {@code genkan gate}, which needs no running engine. */
    public static Commands.Result gate(Topology topology, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("gate"));
        all.addAll(List.of(options));
        return topology.box().tryRun(command(all));
    }

    /** The file that it is configured by. */
    public Path config() {
        return config;
    }

    /** Where its state lies. */
    public Path stateDirectory() {
        return directory.resolve("state");
    }

    /** Every event that it has written so far, of all its lives, rotated files first. */
    public List<JsonNode> events() throws IOException {
        Path events = directory.resolve("events");
        List<JsonNode> all = new ArrayList<>();
        if (Files.notExists(events)) {
            return all;
        }
        try (Stream<Path> files = Files.list(events)) {
            for (Path file : files.filter(f -> f.getFileName().toString().startsWith("eve")
                            && !f.toString().endsWith(".gz"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file, StandardCharsets.UTF_8);
                // A line that is being written has no end yet.
                for (String line :
                        text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
                    all.add(JSON.readTree(line));
                }
            }
        }
        return all;
    }

    /** Waits for an event, among those that were written already too. */
    public JsonNode awaitEvent(String what, Duration limit, Predicate<JsonNode> wanted) throws Exception {
        JsonNode[] found = new JsonNode[1];
        try {
            Await.until("event: " + what, limit, () -> {
                for (JsonNode event : events()) {
                    if (wanted.test(event)) {
                        found[0] = event;
                        return true;
                    }
                }
                return false;
            });
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the log says:\n" + log(), e);
        }
        return found[0];
    }

    // ---- as a box

    @Override
    public String name() {
        return name;
    }

    @Override
    public double cpuSeconds() {
        Program running = program;
        return cpuOfEarlierLives + (running != null && running.isAlive() ? ProcessBox.cpuSeconds(running.pid()) : 0);
    }

    /** CPU time of the threads that frames go through and that look after the ports; not of what the JVM compiles or rehearses. */
    public double cpuSecondsOfPath() {
        return ProcessBox.cpuSeconds(program().pid(), List.of("worker-", "genkan-ports"));
    }

    /** Ends it, and takes away what it leaves at the ports on purpose. */
    @Override
    public void close() throws IOException {
        Program running = program;
        if (running != null && running.isAlive()) {
            running.signal(Linux.SIGCONT);
            running.signal(Linux.SIGTERM);
            try {
                running.awaitExit(STOP_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        Commands.Result detached = gate(topology, "--detach");
        if (detached.exit() != 0) {
            throw new IOException("the gate's programs stay: " + detached.output());
        }
    }
}
