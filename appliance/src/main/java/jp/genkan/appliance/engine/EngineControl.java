package jp.genkan.appliance.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.genkan.access.isolation.Isolation;
import jp.genkan.access.isolation.IsolationRefused;
import jp.genkan.access.isolation.IsolationTarget;
import jp.genkan.appliance.control.ControlException;
import jp.genkan.appliance.control.ControlHandler;
import jp.genkan.appliance.control.ControlReply;
import jp.genkan.core.eventlog.EventSubscription;
import jp.genkan.core.frame.Mac;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.dataplane.host.Host;
import jp.genkan.dataplane.host.HostLookup;
import jp.genkan.ips.engine.IpsStage;
import jp.genkan.ips.engine.RuleCosts;
import org.jspecify.annotations.Nullable;

/** Answers what commands ask of the engine. */
final class EngineControl implements ControlHandler {
    /** Most events that can be asked for at once. */
    private static final int LAST_MAX = 10_000;

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h|d)");
    /** Rules that are told when nobody says how many, and at most. */
    private static final int RULES_DEFAULT = 20;

    private static final int RULES_MAX = 10_000;
    private static final DateTimeFormatter UNTIL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final Engine engine;
    private final ObjectMapper json = new ObjectMapper();

    EngineControl(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void handle(JsonNode request, ControlReply reply) throws ControlException, IOException {
        String command = request.path("command").asText();
        switch (command) {
            case "status" -> reply.line(new EngineStatus(engine).toJson().toString());
            case "metrics" -> reply.line(text(new EngineStatus(engine).toPrometheus()));
            case "hosts" -> reply.line(hosts());
            case "sites" -> reply.line(SitesAnswer.of(engine.policies.visits().day(Instant.now())));
            case "isolate" -> reply.line(isolate(request));
            case "release" -> reply.line(release(request));
            case "rules-top" -> reply.line(dearestRules(request));
            case "apps" -> reply.line(apps(request));
            case "reload" -> reply.line(reload());
            case "events" -> events(request, reply);
            default -> throw new ControlException("this engine does not know the command '" + command + "'");
        }
    }

    private String text(String text) {
        return json.createObjectNode().put("text", text).toString();
    }

    private String hosts() {
        ObjectNode answer = json.createObjectNode();
        ArrayNode list = answer.putArray("hosts");
        for (Host host : engine.hosts.snapshot()) {
            ObjectNode one = list.addObject().put("mac", Mac.format(host.mac()));
            ArrayNode addresses = one.putArray("ip");
            host.addresses().forEach(known -> addresses.add(known.address().toString()));
            if (!host.name().isEmpty()) {
                one.put("name", host.name());
            }
            if (!host.maker().isEmpty()) {
                one.put("maker", host.maker());
            }
            one.put("via", host.via().label()).put("router", host.isRouter());
            one.put("first_seen", host.firstSeen().toString());
            one.put("last_seen", host.lastSeen().toString());
        }
        return answer.toString();
    }

    private String apps(JsonNode request) throws ControlException {
        ObjectNode answer = json.createObjectNode();
        engine.appUsage.answer(request.path("day").asText(""), answer);
        return answer.toString();
    }

    // ---- isolation

    private String isolate(JsonNode request) throws ControlException {
        Duration duration = duration(request.path("for").asText("1h"));
        IsolationTarget target = target(request.path("host").asText());
        try {
            Isolation made = engine.policies
                    .isolations()
                    .isolate(
                            target,
                            duration,
                            request.path("by").asText("operator"),
                            request.path("reason").asText(""));
            LocalDateTime until = LocalDateTime.now(ZoneId.systemDefault()).plus(duration);
            String mac = made.mac() == 0 ? "" : " (" + Mac.format(made.mac()) + ")";
            return text(made.target() + mac + " is isolated until " + UNTIL.format(until));
        } catch (IsolationRefused refused) {
            throw new ControlException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private String release(JsonNode request) throws ControlException {
        IsolationTarget target = target(request.path("host").asText());
        try {
            List<Isolation> ended = engine.policies
                    .isolations()
                    .release(target, request.path("by").asText("operator"));
            return text(ended.getFirst().target() + " is released");
        } catch (IsolationRefused refused) {
            throw new ControlException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private IsolationTarget target(String host) throws ControlException {
        try {
            return IsolationTarget.parse(host);
        } catch (IllegalArgumentException name) {
            return switch (engine.hosts.find(host)) {
                case HostLookup.Found found ->
                    new IsolationTarget.OfMac(found.host().mac());
                case HostLookup.Ambiguous several -> throw new ControlException(several.message(), name);
                case HostLookup.Unknown unknown -> throw new ControlException(unknown.message(), name);
            };
        }
    }

    static Duration duration(String text) throws ControlException {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            throw new ControlException("not a duration: '" + text + "' (examples: 30m, 2h, 1d)");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    // ---- lists

    /** Problems of lists of sites that an answer holds: more than a person reads. */
    private static final int SITE_PROBLEMS_MAX = 100;

    private String reload() {
        engine.policies.reputation().reload();
        ObjectNode answer = json.createObjectNode();
        List<String> refused = reloadRules();
        long entries = 0;
        var lists = engine.policies.reputation().status();
        for (var list : lists) {
            entries += list.entries();
        }
        answer.put(
                "text",
                lists.size() + " lists with " + entries + " entries and "
                        + engine.rules.status().loaded() + " rules are in force");
        ArrayNode problems = answer.putArray("problems");
        engine.policies.reputation().problems().forEach(problem -> problems.add(problem.toString()));
        refused.forEach(problems::add);
        engine.sites.load();
        engine.sites.problems().stream().limit(SITE_PROBLEMS_MAX).forEach(problems::add);
        reloadSignatures().forEach(problems::add);
        engine.policies.applications().reload();
        engine.policies.applications().problems().forEach(problem -> problems.add(problem.toString()));
        return answer.toString();
    }

    private List<String> reloadSignatures() {
        try {
            engine.signatures.load();
        } catch (IOException unreadable) {
            return List.of("signatures: " + unreadable.getMessage() + "; those before stay in force");
        }
        return engine.signatures.status().problems();
    }

    /** Rules that cannot be read leave those in force that are. */
    private List<String> reloadRules() {
        try {
            engine.rules.load();
        } catch (IOException unreadable) {
            return List.of("rules: " + unreadable.getMessage() + "; the rules before stay in force");
        }
        engine.policyChanged();
        engine.tellRules();
        return engine.rules.status().problems();
    }

    /** What rules have cost, in all workers together; the dearest first. */
    private String dearestRules(JsonNode request) {
        Map<Long, RuleCosts.Cost> sums = new LinkedHashMap<>();
        for (WorkerThread worker : engine.workers()) {
            for (Stage stage : worker.worker().runner().stages()) {
                if (stage instanceof IpsStage ips) {
                    ips.costs()
                            .all()
                            .forEach(cost -> sums.merge(cost.signature().id().number(), cost, RuleCosts.Cost::plus));
                }
            }
        }
        ObjectNode answer = json.createObjectNode();
        ArrayNode list = answer.putArray("rules");
        sums.values().stream()
                .sorted(RuleCosts.DEAREST_FIRST)
                .limit(Math.clamp(request.path("most").asLong(RULES_DEFAULT), 1, RULES_MAX))
                .forEach(cost -> list.addObject()
                        .put("gid", cost.signature().id().gid())
                        .put("sid", cost.signature().id().sid())
                        .put("msg", cost.signature().id().message())
                        .put("checks", cost.checks())
                        .put("hits", cost.hits())
                        .put("nanos", cost.nanos()));
        return answer.toString();
    }

    // ---- events

    private void events(JsonNode request, ControlReply reply) throws ControlException, IOException {
        Set<String> types = new HashSet<>();
        request.path("types").forEach(type -> types.add(type.asText()));
        boolean follow = request.path("follow").asBoolean();
        EventSubscription subscription = follow ? engine.log.subscribe() : null;
        if (follow && subscription == null) {
            throw new ControlException("too many follow the events already");
        }
        try (EventSubscription open = subscription) {
            for (String line : last(Math.min(request.path("last").asInt(), LAST_MAX), types)) {
                reply.line(line);
            }
            if (open != null) {
                follow(open, types, reply);
            }
        }
    }

    private void follow(EventSubscription open, Set<String> types, ControlReply reply)
            throws ControlException, IOException {
        try {
            while (true) {
                EventSubscription.Line line = open.poll(1, TimeUnit.SECONDS);
                if (line != null) {
                    String text = new String(line.json(), StandardCharsets.UTF_8);
                    if (isWanted(text, types)) {
                        reply.line(text);
                    }
                } else if (open.state() == EventSubscription.State.TOO_SLOW) {
                    throw new ControlException("too many events for this reader: some were not sent");
                } else if (open.state() != EventSubscription.State.OPEN) {
                    return;
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private Iterable<String> last(int count, Set<String> types) throws IOException {
        ArrayDeque<String> lines = new ArrayDeque<>();
        Path eve = engine.settings().eventsDirectory().resolve("eve.json");
        if (count <= 0 || !Files.exists(eve)) {
            return lines;
        }
        try (Stream<String> all = Files.lines(eve)) {
            all.filter(line -> isWanted(line, types)).forEach(line -> {
                if (lines.size() == count) {
                    lines.removeFirst();
                }
                lines.addLast(line);
            });
        }
        return lines;
    }

    /** By the text alone: our own writer puts the type without spaces, once, before anything that others wrote. */
    private static boolean isWanted(String line, Set<String> types) {
        return types.isEmpty() || types.contains(typeOf(line));
    }

    static @Nullable String typeOf(String line) {
        String key = "\"event_type\":\"";
        int from = line.indexOf(key);
        if (from < 0) {
            return null;
        }
        int to = line.indexOf('"', from + key.length());
        return to < 0 ? null : line.substring(from + key.length(), to);
    }
}
