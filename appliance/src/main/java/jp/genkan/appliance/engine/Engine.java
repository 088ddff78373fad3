package jp.genkan.appliance.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import jp.genkan.access.isolation.HostResolver;
import jp.genkan.access.isolation.IsolationTarget;
import jp.genkan.appliance.Composition;
import jp.genkan.appliance.Settings;
import jp.genkan.appliance.control.ControlServer;
import jp.genkan.appliance.guard.GuardKeeper;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.stage.ScanPool;
import jp.genkan.core.config.ConfigException;
import jp.genkan.core.event.EventQueue;
import jp.genkan.core.event.HealthEvent;
import jp.genkan.core.eventlog.EventLog;
import jp.genkan.core.eventlog.EventLogSettings;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Side;
import jp.genkan.dataplane.bpf.BpfException;
import jp.genkan.dataplane.forward.Switch;
import jp.genkan.dataplane.gate.FailPolicy;
import jp.genkan.dataplane.gate.Gate;
import jp.genkan.dataplane.gate.GatePort;
import jp.genkan.dataplane.gate.GateSettings;
import jp.genkan.dataplane.gate.Heartbeat;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.host.Host;
import jp.genkan.dataplane.host.HostLimits;
import jp.genkan.dataplane.host.HostObserver;
import jp.genkan.dataplane.host.HostTable;
import jp.genkan.dataplane.host.NewsRing;
import jp.genkan.dataplane.host.OuiTable;
import jp.genkan.dataplane.linux.Affinity;
import jp.genkan.dataplane.linux.LinuxException;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.port.HostAddress;
import jp.genkan.dataplane.port.HostPort;
import jp.genkan.dataplane.port.HostPortSettings;
import jp.genkan.dataplane.port.Port;
import jp.genkan.dataplane.port.PortException;
import jp.genkan.dataplane.port.PortSettings;
import jp.genkan.dataplane.port.PortSetup;
import jp.genkan.dataplane.port.Ports;
import jp.genkan.dataplane.port.RingFilters;
import jp.genkan.dataplane.port.RingSize;
import jp.genkan.dataplane.watchdog.SdNotify;
import jp.genkan.dataplane.watchdog.Watchdog;
import jp.genkan.dataplane.watchdog.WatchdogSettings;
import jp.genkan.dataplane.worker.Worker;
import jp.genkan.dataplane.worker.WorkerCounter;
import jp.genkan.urlfilter.source.SiteLists;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running appliance. Starts its parts in the order in which they need each other, and stops them in reverse, so that at every moment
 * a frame is forwarded by exactly one: the kernel or a worker.
 *
 * <pre>
 *   start   state lock ─ interfaces ─ event log ─ guard ─ lists ─ gate (kernel forwards) ─ rings ─ workers ─ control socket ─ gate active ─ watchdog
 *   stop    watchdog ─ gate passive (kernel forwards) ─ workers drain and end flows ─ rings ─ gate ─ guard ─ interfaces ─ event log
 * </pre>
 *
 * <p>Thread rule: {@link #run} by the main thread; what status and control read is safe on any.
 */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private static final Duration LISTS_LOOKED_AT = Duration.ofSeconds(1);

    final Settings settings;
    private final long startedNanos = System.nanoTime();
    private final Instant started = Instant.now();
    private final AtomicInteger policy = new AtomicInteger(1);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<WorkerThread> workers = new ArrayList<>();
    private final List<GateLink> links = new ArrayList<>();

    private volatile @Nullable Gate guardingGate;
    private volatile EngineState state = EngineState.STARTING;
    private volatile Instant since = started;

    final EventLog log;
    final List<EventQueue> queues;
    final HostTable hosts;
    final BoxAddresses ownAddresses;
    final LastSeen lastSeen;
    final AppUsage appUsage;
    final Composition.Policies policies;
    final LiveRules rules;
    final SiteLists sites;
    final LiveSignatures signatures;
    private final WarmUp warmUp;
    final PortSetup setup;
    final GuardKeeper guard;
    final Gate gate;
    final Ports ports;

    /** Starts everything but the control socket; the kernel still forwards. */
    private Engine(Settings settings) throws StartException, InterruptedException {
        this.settings = settings;
        boolean complete = false;
        try {
            opened.add(StateLock.take(settings.stateDirectory()));
            int count = settings.workers();
            this.queues = eventQueues(settings, count);
            this.setup = prepare(settings);
            opened.add(setup);
            this.log = startLog();
            this.guard = new GuardKeeper(count, Composition.heldFlowsMax(settings), log::emit);
            opened.add(guard);
            guard.interfaces(setup.ports());
            List<NewsRing> news = new ArrayList<>();
            for (int worker = 0; worker < count; worker++) {
                news.add(new NewsRing());
            }
            this.hosts = new HostTable(
                    hostLimits(settings),
                    OuiTable.load(settings.ouiFile()),
                    port -> Host.Medium.WIRE,
                    news,
                    log::emit,
                    settings.stateDirectory());
            opened.add(hosts);
            this.lastSeen = new LastSeen(settings.stateDirectory());
            this.ownAddresses = new BoxAddresses(settings.hostInterface());
            ownAddresses.refresh();
            this.rules = new LiveRules(settings);
            opened.add(rules);
            Composition.Policies made = Composition.policies(
                    settings,
                    settings.stateDirectory(),
                    new Resolver(hosts),
                    ownAddresses,
                    InstantSource.system(),
                    rules.base(),
                    log::emit,
                    this::policyChanged);
            ScanPool scans = new ScanPool(
                    made.signatures(), ScanLimits.DEFAULT, settings.antivirus().threads());
            opened.add(scans);
            this.policies = made.with(scans);
            this.signatures = new LiveSignatures(settings, policies.signatures());
            this.appUsage = new AppUsage(policies.watcher().usage(), settings.stateDirectory());
            opened.add(appUsage);
            this.sites = sites();
            opened.add(sites);
            this.gate = Gate.prepare(gatePorts(), count, settings.fail(), gateSettings(settings));
            guardingGate = gate;
            opened.add(gate);
            this.ports = setup.open(count, ringFilters(), new PortNews(this));
            opened.add(ports);
            loadSignatures();
            this.warmUp = new WarmUp(this::rehearsalPipeline, this::framesSent);
            opened.add(warmUp);
            warmUp.meanwhile();
            loadRules();
            sites.load();
            warmUp.begin();
            startWorkers(news);
            complete = true;
        } catch (PortException | BpfException refused) {
            throw new StartException(1, String.valueOf(refused.getMessage()), refused);
        } catch (IllegalArgumentException refused) {
            throw new StartException(3, String.valueOf(refused.getMessage()), refused);
        } finally {
            if (!complete) {
                abandon();
            }
        }
    }

    /** Not loaded yet; compiled tables lie in the state directory. */
    private SiteLists sites() {
        return new SiteLists(
                settings.siteLists(),
                policies.sites(),
                settings.stateDirectory().resolve("sites"),
                InstantSource.system(),
                log::emit,
                this::policyChanged);
    }

    /** Takes seconds for many rules; the kernel forwards meanwhile. */
    private void loadRules() throws StartException {
        try {
            rules.load();
        } catch (IOException unreadable) {
            throw new StartException(3, "rules: " + unreadable.getMessage(), unreadable);
        }
        tellRules();
        System.gc(); // what loading needed is given back now, while no frame waits for it
    }

    private void loadSignatures() throws StartException {
        try {
            signatures.load();
        } catch (IOException unreadable) {
            throw new StartException(3, "signatures: " + unreadable.getMessage(), unreadable);
        }
    }

    /** Says in an event what became of the rules. */
    void tellRules() {
        LiveRules.Status status = rules.status();
        if (status.files() > 0) {
            tell(HealthEvent.of(
                            epochNanos(Instant.now()),
                            "rules_loaded",
                            status.problems().isEmpty() ? HealthEvent.Severity.INFO : HealthEvent.Severity.WARNING,
                            status.loaded() + " rules are in force, "
                                    + status.problems().size() + " are refused.")
                    .with("rules", status.loaded())
                    .with("refused", status.problems().size()));
        }
    }

    /**
     * Runs the appliance until it is told to stop.
     *
     * @return exit code of the process
     * @throws StartException when it cannot start; nothing of it is left
     */
    public static int run(Path file, Map<String, String> set) throws StartException, InterruptedException {
        Settings settings;
        try {
            settings = Settings.forRun(file, set);
        } catch (ConfigException refused) {
            throw new StartException(3, refused.problems());
        }
        Engine engine = new Engine(settings);
        Thread hook = Thread.ofPlatform().name("stop").unstarted(engine::stopAndWait);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            engine.inspect();
        } finally {
            try {
                engine.shutDown();
            } finally {
                engine.stopped.countDown(); // whatever went wrong: who waits for the end must not wait for ever
            }
        }
        return 0;
    }

    /** From here on the workers have the frames, until {@link #stop}. */
    private void inspect() throws StartException, InterruptedException {
        try {
            opened.add(ControlServer.start(settings.stateDirectory(), new EngineControl(this)));
        } catch (IOException failed) {
            throw new StartException(1, String.valueOf(failed.getMessage()), failed);
        }
        gate.activate();
        become(EngineState.INSPECTING);
        sites.watch(LISTS_LOOKED_AT);
        tellUninspected();
        LOG.info("inspecting between {} with {} workers", setup.ports(), workers.size());
        SdNotify systemd = SdNotify.ofEnvironment();
        systemd.ready();
        warmUp.goOn();
        Watchdog watchdog = watchdog(systemd);
        try {
            new Housekeeping(this).runUntil(stop);
        } finally {
            if (watchdog != null) {
                watchdog.close();
            }
        }
        systemd.stopping();
        become(EngineState.STOPPED);
    }

    private @Nullable Watchdog watchdog(SdNotify systemd) {
        HostPort host = setup.hostPort();
        if (!settings.watches() || host == null) {
            return null;
        }
        List<Heartbeat> heartbeats = new ArrayList<>();
        for (int worker = 0; worker < workers.size(); worker++) {
            heartbeats.add(gate.heartbeat(worker));
        }
        Watchdog watchdog =
                new Watchdog(host.name(), heartbeats, WatchdogSettings.DEFAULT, systemd, new WatchdogNews(this));
        watchdog.start();
        return watchdog;
    }

    /** Says from when to when frames were not inspected before this start. */
    private void tellUninspected() {
        Instant before = lastSeen.read();
        if (before != null && before.isBefore(since)) {
            String passed = settings.fail() == FailPolicy.OPEN ? "passed uninspected" : "were stopped";
            tell(HealthEvent.of(
                            epochNanos(since),
                            "not_inspecting",
                            HealthEvent.Severity.WARNING,
                            "The box was not running: frames " + passed + " meanwhile.")
                    .during(epochNanos(before), epochNanos(since)));
        }
    }

    static long epochNanos(Instant instant) {
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }

    /** The process was told to end: SIGTERM, SIGINT, or the end of the terminal. */
    private void stopAndWait() {
        stop.countDown();
        try {
            stopped.await();
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0); // an orderly stop is no failure, whatever the signal
    }

    private void shutDown() throws InterruptedException {
        try {
            gate.deactivate();
            for (WorkerThread worker : workers) {
                worker.stop();
                close(worker.worker());
            }
        } finally {
            closeOpened();
        }
    }

    /** The start failed: everything that it opened or attached goes. */
    private void abandon() {
        Gate begun = guardingGate;
        if (begun != null) {
            try {
                begun.abandon();
            } catch (BpfException failed) {
                LOG.warn("{}; `genkan gate --detach` takes away what is left", failed.getMessage());
            }
        }
        closeOpened();
    }

    private void closeOpened() {
        opened.reversed().forEach(Engine::close);
        opened.clear();
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception failed) {
            LOG.warn("stopping: {}", failed.getMessage(), failed);
        }
    }

    // ---- parts

    private static List<EventQueue> eventQueues(Settings settings, int count) {
        List<EventQueue> queues = new ArrayList<>();
        for (int worker = 0; worker < count; worker++) {
            queues.add(EventQueue.ofOneProducer("worker-" + worker, settings.eventQueue()));
        }
        return List.copyOf(queues);
    }

    private EventLog startLog() {
        Path directory = settings.eventsDirectory();
        EventLog made = new EventLog(
                EventLogSettings.of(directory.resolve("eve.json"), directory.resolve("segments"))
                        .withEve(settings.rotateSize(), settings.rotatedFilesKept())
                        .withPortNames(this::portName),
                queues);
        made.start();
        opened.add(made);
        return made;
    }

    private @Nullable String portName(int number) {
        List<Port> all = setup.ports();
        return number >= 0 && number < all.size() ? all.get(number).name() : null;
    }

    private static PortSetup prepare(Settings settings) throws PortException {
        HostPortSettings host = new HostPortSettings(
                settings.hostInterface(), settings.hostInterface() + "p", HostAddress.parse(settings.hostAddress()));
        return PortSetup.prepare(new PortSettings(
                settings.inside(),
                settings.outside(),
                host,
                new RingSize(settings.ringBlocks()),
                RingSize.HOST,
                settings.stallLimit(),
                PortSettings.BATCH_MAX,
                settings.spin()));
    }

    private static HostLimits hostLimits(Settings settings) {
        HostLimits usual = HostLimits.DEFAULT;
        return new HostLimits(settings.hostsMax(), usual.addressesMax(), usual.newHostEventsPerMinute());
    }

    private static GateSettings gateSettings(Settings settings) {
        return new GateSettings(
                settings.staleAfter().toNanos(), settings.settledFlowsMax(), GateSettings.FRAME_BYTES_MAX);
    }

    private List<GatePort> gatePorts() {
        return setup.ports().stream().map(Engine::gatePort).toList();
    }

    static GatePort gatePort(Port port) {
        return new GatePort(port.number(), port.name(), port.index(), port.side());
    }

    private RingFilters ringFilters() {
        return new RingFilters() {
            @Override
            public int filter(Port port, int worker) {
                return gate.ringFilterFd(worker);
            }

            @Override
            public int selector(Port port) {
                return gate.fanoutSelectorFd();
            }
        };
    }

    private void startWorkers(List<NewsRing> news) throws InterruptedException {
        HostPort host = setup.hostPort();
        Switch wire = new Switch(setup.ports().stream().map(Port::side).toList(), host == null ? 0 : host.mac());
        int count = settings.workers();
        int[] processors = processors();
        for (int number = 0; number < count; number++) {
            Worker worker = worker(number, wire, new HostObserver(news.get(number)));
            int processor =
                    settings.pinsWorkers() && processors.length > 0 ? processors[number % processors.length] : -1;
            WorkerThread thread = new WorkerThread(
                    worker, ports.poller(number), number, processor, () -> become(EngineState.PASSING));
            workers.add(thread);
            thread.start();
        }
    }

    /** Frames that all workers have sent since the start. */
    long framesSent() {
        long sum = 0;
        for (WorkerThread worker : workers) {
            sum += worker.worker().counters().get(WorkerCounter.SENT);
        }
        return sum;
    }

    private PipelineRunner rehearsalPipeline() {
        return Composition.workerPipeline(
                settings,
                policies.forRehearsal(),
                0,
                new HostObserver(new NewsRing()),
                event -> true,
                flow -> {},
                GuardSlots.unread(Composition.heldFlowsMax(settings)),
                (about, toSender, segment, offset, length) -> {});
    }

    private Worker worker(int number, Switch wire, HostObserver observer) {
        int gateStage = Composition.stageCount(settings);
        GateLink link = new GateLink(
                gate,
                number,
                policy,
                settings.staleAfter().toNanos(),
                settings.bypasses(),
                settings.bypassAfterPackets(),
                gateStage);
        links.add(link);
        EventQueue events = queues.get(number);
        return new Worker(
                ports.queues(number),
                wire,
                link,
                output -> Composition.workerPipeline(
                        settings, policies, number, observer, events::offer, link, guard.slots(number), output));
    }

    private static int[] processors() {
        try {
            return Affinity.processors();
        } catch (LinuxException unknown) {
            LOG.warn("workers are not pinned: {}", unknown.getMessage());
            return new int[0];
        }
    }

    // ---- what happens meanwhile

    /** Lists or isolations have changed: what was judged before is judged again. The order matters, see {@link GateLink#settles}. */
    void policyChanged() {
        policy.incrementAndGet();
        Gate guarding = guardingGate;
        if (guarding != null) {
            guarding.bumpGeneration();
        }
    }

    void become(EngineState next) {
        state = next;
        since = Instant.now();
    }

    void tell(HealthEvent event) {
        log.emit(event);
    }

    // ---- what status reads

    EngineState state() {
        return state;
    }

    Instant since() {
        return since;
    }

    Settings settings() {
        return settings;
    }

    List<GateLink> links() {
        return links;
    }

    List<WorkerThread> workers() {
        return workers;
    }

    Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }

    /** Which side a port is on, for people. */
    static String sideName(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    /** What the isolation table asks the host table. */
    private record Resolver(HostTable hosts) implements HostResolver {
        @Override
        public long macOf(Address address) {
            return hosts.macOf(address);
        }

        @Override
        public String nameOf(IsolationTarget target) {
            return switch (target) {
                case IsolationTarget.OfMac known -> hosts.nameOf(known.mac());
                case IsolationTarget.OfAddress known -> hosts.nameOf(hosts.macOf(known.address()));
            };
        }
    }
}
