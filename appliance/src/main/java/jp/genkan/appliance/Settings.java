package jp.genkan.appliance;

import static jp.genkan.core.config.ConfigKey.key;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jp.genkan.access.address.AddressException;
import jp.genkan.access.reputation.ReputationList;
import jp.genkan.core.config.Config;
import jp.genkan.core.config.ConfigException;
import jp.genkan.core.config.ConfigKey;
import jp.genkan.core.config.ConfigObject;
import jp.genkan.core.config.ConfigSchema;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.core.frame.Network;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.dataplane.application.ApplicationSettings;
import jp.genkan.dataplane.gate.FailPolicy;
import jp.genkan.dataplane.host.OuiTable;
import jp.genkan.dataplane.port.PortSettings;
import jp.genkan.dataplane.port.RingSize;
import jp.genkan.ips.policy.RuleExemption;
import jp.genkan.protocols.file.HashChoice;
import jp.genkan.urlfilter.source.SitePlan;
import org.jspecify.annotations.Nullable;

/** Every setting of the appliance, with its default and what it is good for. {@code genkan config} prints them. */
public final class Settings {
    private static final ConfigKey<List<String>> INSIDE = key(
                    "ports.inside", "Interfaces towards the LAN: the switch, later the Wi-Fi")
            .strings()
            .required();
    private static final ConfigKey<List<String>> OUTSIDE =
            key("ports.outside", "Interfaces towards the VPN router").strings().required();

    private static final ConfigKey<String> HOST_ADDRESS = key(
                    "host.address",
                    "The box's own address on the wire: dhcp, none, or an address with its prefix length")
            .string()
            .orElse("none");
    private static final ConfigKey<String> HOST_INTERFACE = key(
                    "host.interface", "Name of the interface that has the box's own address")
            .string()
            .orElse("genkan0");

    private static final ConfigKey<FailPolicy> FAIL = key(
                    "fail", "What happens to frames while nobody can inspect them")
            .choice(FailPolicy.class)
            .orElse(FailPolicy.OPEN);
    private static final ConfigKey<Integer> WORKERS =
            key("workers", "Threads that inspect, one a core").integer(1, 64).optional("one a core");
    private static final ConfigKey<Boolean> PIN =
            key("pin-workers", "Each worker stays on a core of its own").bool().orElse(false);
    private static final ConfigKey<Integer> RING_BLOCKS = key(
                    "ring.blocks", "Memory of each receive ring in MiB; 15 frames of any size fit in one")
            .integer(1, RingSize.BLOCKS_MAX)
            .orElse(RingSize.PORT.blocks());
    private static final ConfigKey<Duration> STALL_LIMIT = key(
                    "ring.stall-limit", "What has waited in a ring for longer after a stall of the worker is dropped")
            .duration(Duration.ofMillis(1), Duration.ofSeconds(10))
            .orElse(PortSettings.STALL_LIMIT);
    private static final ConfigKey<Duration> SPIN = key(
                    "ring.spin",
                    "How long a worker looks for the next frame before it sleeps; shortens latency, costs CPU time")
            .duration(Duration.ZERO, Duration.ofMillis(10))
            .orElse(Duration.ZERO);

    private static final ConfigKey<Boolean> GATE_BYPASS = key(
                    "gate.bypass", "Flows that no engine needs to see any more are forwarded by the kernel")
            .bool()
            .orElse(true);
    private static final ConfigKey<Integer> GATE_BYPASS_AFTER = key(
                    "gate.bypass-after", "Packets of a flow before the kernel may forward it")
            .integer(1, 1_000_000)
            .orElse(16);
    private static final ConfigKey<Integer> GATE_FLOWS = key(
                    "gate.flows-max", "Flows that the kernel can forward by itself")
            .integer(16, 1 << 24)
            .orElse(65_536);
    private static final ConfigKey<Duration> GATE_STALE = key(
                    "gate.stale-after", "A worker without a sign of life for this long is taken for dead")
            .duration(Duration.ofMillis(20), Duration.ofSeconds(10))
            .orElse(Duration.ofMillis(100));
    private static final ConfigKey<Boolean> WATCHDOG = key(
                    "watchdog", "Sends a probe through the data path each second, and feeds systemd's watchdog")
            .bool()
            .orElse(true);

    private static final ConfigKey<Integer> FLOWS_MAX =
            key("flow.max", "Live flows of each worker").integer(16, 1 << 24).orElse(131_072);
    private static final ConfigKey<StreamScope> STREAM_INSPECT = key(
                    "stream.inspect",
                    "Whose TCP streams are held back and normalised: those in which an engine looks for something, or all")
            .choice(StreamScope.class)
            .orElse(StreamScope.REQUESTED);

    private static final ConfigKey<Boolean> FILES_MD5 =
            key("files.md5", "The MD5 of each file is made").bool().orElse(true);
    private static final ConfigKey<Boolean> FILES_SHA1 = key(
                    "files.sha1", "The SHA-1 of each file is made, not only where a rule asks for it")
            .bool()
            .orElse(false);
    private static final ConfigKey<Boolean> FILES_SHA256 =
            key("files.sha256", "The SHA-256 of each file is made").bool().orElse(true);
    private static final ConfigKey<List<AppProtocol>> PASSED_OVER = key(
                    "protocols.passed-over", "Application protocols that are not read, such as smb")
            .choices(AppProtocol.class)
            .orElse(List.of());

    private static final ConfigKey<List<String>> ISOLATION_EXCEPTIONS = key(
                    "isolation.exceptions", "Addresses that an isolated machine may still talk to: the help desk")
            .strings()
            .orElse(List.of());
    private static final ConfigKey<List<String>> ISOLATION_GATEWAYS = key(
                    "isolation.gateways", "Routers that an isolated machine may still ask for, to reach the help desk")
            .strings()
            .orElse(List.of());
    private static final ConfigKey<Boolean> ISOLATION_DHCP = key(
                    "isolation.dhcp", "An isolated machine may renew its address")
            .bool()
            .orElse(false);

    private static final ConfigKey<Integer> HOSTS_MAX = key("hosts.max", "Machines that the host table remembers")
            .integer(16, 65_536)
            .orElse(4_096);
    private static final ConfigKey<Path> HOSTS_OUI = key(
                    "hosts.oui", "IEEE's list of makers; without it machines have no maker")
            .path()
            .orElse(OuiTable.DEFAULT_DIRECTORY);

    private static final ConfigKey<Path> EVENTS_DIRECTORY = key(
                    "events.directory", "Where eve.json and the segments are written")
            .path()
            .orElse(Path.of("/var/log/genkan"));
    private static final ConfigKey<Long> EVENTS_ROTATE = key("events.rotate-size", "Size at which eve.json is rotated")
            .size(1 << 16, 1L << 40)
            .orElse(64L << 20);
    private static final ConfigKey<Integer> EVENTS_KEEP =
            key("events.keep", "Rotated files that are kept").integer(0, 1_000).orElse(8);
    private static final ConfigKey<Integer> EVENTS_QUEUE = key(
                    "events.queue", "Events that may wait for the disk, for each worker")
            .integer(64, 1 << 20)
            .orElse(16_384);
    private static final ConfigKey<Integer> EVENTS_ANOMALIES = key(
                    "events.anomalies-per-second", "Most anomaly events a second, for each worker")
            .integer(0, 1_000_000)
            .orElse(100);
    private static final ConfigKey<Boolean> EVENTS_FLOWS =
            key("events.flows", "An event for each flow at its end").bool().orElse(true);
    private static final ConfigKey<Duration> EVENTS_STATS = key(
                    "events.stats-interval", "Time between two stats events")
            .duration(Duration.ofSeconds(1), Duration.ofDays(1))
            .orElse(Duration.ofSeconds(60));

    private static final ConfigKey<Path> STATE_DIRECTORY = key(
                    "state.directory", "Control socket, isolations, machines")
            .path()
            .orElse(Path.of("/var/lib/genkan"));
    private static final ConfigKey<Path> CONTENT = key("content", "Content folder to use instead of the default")
            .path()
            .optional("the default content");
    private static final ConfigKey<List<Network>> IPS_HOME = key(
                    "ips.home-networks", "Networks that rules call HOME_NET; private addresses where it is empty")
            .networks()
            .orElse(List.of());
    private static final ConfigKey<Integer> IPS_ALERTS = key(
                    "ips.alerts-per-packet", "Events that the rules of one packet may write")
            .integer(1, 255)
            .orElse(15);
    private static final ConfigKey<Long> IPS_STREAM_DEPTH = key(
                    "ips.stream-depth",
                    "Octets of each direction of a connection that rules about payloads look at; 0 for all")
            .size(0, 1L << 40)
            .orElse(1L << 20);
    private static final ConfigKey<List<Path>> IPS_RULES = key("ips.rules", "Rule files in addition to the content set")
            .paths()
            .orElse(List.of());

    private static final ConfigKey<Boolean> IPS_STARTER = key(
                    "ips.starter-rules", "The few rules that the box comes with are in force")
            .bool()
            .orElse(true);
    private static final ConfigKey<Path> IPS_POLICY = key(
                    "ips.policy", "Lines that are asked before those of the default policy")
            .path()
            .optional("the default policy alone");
    private static final ConfigKey<String> IPS_EXCEPTION_SID = key(
                    "sid", "The rule's number, with its gid before a colon unless that is 1")
            .string()
            .required();
    private static final ConfigKey<String> IPS_EXCEPTION_ADDRESS = key(
                    "address", "An address, a network or a range at one end")
            .string()
            .optional("everybody");
    private static final ConfigKey<String> IPS_EXCEPTION_UNTIL =
            key("until", "Last day of the exception, as 2027-03-31").string().required();
    private static final ConfigKey<String> IPS_EXCEPTION_BY =
            key("by", "Who asked for it").string().required();
    private static final ConfigKey<String> IPS_EXCEPTION_REASON =
            key("reason", "Why").string().orElse("");
    private static final ConfigKey<List<ConfigObject>> IPS_EXCEPTIONS = key(
                    "ips.exceptions", "Rules that neither speak nor act for an address, until a day")
            .objects(
                    IPS_EXCEPTION_SID,
                    IPS_EXCEPTION_ADDRESS,
                    IPS_EXCEPTION_UNTIL,
                    IPS_EXCEPTION_BY,
                    IPS_EXCEPTION_REASON)
            .orElse(List.of());

    /** All keys. */
    public static final ConfigSchema SCHEMA = ConfigSchema.of(
                    INSIDE,
                    OUTSIDE,
                    HOST_ADDRESS,
                    HOST_INTERFACE,
                    FAIL,
                    WORKERS,
                    PIN,
                    RING_BLOCKS,
                    STALL_LIMIT,
                    SPIN,
                    GATE_BYPASS,
                    GATE_BYPASS_AFTER,
                    GATE_FLOWS,
                    GATE_STALE,
                    WATCHDOG,
                    FLOWS_MAX,
                    STREAM_INSPECT,
                    FILES_MD5,
                    FILES_SHA1,
                    FILES_SHA256,
                    PASSED_OVER,
                    ReputationSettings.LISTS,
                    ReputationSettings.EXCEPTIONS,
                    ISOLATION_EXCEPTIONS,
                    ISOLATION_GATEWAYS,
                    ISOLATION_DHCP,
                    HOSTS_MAX,
                    HOSTS_OUI,
                    EVENTS_DIRECTORY,
                    EVENTS_ROTATE,
                    EVENTS_KEEP,
                    EVENTS_QUEUE,
                    EVENTS_ANOMALIES,
                    EVENTS_FLOWS,
                    EVENTS_STATS,
                    STATE_DIRECTORY,
                    CONTENT,
                    IPS_HOME,
                    IPS_ALERTS,
                    IPS_STREAM_DEPTH,
                    IPS_RULES,
                    IPS_STARTER,
                    IPS_POLICY,
                    IPS_EXCEPTIONS,
                    AppSettings.DEFINITIONS)
            .and(UrlFilterSettings.SCHEMA)
            .and(SiteListSettings.SCHEMA)
            .and(AntivirusSettings.SCHEMA);

    private final Config config;

    private Settings(Config config) {
        this.config = config;
    }

    /** Whose TCP streams are reassembled. */
    public enum StreamScope {
        /** Those that an engine asks for. */
        REQUESTED,
        /** All: every stream is normalised, also when no engine looks at it. */
        ALL
    }

    /**
     * The settings of a running appliance.
     *
     * @throws ConfigException with a line for everything that is wrong
     */
    public static Settings forRun(Path file, Map<String, String> set) throws ConfigException {
        Config config = with(Config.load(file, SCHEMA), set);
        config.require(INSIDE, OUTSIDE);
        return new Settings(config);
    }

    /**
     * The settings of a replay, where ports mean nothing.
     *
     * @param file a configuration file, or null for the defaults
     * @throws ConfigException with a line for everything that is wrong
     */
    public static Settings forReplay(@Nullable Path file, Map<String, String> set) throws ConfigException {
        Config config = file == null ? Config.defaults(SCHEMA) : Config.load(file, SCHEMA);
        return new Settings(with(config, set));
    }

    public AppSettings appControl() {
        return AppSettings.of(config);
    }

    /** Rule files in addition to those of the content. */
    public List<Path> ruleFiles() {
        return config.get(IPS_RULES);
    }

    /** True when the rules that the box comes with are in force. */
    public boolean startsWithOwnRules() {
        return config.get(IPS_STARTER);
    }

    /** True when there may be rules at all. */
    public boolean hasRules() {
        return startsWithOwnRules() || !ruleFiles().isEmpty() || content() != null;
    }

    /** The URL filter's part. */
    public UrlFilterSettings urlFilter() {
        return UrlFilterSettings.of(config);
    }

    /** Lines that are asked before those of the default policy; null for none. */
    public @Nullable Path policyFile() {
        return config.find(IPS_POLICY);
    }

    /**
     * Rules that neither speak nor act for an address, until a day.
     *
     * @throws IllegalArgumentException with place and reason when one cannot be read
     */
    public List<RuleExemption> ruleExemptions() {
        List<RuleExemption> exemptions = new ArrayList<>();
        for (ConfigObject one : config.get(IPS_EXCEPTIONS)) {
            String address = one.find(IPS_EXCEPTION_ADDRESS);
            AddressRange range = address == null ? null : range(address, one.where(IPS_EXCEPTION_ADDRESS));
            Instant until = endOfDay(one.get(IPS_EXCEPTION_UNTIL), one.where(IPS_EXCEPTION_UNTIL));
            try {
                exemptions.add(RuleExemption.of(
                        one.get(IPS_EXCEPTION_SID),
                        range,
                        until,
                        one.get(IPS_EXCEPTION_BY),
                        one.get(IPS_EXCEPTION_REASON)));
            } catch (IllegalArgumentException bad) {
                throw new IllegalArgumentException(one.where(IPS_EXCEPTION_SID) + ": " + bad.getMessage(), bad);
            }
        }
        return exemptions;
    }

    /** Networks that rules call HOME_NET; empty for private addresses. */
    public List<Network> homeNetworks() {
        return config.get(IPS_HOME);
    }

    /** Events that the rules of one packet may write. */
    public int alertsPerPacket() {
        return config.get(IPS_ALERTS);
    }

    /** Octets of each direction of a connection that rules about payloads look at; 0 for all. */
    public long ruleStreamDepth() {
        return config.get(IPS_STREAM_DEPTH);
    }

    private static Config with(Config config, Map<String, String> set) throws ConfigException {
        Config changed = config;
        for (Map.Entry<String, String> value : set.entrySet()) {
            changed = changed.with(value.getKey(), value.getValue());
        }
        return changed;
    }

    public List<String> inside() {
        return config.get(INSIDE);
    }

    public List<String> outside() {
        return config.get(OUTSIDE);
    }

    public String hostAddress() {
        return config.get(HOST_ADDRESS);
    }

    public String hostInterface() {
        return config.get(HOST_INTERFACE);
    }

    public FailPolicy fail() {
        return config.get(FAIL);
    }

    /** Threads that inspect: as configured, or one a core. */
    public int workers() {
        Integer workers = config.find(WORKERS);
        return workers != null ? workers : Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 64);
    }

    public boolean pinsWorkers() {
        return config.get(PIN);
    }

    public int ringBlocks() {
        return config.get(RING_BLOCKS);
    }

    public Duration stallLimit() {
        return config.get(STALL_LIMIT);
    }

    public Duration spin() {
        return config.get(SPIN);
    }

    public boolean bypasses() {
        return config.get(GATE_BYPASS);
    }

    public int bypassAfterPackets() {
        return config.get(GATE_BYPASS_AFTER);
    }

    public int settledFlowsMax() {
        return config.get(GATE_FLOWS);
    }

    public Duration staleAfter() {
        return config.get(GATE_STALE);
    }

    public boolean watches() {
        return config.get(WATCHDOG);
    }

    public int flowsMax() {
        return config.get(FLOWS_MAX);
    }

    public StreamScope streamScope() {
        return config.get(STREAM_INSPECT);
    }

    /** How applications are read. */
    public ApplicationSettings application() {
        HashChoice hashes = new HashChoice(config.get(FILES_MD5), config.get(FILES_SHA1), config.get(FILES_SHA256));
        return new ApplicationSettings(flowsMax(), hashes, Set.copyOf(config.get(PASSED_OVER)));
    }

    /** The reputation lists, in order. */
    public List<ReputationList> reputationLists() {
        return ReputationSettings.lists(config);
    }

    /**
     * Addresses that no list blocks.
     *
     * @throws IllegalArgumentException with place and reason when one cannot be read
     */
    public List<AddressException> reputationExceptions() {
        return ReputationSettings.exceptions(config);
    }

    /**
     * Addresses of the help desk.
     *
     * @throws IllegalArgumentException with place and reason when one cannot be read
     */
    public List<AddressRange> isolationExceptions() {
        return ranges(ISOLATION_EXCEPTIONS);
    }

    /**
     * Routers towards the help desk.
     *
     * @throws IllegalArgumentException with place and reason when one cannot be read
     */
    public List<AddressRange> isolationGateways() {
        return ranges(ISOLATION_GATEWAYS);
    }

    public boolean isolatedMayUseDhcp() {
        return config.get(ISOLATION_DHCP);
    }

    public int hostsMax() {
        return config.get(HOSTS_MAX);
    }

    public Path ouiFile() {
        return config.get(HOSTS_OUI);
    }

    public Path eventsDirectory() {
        return config.get(EVENTS_DIRECTORY);
    }

    public long rotateSize() {
        return config.get(EVENTS_ROTATE);
    }

    public int rotatedFilesKept() {
        return config.get(EVENTS_KEEP);
    }

    public int eventQueue() {
        return config.get(EVENTS_QUEUE);
    }

    public int anomaliesPerSecond() {
        return config.get(EVENTS_ANOMALIES);
    }

    public boolean tellsFlows() {
        return config.get(EVENTS_FLOWS);
    }

    public Duration statsInterval() {
        return config.get(EVENTS_STATS);
    }

    public Path stateDirectory() {
        return config.get(STATE_DIRECTORY);
    }

    public @Nullable Path content() {
        return config.find(CONTENT);
    }

    /** What the URL filter is to look for; IllegalArgumentException with place and reason when something cannot be used. */
    public SitePlan siteLists() {
        return SiteListSettings.plan(config, content());
    }

    public AntivirusSettings antivirus() {
        return AntivirusSettings.of(config);
    }

    private List<AddressRange> ranges(ConfigKey<List<String>> key) {
        return config.get(key).stream()
                .map(text -> range(text, config.where(key)))
                .toList();
    }

    static AddressRange range(String text, String where) {
        try {
            return AddressRange.parse(text);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(where + ": " + bad.getMessage(), bad);
        }
    }

    static Instant endOfDay(String text, String where) {
        try {
            return LocalDate.parse(text)
                    .plusDays(1)
                    .atStartOfDay(ZoneId.systemDefault())
                    .toInstant();
        } catch (DateTimeParseException bad) {
            throw new IllegalArgumentException(where + ": not a day: '" + text + "' (example: 2027-03-31)", bad);
        }
    }
}
