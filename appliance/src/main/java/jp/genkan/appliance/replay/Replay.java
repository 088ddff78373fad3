package jp.genkan.appliance.replay;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Objects;
import jp.genkan.access.address.OwnAddresses;
import jp.genkan.access.isolation.HostResolver;
import jp.genkan.appliance.AntivirusSettings;
import jp.genkan.appliance.Composition;
import jp.genkan.appliance.Settings;
import jp.genkan.av.load.SignatureLoader;
import jp.genkan.core.capture.CaptureException;
import jp.genkan.core.capture.CaptureReader;
import jp.genkan.core.capture.CaptureWriter;
import jp.genkan.core.capture.TimeResolution;
import jp.genkan.core.config.ConfigException;
import jp.genkan.core.decode.ChecksumPolicy;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.EventSink;
import jp.genkan.core.event.StatsEvent;
import jp.genkan.core.eventlog.EveFile;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.flow.FlowTable;
import jp.genkan.dataplane.hold.HeldFrames;
import jp.genkan.dataplane.hold.HoldSettings;
import jp.genkan.dataplane.hold.Holding;
import jp.genkan.dataplane.hold.HoldingFactory;
import jp.genkan.dataplane.hold.SegmentOutput;
import jp.genkan.dataplane.pipeline.FrameOutput;
import jp.genkan.dataplane.pipeline.PipelineRunner;
import jp.genkan.dataplane.stream.StreamPlaces;
import jp.genkan.ips.classification.References;
import jp.genkan.ips.engine.RuleBase;
import jp.genkan.urlfilter.source.SiteLists;
import jp.genkan.urlfilter.source.SitePlan;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one {@link ReplayJob}: each frame of a capture goes through the same pipeline as on a live box, on one thread, and capture time is
 * the clock.
 *
 * <p>Thread rule: one thread; jobs share nothing.
 */
public final class Replay {
    /** Flows looked at for time-outs after each frame. */
    private static final int EXPIRE_MAX = 16;

    /** Octets of a capture for each flow there is room for: fewer than the shortest header of a flow takes, four times over. */
    private static final int OCTETS_A_FLOW = 5;

    private static final int FLOWS_MIN = 1_024;

    private static final long NANOS_A_SECOND = 1_000_000_000L;
    private static final int SNAP_LENGTH = 262_144;
    /** Problems of lists of sites that a result holds: more than a person reads. */
    private static final int SITE_PROBLEMS_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Replay.class);

    private final ReplayJob job;
    private final ReplayResult result;
    private final Progress progress;
    private SuricataYaml yaml = SuricataYaml.NONE;
    private @Nullable RuleBase rules;
    private long clockNanos;

    private Replay(ReplayJob job, Progress progress) {
        this.job = job;
        this.result = new ReplayResult(job.id());
        this.progress = progress;
    }

    /** Is told how far a replay is. */
    @FunctionalInterface
    public interface Progress {
        /** So many frames and octets of the file are behind. */
        void at(long framesRead, long octetsRead, long octetsInAll);
    }

    /**
     * Runs a job to its end, whatever that is, and writes its result.
     *
     * @throws IOException when the result cannot be written
     */
    public static ReplayResult run(ReplayJob job, Progress progress) throws IOException {
        return new Replay(job, progress).run();
    }

    private ReplayResult run() throws IOException {
        long started = System.nanoTime();
        Files.createDirectories(job.out());
        Files.deleteIfExists(job.out().resolve("result.json"));
        try {
            Settings settings = Settings.forReplay(job.config(), job.set());
            readSuricataYaml();
            if (job.content() != null && !Files.isDirectory(job.content())) {
                result.fail(ReplayResult.REFUSED, job.content() + ": no such content folder");
                return finish(started);
            }
            InsideNetworks inside = InsideNetworks.of(job.inside());
            ReplayRules loader = new ReplayRules(job, yaml.rules(), result);
            rules = loader.load(settings.ruleFiles(), yaml.handshakes());
            if (result.exit() != ReplayResult.DONE) {
                return finish(started);
            }
            try (CaptureReader capture = CaptureReader.open(job.pcap())) {
                replay(capture, settings, inside);
            }
            loader.save();
        } catch (CaptureException | IllegalArgumentException refused) {
            result.fail(ReplayResult.REFUSED, String.valueOf(refused.getMessage()));
        } catch (ConfigException refused) {
            refused.problems().forEach(line -> result.fail(ReplayResult.REFUSED, line));
        } catch (IOException failed) {
            result.fail(ReplayResult.FAILED, String.valueOf(failed.getMessage()));
        } catch (RuntimeException fault) {
            LOG.error("replay of {} failed after {} frames", job.pcap(), result.framesIn, fault);
            result.fail(ReplayResult.FAILED, "frame " + result.framesIn + ": internal fault: " + fault);
        }
        return finish(started);
    }

    private ReplayResult finish(long started) throws IOException {
        result.seconds = (System.nanoTime() - started) / 1e9;
        result.writeTo(job.out());
        return result;
    }

    private void readSuricataYaml() throws IOException {
        Path file = job.suricataYaml();
        if (file != null) {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException(file + ": no such file");
            }
            yaml = SuricataYaml.read(file);
            yaml.unsupported().forEach(result::unsupported);
        }
    }

    private void replay(CaptureReader capture, Settings settings, InsideNetworks inside) throws IOException {
        Packet packet = new Packet();
        boolean any = capture.next(packet);
        LinkType link = capture.linkType();
        int linkNumber = capture.linkNumber();
        if (link == null) {
            throw unknownLink(linkNumber);
        }
        EveOptions eve = yaml.eve();
        ReplayStats stats = new ReplayStats();
        try (EveFile log = new EveFile(
                        job.out().resolve("eve.json"),
                        ZoneId.systemDefault(),
                        eve.common(job.pcap().toString()));
                Forwarded forwarded = new Forwarded(writer(capture, linkNumber));
                PipelineRunner runner = pipeline(
                        settings,
                        flowsMax(settings, capture),
                        link,
                        event -> {
                            stats.note(event);
                            return !yaml.writes(event) || eve.emit(event, log::emit);
                        },
                        forwarded)) {
            long nanos = 0;
            long began = packet.epochNanos;
            while (any) {
                LinkType frameLink = capture.linkType();
                if (frameLink == null) {
                    throw unknownLink(capture.linkNumber());
                }
                nanos = Math.max(nanos, packet.epochNanos);
                clockNanos = nanos;
                step(runner, forwarded, packet, frameLink, inside, nanos);
                progress.at(result.framesIn, capture.offset(), capture.size());
                any = capture.next(packet);
            }
            runner.endAll();
            forwarded.flush();
            StatsEvent counted = stats.event(
                    nanos, (nanos - began) / NANOS_A_SECOND, result.framesIn, result.bytesIn, job.inline(), runner);
            if (yaml.writes(counted)) {
                log.emit(counted);
            }
            result.framesOut = forwarded.count();
        }
        String problem = capture.problem();
        if (problem != null) {
            result.warn(problem);
        }
    }

    private IllegalArgumentException unknownLink(int number) {
        return new IllegalArgumentException(job.pcap() + ": link type " + number + " is not one that the box knows");
    }

    /** As configured, but no more than the capture can have: a small one is not to wait until room for a hundred thousand is made. */
    private static int flowsMax(Settings settings, CaptureReader capture) {
        return (int) Math.min(settings.flowsMax(), Math.max(FLOWS_MIN, capture.size() / OCTETS_A_FLOW));
    }

    private PipelineRunner pipeline(Settings settings, int flowsMax, LinkType link, EventSink events, Forwarded output)
            throws IOException {
        Composition.Policies policies = Composition.policies(
                settings,
                job.out(),
                HostResolver.NONE,
                OwnAddresses.NONE,
                () -> Instant.ofEpochSecond(0, clockNanos),
                Objects.requireNonNull(rules),
                events,
                () -> {});
        loadSites(settings, policies);
        loadSignatures(settings, policies);
        return Composition.replayPipeline(
                settings,
                flowsMax,
                policies,
                job.inline() ? Composition.Mode.REPLAY_INLINE : Composition.Mode.REPLAY_PASSIVE,
                job.ignoreChecksums() || yaml.ignoresChecksums()
                        ? ChecksumPolicy.IGNORE
                        : ChecksumPolicy.VERIFY_CAPTURE,
                settings.application()
                        .passingOver(yaml.disabledProtocols())
                        .decodingResponses(yaml.responseCodingsMax())
                        .tellingFrames(yaml.tellsFrames()),
                yaml.tuning(references(), job.inline()),
                link == LinkType.ETHERNET,
                events,
                output,
                job.inline() && settings.antivirus().holds() ? output::holding : HoldingFactory.NONE);
    }

    /** Lists of the configuration and of the content folder; what is wrong with them is told, and ends nothing. */
    private void loadSites(Settings settings, Composition.Policies policies) {
        Path content = job.content();
        SitePlan plan =
                content == null ? settings.siteLists() : settings.siteLists().withContent(content);
        if (plan.isEmpty()) {
            return;
        }
        InstantSource clock = () -> Instant.ofEpochSecond(0, clockNanos);
        try (SiteLists sites = new SiteLists(plan, policies.sites(), null, clock, event -> {}, () -> {})) {
            sites.load();
            sites.problems().stream().limit(SITE_PROBLEMS_MAX).forEach(result::warn);
        }
    }

    private void loadSignatures(Settings settings, Composition.Policies policies) throws IOException {
        AntivirusSettings antivirus = settings.antivirus();
        if (!antivirus.isOn()) {
            return;
        }
        Path content = job.content();
        SignatureLoader loader = new SignatureLoader(null, antivirus.heuristics());
        policies.signatures().replace(loader.load(SignatureLoader.files(antivirus.places(content)), content == null));
        loader.problems().stream().limit(SITE_PROBLEMS_MAX).forEach(result::warn);
    }

    private References references() throws IOException {
        Path file = yaml.rules().referenceFile();
        return file == null ? References.stock() : References.read(file);
    }

    private void step(
            PipelineRunner runner,
            Forwarded forwarded,
            Packet packet,
            LinkType link,
            InsideNetworks inside,
            long nanos) {
        result.framesIn++;
        result.bytesIn += packet.frameLength;
        packet.captureNumber = result.framesIn;
        runner.expire(nanos, EXPIRE_MAX);
        runner.decode(packet, link);
        inside.setSide(packet);
        forwarded.judged(packet, runner.inspect(packet, nanos));
        runner.batchEnded();
    }

    private @Nullable CaptureWriter writer(CaptureReader capture, int linkNumber) throws IOException {
        if (!job.inline()) {
            return null;
        }
        TimeResolution resolution = capture.isNanosecond() ? TimeResolution.NANOSECONDS : TimeResolution.MICROSECONDS;
        return new CaptureWriter(job.out().resolve("forwarded.pcap"), linkNumber, SNAP_LENGTH, resolution);
    }

    /** A capture's frames wait in memory: as many as make one large mail and what comes beside it. */
    private static final HoldSettings HELD = new HoldSettings(256L << 20, Integer.MAX_VALUE);

    /** What the box would have put on the wire. */
    private static final class Forwarded implements FrameOutput, AutoCloseable {
        private final @Nullable CaptureWriter writer;
        private long frames;
        private @Nullable IOException failure;
        private @Nullable HeldFrames held;

        Forwarded(@Nullable CaptureWriter writer) {
            this.writer = writer;
        }

        /** What the pipeline holds directions with. */
        Holding holding(StreamPlaces places, FlowTable flows, SegmentOutput output, boolean ethernet) {
            HeldFrames made = new HeldFrames(HELD, places, this::write);
            held = made;
            return made;
        }

        void judged(Packet frame, boolean goesOn) {
            HeldFrames holding = held;
            if (holding != null) {
                holding.frame(frame, goesOn);
            } else if (goesOn) {
                write(frame.epochNanos, frame.segment(), frame.frameOffset, frame.frameLength, frame.wireLength);
            }
        }

        @Override
        public void inject(Packet about, boolean toSender, MemorySegment segment, long offset, int length) {
            HeldFrames holding = held;
            if (holding != null) {
                holding.made(about.epochNanos, segment, offset, length);
            } else {
                write(about.epochNanos, segment, offset, length, length);
            }
        }

        private void write(long epochNanos, MemorySegment bytes, long offset, int length, int wireLength) {
            frames++;
            if (writer == null || failure != null) {
                return;
            }
            try {
                writer.write(epochNanos, bytes, offset, length, wireLength);
            } catch (IOException failed) {
                failure = failed;
            }
        }

        /** Nothing waits any more. */
        void flush() {
            if (held != null) {
                held.flush();
            }
        }

        long count() {
            return frames;
        }

        @Override
        public void close() throws IOException {
            if (writer != null) {
                writer.close();
            }
            if (failure != null) {
                throw failure;
            }
        }
    }
}
