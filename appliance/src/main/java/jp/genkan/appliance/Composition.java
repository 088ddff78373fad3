package jp.genkan.appliance;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import jp.genkan.access.address.AddressSet;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.isolation.HostResolver;
import jp.genkan.access.isolation.IsolationPolicy;
import jp.genkan.access.isolation.IsolationStage;
import jp.genkan.access.isolation.IsolationTable;
import jp.genkan.access.reputation.ListLimits;
import jp.genkan.access.reputation.ReputationLists;
import jp.genkan.access.reputation.ReputationStage;
import jp.genkan.appcontrol.behaviour.BehaviourWatch;
import jp.genkan.appcontrol.definition.DefinitionBase;
import jp.genkan.appcontrol.stage.AppStage;
import jp.genkan.appcontrol.stage.FlowWatcher;
import jp.genkan.appcontrol.usage.UsageBook;
import jp.genkan.av.password.PasswordBook;
import jp.genkan.av.scan.ScanLimits;
import jp.genkan.av.stage.AvSettings;
import jp.genkan.av.stage.AvStage;
import jp.genkan.av.stage.PastFile;
import jp.genkan.av.stage.ScanPool;
import jp.genkan.av.stage.SignatureBase;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.event.Event;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.fragment.FragmentLimits;
import jp.genkan.core.fragment.IpReassembler;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.dataplane.application.ApplicationSettings;
import jp.genkan.dataplane.flow.FlowEndListener;
import jp.genkan.dataplane.flow.FlowLimits;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.guard.GuardSlots;
import jp.genkan.dataplane.hold.HoldSettings;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.host.HostObserver;
import jp.genkan.dataplane.linux.Memory;
import jp.genkan.dataplane.pipeline.FrameOutput;
import jp.genkan.dataplane.pipeline.PipelineParts;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.stream.LimitPolicy;
import jp.genkan.dataplane.stream.StreamLimits;
import jp.genkan.dataplane.stream.StreamMode;
import jp.genkan.dataplane.stream.StreamReassembler;
import jp.genkan.ips.engine.IpsSettings;
import jp.genkan.ips.engine.IpsStage;
import jp.genkan.ips.engine.RuleBase;
import jp.genkan.protocols.dns.ResolvedNames;
import jp.genkan.urlfilter.site.SiteBase;
import jp.genkan.urlfilter.stage.UrlSettings;
import jp.genkan.urlfilter.stage.UrlStage;
import jp.genkan.urlfilter.visit.Visits;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of the path of a frame are put together, for a live box and for a replay alike. {@link #stages} is the one list of engines:
 * adding one is a class and a line there.
 *
 * <p>Thread rule: the thread that starts the box; each pipeline then belongs to its worker.
 */
public final class Composition {
    private Composition() {}

    /**
     * What all workers share: the lists and policies that stages judge by.
     *
     * @param reputation address lists
     * @param isolations who is cut off
     * @param isolationPolicy what a machine that is cut off may still do
     * @param rules of the intrusion prevention
     * @param names by which servers were looked up lately
     * @param applications what applications are known by
     * @param watcher adds up what machines use and do
     * @param sites lists of sites
     * @param visits who goes to those
     * @param signatures of viruses
     * @param secrets passwords of mails
     * @param scans looks at files off the path of the frame; null where workers look at all of them
     */
    public record Policies(
            ReputationLists reputation,
            IsolationTable isolations,
            IsolationPolicy isolationPolicy,
            RuleBase rules,
            ResolvedNames names,
            DefinitionBase applications,
            FlowWatcher watcher,
            SiteBase sites,
            Visits visits,
            SignatureBase signatures,
            PasswordBook<PastFile> secrets,
            @Nullable ScanPool scans) {
        /** The same for traffic that is made up: what is learned from it goes nowhere. */
        public Policies forRehearsal() {
            return new Policies(
                    reputation,
                    isolations,
                    isolationPolicy,
                    rules.forRehearsal(),
                    newNames(),
                    applications,
                    new FlowWatcher(new UsageBook(ZoneId.systemDefault()), new BehaviourWatch()),
                    sites,
                    new Visits(ZoneId.systemDefault()),
                    signatures,
                    new PasswordBook<>(),
                    null);
        }

        /** The same with a pool that looks at files. */
        public Policies with(ScanPool pool) {
            return new Policies(
                    reputation,
                    isolations,
                    isolationPolicy,
                    rules,
                    names,
                    applications,
                    watcher,
                    sites,
                    visits,
                    signatures,
                    secrets,
                    pool);
        }

        private static ResolvedNames newNames() {
            return new ResolvedNames(
                    ResolvedNames.ANSWERS_MAX, RandomGenerator.getDefault().nextLong());
        }
    }

    /**
     * Loads the lists and restores the isolations.
     *
     * @param stateDirectory where isolations are kept
     * @param hosts who is who
     * @param events takes what is noticed about lists and isolations
     * @param onChange called when flows have to be judged again
     * @throws IllegalArgumentException with place and reason when a setting cannot be used
     */
    public static Policies policies(
            Settings settings,
            Path stateDirectory,
            HostResolver hosts,
            OwnAddresses ownAddresses,
            InstantSource clock,
            RuleBase rules,
            EventSink events,
            Runnable onChange) {
        Consumer<Event> teller = events::emit;
        ReputationLists reputation = new ReputationLists(
                settings.reputationLists(),
                settings.reputationExceptions(),
                ListLimits.DEFAULT,
                ownAddresses,
                clock,
                teller,
                onChange);
        IsolationPolicy policy = new IsolationPolicy(
                new AddressSet(settings.isolationExceptions()),
                new AddressSet(settings.isolationGateways()),
                settings.isolatedMayUseDhcp() ? IsolationPolicy.Dhcp.PASS : IsolationPolicy.Dhcp.CUT);
        IsolationTable isolations =
                new IsolationTable(stateDirectory, hosts, policy, ownAddresses, clock, teller, onChange);
        ResolvedNames names = Policies.newNames();
        DefinitionBase applications = new DefinitionBase(settings.appControl().definitions());
        FlowWatcher watcher = new FlowWatcher(new UsageBook(ZoneId.systemDefault()), new BehaviourWatch());
        return new Policies(
                reputation,
                isolations,
                policy,
                rules,
                names,
                applications,
                watcher,
                new SiteBase(),
                new Visits(ZoneId.systemDefault()),
                new SignatureBase(),
                new PasswordBook<>(),
                null);
    }

    /** The engines, in the order in which they see a packet. */
    static List<Stage> stages(Settings settings, Policies policies, Mode mode, Tuning tuning) {
        List<Stage> stages = new ArrayList<>();
        stages.add(new IsolationStage(policies.isolations(), policies.isolationPolicy()));
        stages.add(new ReputationStage(policies.reputation()));
        stages.add(new UrlStage(new UrlSettings(
                policies.sites(),
                mode != Mode.REPLAY_PASSIVE,
                settings.urlFilter().dns(),
                settings.urlFilter().page(),
                policies.visits())));
        stages.add(new IpsStage(new IpsSettings(
                policies.rules()::current,
                policies.rules().thresholds(),
                mode != Mode.REPLAY_PASSIVE,
                policies.rules().handshakes(),
                Objects.requireNonNullElse(tuning.alertsPerPacket(), settings.alertsPerPacket()),
                tuning.alerts(),
                tuning.bodies(),
                Objects.requireNonNullElse(tuning.ruleStreamDepth(), settings.ruleStreamDepth()))));
        stages.add(new AvStage(antivirus(settings.antivirus(), policies, mode)));
        stages.add(new AppStage(policies.applications(), policies.watcher()));
        if (settings.streamScope() == Settings.StreamScope.ALL) {
            stages.add(new NormaliseStage());
        }
        return stages;
    }

    /** By which people know the box. */
    private static final String BOX_NAME = "Genkan";

    private static AvSettings antivirus(AntivirusSettings antivirus, Policies policies, Mode mode) {
        return new AvSettings(
                policies.signatures(),
                mode != Mode.REPLAY_PASSIVE,
                policies.scans(),
                ScanLimits.DEFAULT,
                antivirus.fileOctetsMax(),
                antivirus.memoryOctets(),
                Memory::zeroed,
                policies.secrets(),
                antivirus.patience(),
                antivirus.holds(),
                BOX_NAME);
    }

    /** Engines that are always there. */
    private static final int ENGINES = 6;

    /** How many slots of a flow the stages and the application layer take; the gate has the one behind them. */
    public static int stageCount(Settings settings) {
        return settings.streamScope() == Settings.StreamScope.ALL ? ENGINES + 2 : ENGINES + 1;
    }

    /**
     * The pipeline of one worker.
     *
     * @param worker its number
     * @param hosts notes machines
     * @param events where events go
     * @param flowEnds is told of flows that have ended
     * @param guard notes what is held
     * @param output where frames go that leave otherwise than by the pipeline's answer
     */
    public static PipelineRunner workerPipeline(
            Settings settings,
            Policies policies,
            int worker,
            HostObserver hosts,
            EventSink events,
            FlowEndListener flowEnds,
            GuardSlots guard,
            FrameOutput output) {
        List<Stage> stages = stages(settings, policies, Mode.LIVE, Tuning.NONE);
        FlowTable flows = new FlowTable(
                FlowLimits.withFlowsMax(settings.flowsMax()),
                stages.size() + 2, // the application layer's and the gate's own slot are the last
                worker,
                RandomGenerator.getDefault().nextLong());
        return new PipelineRunner(
                parts(
                        settings,
                        policies,
                        settings.application(),
                        stages,
                        flows,
                        hosts,
                        events,
                        flowEnds,
                        ChecksumPolicy.VERIFY,
                        Mode.LIVE,
                        Tuning.NONE,
                        holding(settings, guard)),
                output);
    }

    private static HoldingFactory holding(Settings settings, GuardSlots guard) {
        return heldFlowsMax(settings) > 0 ? HoldingFactory.live(HoldSettings.DEFAULT, guard) : HoldingFactory.NONE;
    }

    /** Directions that each worker of a box holds at most; 0 when nothing is held. */
    public static int heldFlowsMax(Settings settings) {
        boolean holds = settings.antivirus().isOn() && settings.antivirus().holds();
        return holds ? HoldSettings.DEFAULT.flowsMax() : 0;
    }

    /** What a pipeline is for. */
    public enum Mode {
        /** A worker of a box. */
        LIVE,
        /** A capture as if the box had forwarded it. */
        REPLAY_INLINE,
        /** A capture that is only looked at. */
        REPLAY_PASSIVE
    }

    /**
     * The pipeline of a replay; the same capture gives the same events each time.
     *
     * @param application how applications are read
     * @param flowsMax most flows at a time
     * @param tuning what is done otherwise than on the box
     * @param ethernet true when frames begin with MAC addresses
     * @param holding holds directions
     */
    public static PipelineRunner replayPipeline(
            Settings settings,
            int flowsMax,
            Policies policies,
            Mode mode,
            ChecksumPolicy checksums,
            ApplicationSettings application,
            Tuning tuning,
            boolean ethernet,
            EventSink events,
            FrameOutput output,
            HoldingFactory holding) {
        List<Stage> stages = stages(settings, policies, mode, tuning);
        FlowLimits limits = FlowLimits.withFlowsMax(flowsMax).with(tuning.timeouts());
        FlowTable flows = new FlowTable(limits, stages.size() + 1, 0, REPLAY_SEED);
        PipelineParts parts = parts(
                settings,
                policies,
                application,
                stages,
                flows,
                null,
                events,
                flow -> {},
                checksums,
                mode,
                tuning,
                holding);
        return new PipelineRunner(ethernet ? parts : parts.withoutEthernet(), output);
    }

    private static final long REPLAY_SEED = 1;

    private static PipelineParts parts(
            Settings settings,
            Policies policies,
            ApplicationSettings application,
            List<Stage> stages,
            FlowTable flows,
            @Nullable HostObserver hosts,
            EventSink events,
            FlowEndListener flowEnds,
            ChecksumPolicy checksums,
            Mode mode,
            Tuning tuning,
            HoldingFactory holding) {
        boolean passive = mode == Mode.REPLAY_PASSIVE;
        // Holding back and normalising begin where an engine has something to look for.
        boolean looking = settings.streamScope() == Settings.StreamScope.ALL
                || mode == Mode.LIVE && settings.hasRules()
                || !settings.ruleFiles().isEmpty()
                || !policies.rules().current().isEmpty()
                || mode == Mode.LIVE && !settings.siteLists().isEmpty()
                || mode == Mode.LIVE && settings.antivirus().isOn()
                || !policies.signatures().current().isEmpty()
                || !policies.sites().current().isEmpty();
        FrameDecoder decoder = new FrameDecoder(checksums);
        return new PipelineParts(
                decoder,
                new IpReassembler(fragments(tuning), decoder),
                hosts,
                flows,
                new StreamReassembler(
                        mode(passive, looking, tuning),
                        tuning.streams().overlaps(),
                        tuning.streams().urgent(),
                        tuning.streams().invalid(),
                        LimitPolicy.OPEN,
                        StreamLimits.DEFAULT),
                stages,
                application,
                events,
                flowEnds,
                settings.tellsFlows(),
                true,
                !passive,
                tuning.drops(),
                tuning.streams().midstream(),
                mode == Mode.LIVE ? settings.anomaliesPerSecond() : Integer.MAX_VALUE,
                policies.names(),
                holding);
    }

    /** Receivers put fragments together by the same habits as segments. */
    private static FragmentLimits fragments(Tuning tuning) {
        FragmentLimits box = FragmentLimits.DEFAULT;
        return new FragmentLimits(
                box.datagramsMax(),
                box.fragmentsMax(),
                box.timeoutNanos(),
                jp.genkan.core.fragment.OverlapPolicy.valueOf(
                        tuning.streams().overlaps().name()));
    }

    /** A capture that is only looked at is read as its receivers acknowledge it, or at once where that is asked for. */
    private static StreamMode mode(boolean passive, boolean looking, Tuning tuning) {
        if (passive) {
            StreamMode waiting =
                    tuning.streams().midstream().oneSided() ? StreamMode.ACKNOWLEDGED : StreamMode.ACKNOWLEDGED_ONLY;
            return tuning.inlineStreams() ? StreamMode.PASSIVE : waiting;
        }
        return looking ? StreamMode.INLINE : StreamMode.PASSIVE;
    }
}
