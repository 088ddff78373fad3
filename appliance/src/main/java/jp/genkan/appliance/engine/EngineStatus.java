package jp.genkan.appliance.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import jp.genkan.access.isolation.Isolation;
import jp.genkan.access.reputation.ListStatus;
import jp.genkan.appcontrol.definition.DefinitionBase;
import jp.genkan.appliance.Version;
import jp.genkan.appliance.guard.GuardKeeper;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.StatsEvent;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import jp.genkan.dataplane.application.Blindness;
import jp.genkan.dataplane.application.Sight;
import jp.genkan.dataplane.gate.GateCounters;
import jp.genkan.dataplane.gate.GateWay;
import jp.genkan.dataplane.port.Port;
import jp.genkan.dataplane.port.PortCounter;
import jp.genkan.ips.policy.RuleExemption;

/**
 * What the engine says of itself: {@code genkan status}, {@code genkan metrics} and the stats event, from the same counters.
 *
 * <p>Thread rule: any thread; counters are read one by one while they go on.
 */
final class EngineStatus {
    /** Refused rules that the status names. */
    private static final int PROBLEMS_MAX = 20;

    private final Engine engine;
    private final ObjectMapper json = new ObjectMapper();

    EngineStatus(Engine engine) {
        this.engine = engine;
    }

    /** The status object. */
    ObjectNode toJson() {
        ObjectNode status = json.createObjectNode();
        status.put("state", engine.state().label()).put("since", engine.since().toString());
        status.put("version", Version.text())
                .put("uptime_seconds", engine.uptime().toSeconds());
        status.put("fail", engine.settings().fail().name().toLowerCase(Locale.ROOT));
        status.put("workers", engine.workers().size());
        status.putObject("content")
                .put("set", "none")
                .put("date", engine.since().toString());
        engines(status.putObject("engines"));
        ways(status.putObject("frames"), status.putObject("bytes"));
        ports(status.putArray("ports"));
        flows(status.putObject("flows"));
        status.put("hosts", engine.hosts.size());
        isolated(status.putArray("isolated"));
        sight(status.putObject("sight"));
        guard(status.putObject("guard"));
        events(status.putObject("events"));
        return status;
    }

    private void engines(ObjectNode engines) {
        ObjectNode reputation = engines.putObject("reputation").put("state", "on");
        ArrayNode lists = reputation.putArray("lists");
        for (ListStatus list : engine.policies.reputation().status()) {
            ObjectNode one = lists.addObject().put("name", list.list().name()).put("entries", list.entries());
            ArrayNode problems = one.putArray("problems");
            list.problems().forEach(problem -> problems.add(problem.toString()));
        }
        engines.putObject("isolation").put("state", "on");
        rules(engines.putObject("ips"));
        sites(engines.putObject("urlfilter"));
        applications(engines.putObject("appcontrol"));
        antivirus(engines.putObject("av"));
    }

    private void antivirus(ObjectNode av) {
        LiveSignatures.Status status = engine.signatures.status();
        if (status.signatures() == 0) {
            boolean wanted = engine.settings.antivirus().isOn();
            av.put("state", status.files() > 0 ? "failed" : "off")
                    .put(
                            "reason",
                            status.files() > 0
                                    ? "no signature could be used"
                                    : wanted ? "there are no signatures" : "av.enabled is false");
            return;
        }
        av.put("state", "on")
                .put("signatures", status.signatures())
                .put("files", status.files())
                .put("since", status.since().toString())
                .put("seconds", status.seconds());
        ArrayNode problems = av.putArray("problems");
        status.problems().stream().limit(PROBLEMS_MAX).forEach(problems::add);
    }

    private void applications(ObjectNode appcontrol) {
        DefinitionBase base = engine.policies.applications();
        appcontrol
                .put("state", "on")
                .put("applications", base.current().applications().size());
        ArrayNode problems = appcontrol.putArray("problems");
        base.problems().stream().limit(PROBLEMS_MAX).forEach(problem -> problems.add(problem.toString()));
    }

    private void sites(ObjectNode urlfilter) {
        urlfilter.put("state", engine.policies.sites().current().isEmpty() ? "off" : "on");
        if (engine.policies.sites().current().isEmpty()) {
            urlfilter.put("reason", "no lists of sites and no words are configured");
        }
        urlfilter
                .put("keys", engine.sites.keys())
                .put("bytes", engine.sites.compiledBytes())
                .put("public_suffixes", engine.sites.knowsSuffixes());
        ArrayNode lists = urlfilter.putArray("lists");
        for (jp.genkan.urlfilter.source.ListStatus list : engine.sites.status()) {
            lists.addObject()
                    .put("name", list.list())
                    .put("category", list.category())
                    .put("action", list.action().name().toLowerCase(Locale.ROOT))
                    .put("entries", list.entries())
                    .put("skipped", list.skipped())
                    .put("date", list.date() == null ? null : list.date().toString());
        }
        ArrayNode problems = urlfilter.putArray("problems");
        engine.sites.problems().stream().limit(PROBLEMS_MAX).forEach(problems::add);
    }

    private void rules(ObjectNode ips) {
        LiveRules.Status status = engine.rules.status();
        if (status.files() == 0) {
            ips.put("state", "off").put("reason", "no rule files are configured");
            return;
        }
        ips.put("state", status.loaded() == 0 ? "failed" : "on");
        if (status.loaded() == 0) {
            ips.put("reason", "no rule could be used");
        }
        ips.put("rules", status.loaded()).put("refused", status.problems().size());
        LiveRules.Answers answers = status.answers();
        ips.put("blocking", answers.blocking())
                .put("logging", answers.logging())
                .put("off", answers.off());
        ips.put("since", status.since().toString()).put("seconds", status.seconds());
        ips.put("literals", status.engine());
        ArrayNode problems = ips.putArray("problems");
        status.problems().stream().limit(PROBLEMS_MAX).forEach(problems::add);
        exceptions(ips.putArray("exceptions"), status);
    }

    private static void exceptions(ArrayNode exceptions, LiveRules.Status status) {
        Instant now = Instant.now();
        for (RuleExemption exemption : status.exemptions()) {
            ObjectNode one = exceptions.addObject().put("rule", exemption.rule());
            AddressRange range = exemption.range();
            one.put("address", range == null ? "any" : range.toString());
            one.put("until", exemption.until().toString()).put("by", exemption.by());
            one.put("reason", exemption.reason());
            boolean holds = exemption.holdsAt(now);
            one.put("state", !holds ? "ended" : status.unused().contains(exemption) ? "no such rule" : "holds");
        }
    }

    private void ways(ObjectNode frames, ObjectNode bytes) {
        GateCounters counters = engine.gate.snapshot();
        for (GateWay way : GateWay.values()) {
            frames.put(way.label(), counters.frames(way));
            bytes.put(way.label(), counters.bytes(way));
        }
    }

    private void ports(ArrayNode ports) {
        for (Port port : engine.ports.ports()) {
            ObjectNode one = ports.addObject();
            one.put("name", port.name())
                    .put("side", Engine.sideName(port.side()))
                    .put("up", port.isUp());
            for (PortCounter counter : PortCounter.values()) {
                one.put(counter.name().toLowerCase(Locale.ROOT), port.total(counter));
            }
        }
    }

    private void flows(ObjectNode flows) {
        long live = 0;
        for (WorkerThread worker : engine.workers()) {
            live += worker.worker().runner().flows().flows();
        }
        flows.put("live", live).put("max_a_worker", engine.settings().flowsMax());
    }

    private List<Blindness> blindness() {
        return engine.workers().stream()
                .map(worker -> worker.worker().runner().blindness())
                .filter(Objects::nonNull)
                .toList();
    }

    /** Octets that could be read, of which only the server's name was known, and that could not be seen into: in all, and for each machine. */
    private void sight(ObjectNode sight) {
        List<Blindness> workers = blindness();
        octets(sight, Blindness.total(workers));
        Map<Address, long[]> byHost = new TreeMap<>();
        long[] others = new long[Sight.values().length];
        workers.forEach(worker -> worker.addTo(byHost, others));
        ArrayNode hosts = sight.putArray("hosts");
        byHost.forEach((address, octets) -> octets(hosts.addObject().put("host", address.toString()), octets));
    }

    private static void octets(ObjectNode into, long[] octets) {
        for (Sight one : Sight.values()) {
            into.put(one.name().toLowerCase(Locale.ROOT) + "_bytes", octets[one.ordinal()]);
        }
    }

    /** Who resets what is held when this process dies. */
    private void guard(ObjectNode guard) {
        guard.put("state", engine.guard.state().name().toLowerCase(Locale.ROOT))
                .put("process", engine.guard.pid())
                .put("flows", engine.guard.flows())
                .put("deaths", engine.guard.deaths());
    }

    private void isolated(ArrayNode isolated) {
        for (Isolation isolation : engine.policies.isolations().list()) {
            ObjectNode one = isolated.addObject().put("host", isolation.target().toString());
            one.put("until", String.valueOf(isolation.until())).put("by", isolation.by());
            one.put("reason", isolation.reason());
        }
    }

    private void events(ObjectNode events) {
        engine.log.counters().forEach((name, value) -> events.put(name.name().toLowerCase(Locale.ROOT), value));
        events.put("shed", engine.log.shed());
        String problem = engine.log.problem();
        if (problem != null) {
            events.put("problem", problem);
        }
    }

    /** Sums the counters of all workers into a stats event. */
    void collect(StatsEvent.Builder stats) {
        for (WorkerThread thread : engine.workers()) {
            thread.worker().runner().collect(new StatsCollector(stats));
            stats.addAll("worker", thread.worker().counters());
            stats.add("worker.faults", thread.faults());
        }
        GateCounters gate = engine.gate.snapshot();
        for (GateWay way : GateWay.values()) {
            stats.add("gate.frames." + way.label(), gate.frames(way));
            stats.add("gate.bytes." + way.label(), gate.bytes(way));
        }
        for (Port port : engine.ports.ports()) {
            for (PortCounter counter : PortCounter.values()) {
                stats.add("ports." + counter.name().toLowerCase(Locale.ROOT), port.total(counter));
            }
        }
        long[] octets = Blindness.total(blindness());
        for (Sight one : Sight.values()) {
            stats.add("sight." + one.name().toLowerCase(Locale.ROOT) + "_bytes", octets[one.ordinal()]);
        }
        stats.addAll("event_log", engine.log.counters());
        stats.add("event_log.shed", engine.log.shed());
    }

    /** All counters in Prometheus' text format. */
    String toPrometheus() {
        StringBuilder text = new StringBuilder(engine.gate.snapshot().toPrometheus());
        gauge(text, "genkan_up", "1 while frames are inspected.", engine.state() == EngineState.INSPECTING ? 1 : 0);
        boolean guarded = engine.guard.state() == GuardKeeper.State.ALIVE;
        gauge(text, "genkan_guard_up", "1 while a guard would reset what is held.", guarded ? 1 : 0);
        gauge(text, "genkan_guard_flows", "Held directions that the guard knows.", engine.guard.flows());
        Map<String, Long> sums = new TreeMap<>();
        for (WorkerThread thread : engine.workers()) {
            thread.worker().runner().collect(new Sums(sums));
            new Sums(sums).add("worker", thread.worker().counters());
        }
        sums.forEach((name, value) -> counter(text, "genkan_" + name + "_total", value));
        text.append("# TYPE genkan_port_total counter\n");
        for (Port port : engine.ports.ports()) {
            for (PortCounter counter : PortCounter.values()) {
                text.append("genkan_port_total{port=\"").append(port.name()).append("\",what=\"");
                text.append(counter.name().toLowerCase(Locale.ROOT)).append("\"} ");
                text.append(port.total(counter)).append('\n');
            }
        }
        return text.toString();
    }

    private static void gauge(StringBuilder text, String name, String help, long value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ")
                .append(name)
                .append(" gauge\n")
                .append(name)
                .append(' ')
                .append(value)
                .append('\n');
    }

    private static void counter(StringBuilder text, String name, long value) {
        text.append("# TYPE ")
                .append(name)
                .append(" counter\n")
                .append(name)
                .append(' ')
                .append(value)
                .append('\n');
    }

    /** Puts counters into a stats event. */
    private record StatsCollector(StatsEvent.Builder stats) implements CounterCollector {
        @Override
        public <E extends Enum<E>> void add(String prefix, CounterSet<E> counters) {
            stats.addAll(prefix, counters);
        }
    }

    /** Sums counters of several workers by a name that Prometheus takes. */
    private record Sums(Map<String, Long> values) implements CounterCollector {
        @Override
        public <E extends Enum<E>> void add(String prefix, CounterSet<E> counters) {
            counters.forEach((name, value) ->
                    values.merge((prefix + "_" + name.name()).toLowerCase(Locale.ROOT), value, Long::sum));
        }
    }
}
