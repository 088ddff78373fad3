package jp.genkan.ips.signature;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.ips.inspect.Inspection;
import jp.genkan.ips.inspect.Operand;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.match.Condition;
import jp.genkan.ips.match.Effect;
import jp.genkan.ips.match.Transform;
import jp.genkan.ips.rule.Rule;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import org.jspecify.annotations.Nullable;

/**
 * A rule that is being compiled: what keywords talk to.
 *
 * <p>Thread rule: the thread that loads rules.
 */
public final class SignatureBuilder {
    private final Rule rule;
    private final RuleEnvironment environment;
    private final BufferTable buffers;
    private final Header header;
    private final Buffer payload;

    private final Map<String, Object> properties = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();
    private final Map<String, List<String>> metadata = new LinkedHashMap<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final List<Condition> lateConditions = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();
    private final List<Check.OfValue> values = new ArrayList<>();
    private final List<OpenBuffer> open = new ArrayList<>();
    private final List<StepMaker> added = new ArrayList<>();
    private final Map<String, Integer> locals = new HashMap<>();
    private final List<Memory.Use> uses = new ArrayList<>();
    private final List<EventFilter> filters = new ArrayList<>();
    private final List<Memory.Tag> tags = new ArrayList<>();

    private Signature.Traits traits = new Signature.Traits(0);
    private Buffer.Ways flowWays = Buffer.Ways.BOTH;
    private @Nullable OpenBuffer current;
    private @Nullable Buffer pending;
    private final List<Transform> pendingTransforms = new ArrayList<>();
    private @Nullable RuleOption pendingOption;
    private @Nullable List<StepMaker> nested;
    private @Nullable Set<AppProtocol> narrowed;

    /** A buffer that steps are being added to. */
    private static final class OpenBuffer {
        final Check.BufferKey key;
        final List<StepMaker> steps = new ArrayList<>();
        Check.Absence absence = Check.Absence.REFUSED;

        OpenBuffer(Check.BufferKey key) {
            this.key = key;
        }
    }

    SignatureBuilder(Rule rule, Header header, RuleEnvironment environment, BufferTable buffers) {
        this.rule = rule;
        this.header = header;
        this.environment = environment;
        this.buffers = buffers;
        this.payload = buffers.get("pkt_data");
        this.current = openPayload();
    }

    private OpenBuffer openPayload() {
        OpenBuffer made = new OpenBuffer(new Check.BufferKey(payload, List.of()));
        open.add(made);
        return made;
    }

    // ---- what it is compiled from

    public Rule rule() {
        return rule;
    }

    public RuleEnvironment environment() {
        return environment;
    }

    /** The file that the rule means by a name: in the folder of the settings, beside the rule, or among the data; null when it is in none of them. */
    public @Nullable Path find(String name) {
        Path beside = rule.file().toAbsolutePath().getParent();
        for (Path start : Arrays.asList(environment.folder(), beside, environment.dataFolder())) {
            Path file = start == null ? null : start.resolve(name);
            if (file != null && Files.isRegularFile(file)) {
                return file;
            }
        }
        return null;
    }

    public BufferTable buffers() {
        return buffers;
    }

    public Header header() {
        return header;
    }

    /** True when an option of one of these names stands in the rule, wherever it stands. */
    public boolean uses(String... names) {
        Set<String> wanted = Set.of(names);
        return rule.options().stream().anyMatch(option -> wanted.contains(option.name()));
    }

    // ---- properties

    /** Sets a property that a rule may have once: {@code sid}, {@code msg}... */
    public void property(RuleOption option, Object value) throws RuleException {
        if (properties.putIfAbsent(option.name(), value) != null) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), option.name() + " stands in the rule twice");
        }
    }

    /** A property, null when it was not set. */
    public @Nullable Object property(String name) {
        return properties.get(name);
    }

    /** Sets an attribute that {@link SignatureCompiler} reads. */
    public void attribute(String name, Object value) {
        properties.put(name, value);
    }

    public void reference(Reference reference) {
        references.add(reference);
    }

    /** What events say of the rule. Thousands of rules say the same, so equal texts are one. */
    public void metadata(String key, String value) {
        metadata.computeIfAbsent(key.intern(), ignored -> new ArrayList<>(1)).add(value.intern());
    }

    public void trait(Signature.Trait trait) {
        traits = traits.with(trait);
    }

    public boolean hasTrait(Signature.Trait trait) {
        return traits.has(trait);
    }

    // ---- conditions and effects

    /** Narrows the directions of the flow in which the rule is asked. */
    public void ways(Buffer.Ways ways, RuleOption option) throws RuleException {
        if (flowWays != Buffer.Ways.BOTH && ways != flowWays) {
            throw new RuleException(
                    RuleCode.CONFLICT, option.column(), option.name() + ": both directions are asked for");
        }
        flowWays = ways;
    }

    public Buffer.Ways ways() {
        return flowWays;
    }

    /** Has to hold; asked before the checks. For what costs next to nothing: header fields, states. */
    public void condition(Condition condition) {
        conditions.add(condition);
    }

    /** Has to hold; asked after the other conditions, before the checks: what other rules have noted (flowbits). */
    public void lateCondition(Condition condition) {
        lateConditions.add(condition);
    }

    /** Happens when the rule matches. */
    public void effect(Effect effect) {
        effects.add(effect);
    }

    /** Notes a variable that the rule reads or writes: rules that write come before those that read. */
    public void use(Memory.Use use) {
        uses.add(use);
    }

    /** Limits how often the rule speaks. */
    public void filter(EventFilter filter) {
        filters.add(filter);
    }

    /** The filters so far. */
    public List<EventFilter> filters() {
        return List.copyOf(filters);
    }

    /** Packets to log after a match. */
    public void tag(Memory.Tag tag) {
        tags.add(tag);
    }

    /** A check of a transaction's or file's value. */
    public void check(Check.OfValue check, RuleOption option) throws RuleException {
        narrow(check.protocols(), option);
        values.add(check);
    }

    /** The rule is only about flows that speak one of these; empty for any. */
    public void narrow(Set<AppProtocol> protocols, RuleOption option) throws RuleException {
        if (protocols.isEmpty()) {
            return;
        }
        Set<AppProtocol> before = narrowed != null ? narrowed : header.applications();
        Set<AppProtocol> both = new TreeSet<>(protocols);
        if (!before.isEmpty()) {
            both.retainAll(before);
        }
        if (both.isEmpty()) {
            throw new RuleException(
                    RuleCode.CONFLICT,
                    option.column(),
                    option.name() + " does not belong to a rule about " + header.word());
        }
        narrowed = both;
    }

    // ---- buffers

    /** A sticky buffer: steps that follow look there. */
    public void select(Buffer buffer, RuleOption option) throws RuleException {
        closePending();
        narrow(buffer.protocols(), option);
        nested = null;
        pending = buffer;
        pendingTransforms.clear();
        pendingOption = option;
    }

    /** Back to the payload. */
    public void selectPayload(RuleOption option) throws RuleException {
        select(payload, option);
    }

    /** A transform of the buffer at hand: steps that follow look at what it makes. Steps before it have looked at the buffer as it was. */
    public void transform(Transform transform, RuleOption option) throws RuleException {
        if (pending == null) {
            if (isInPayload() || nested != null) {
                throw new RuleException(
                        RuleCode.CONFLICT, option.column(), option.name() + " has to follow a sticky buffer");
            }
            Check.BufferKey key = Objects.requireNonNull(current).key;
            pending = key.buffer();
            pendingTransforms.clear();
            pendingTransforms.addAll(key.transforms());
            pendingOption = option;
        }
        pendingTransforms.add(transform);
    }

    /** The buffer to which the next step will be added. */
    public Buffer currentBuffer() {
        return pending != null ? pending : Objects.requireNonNull(current).key.buffer();
    }

    /** True when steps go to the payload, and to nothing inside of another buffer. */
    public boolean isInPayload() {
        return currentBuffer() == payload && nested == null;
    }

    /** Adds a step to the buffer at hand. */
    public void step(StepMaker step) {
        added.add(step);
        if (nested != null) {
            nested.add(step);
        } else {
            openPending().steps.add(step);
        }
    }

    /** Adds a step that goes on from the one before it: to the buffer into which a modifier has moved that one, where no sticky buffer is in force. */
    public void follow(StepMaker step) {
        OpenBuffer to = isInPayload() && !added.isEmpty() ? holderOf(added.getLast()) : null;
        if (to == null) {
            step(step);
        } else {
            added.add(step);
            to.steps.add(step);
        }
    }

    private @Nullable OpenBuffer holderOf(StepMaker step) {
        for (OpenBuffer each : open) {
            if (each.steps.contains(step)) {
                return each;
            }
        }
        return null;
    }

    /** Steps that follow are added to this list, which belongs to a step of the buffer at hand ({@code base64_data}). */
    public void enter(List<StepMaker> list) {
        nested = list;
    }

    /** What the check says when the buffer at hand does not exist. */
    public void absence(Check.Absence absence) {
        openPending().absence = absence;
    }

    /** The steps so far of the buffer at hand. */
    public List<StepMaker> steps() {
        return nested != null ? nested : openPending().steps;
    }

    /** Takes a step out of the payload and puts it into a buffer: what modifiers of older rules do ({@code http_uri}). */
    public void move(StepMaker step, Buffer to, RuleOption option) throws RuleException {
        narrow(to.protocols(), option);
        if (!open.getFirst().steps.remove(step)) {
            throw new RuleException(
                    RuleCode.CONFLICT,
                    option.column(),
                    option.name() + " has to follow a content outside of any buffer");
        }
        find(new Check.BufferKey(to, List.of())).steps.add(step);
    }

    /** The step of this kind that was added last, wherever it went; null when there is none. Modifiers change it. */
    public <T extends StepMaker> @Nullable T last(Class<T> kind) {
        for (int i = added.size() - 1; i >= 0; i--) {
            if (kind.isInstance(added.get(i))) {
                return kind.cast(added.get(i));
            }
        }
        return null;
    }

    private OpenBuffer openPending() {
        Buffer wanted = pending;
        OpenBuffer at = current;
        if (wanted == null) {
            return Objects.requireNonNull(at);
        }
        OpenBuffer found = find(new Check.BufferKey(wanted, pendingTransforms));
        pending = null;
        pendingOption = null;
        pendingTransforms.clear();
        current = found;
        return found;
    }

    private OpenBuffer find(Check.BufferKey key) {
        if (!key.buffer().isMultiple()) {
            for (OpenBuffer each : open) {
                if (each.key.equals(key)) {
                    return each;
                }
            }
        }
        OpenBuffer made = new OpenBuffer(key);
        open.add(made);
        return made;
    }

    private void closePending() throws RuleException {
        RuleOption option = pendingOption;
        if (pending != null && pending != payload && option != null) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), "nothing is looked for in " + option.name());
        }
        pending = null;
    }

    // ---- variables

    /** A new variable of the rule, filled by a step. */
    public int defineLocal(String name, RuleOption option) throws RuleException {
        int number = locals.computeIfAbsent(name, ignored -> locals.size());
        if (number >= Inspection.LOCALS_MAX) {
            throw new RuleException(
                    RuleCode.TOO_LARGE, option.column(), "more than " + Inspection.LOCALS_MAX + " variables");
        }
        return number;
    }

    /** A number, or a variable that an earlier step fills; null when the text is neither. */
    public @Nullable Operand operand(String text) {
        Integer local = locals.get(text);
        if (local != null) {
            return Operand.ofVariable(local);
        }
        try {
            return Operand.of(Long.decode(text));
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    // ---- the end

    /** What was collected, as the compiler takes it. */
    Collected collect() throws RuleException {
        closePending();
        List<Check> checks = new ArrayList<>();
        for (OpenBuffer each : open) {
            if (!each.steps.isEmpty() || each.absence != Check.Absence.REFUSED) {
                List<Step> steps = new ArrayList<>(each.steps.size());
                for (StepMaker maker : each.steps) {
                    steps.add(maker.make());
                }
                buffers.check(each.key.buffer(), steps);
                checks.add(new Check.OfBuffer(each.key, steps, each.absence));
            }
        }
        checks.addAll(values);
        List<Condition> all = new ArrayList<>(conditions);
        all.addAll(lateConditions);
        Set<AppProtocol> applications = narrowed != null ? narrowed : header.applications();
        Memory memory = new Memory(uses, filters, tags);
        return new Collected(checks, all, effects, references, said(), applications, flowWays, traits, memory);
    }

    private Map<String, List<String>> said() {
        EqualLists lists = environment().shared(EqualLists.class, EqualLists::new);
        Map<String, List<String>> said = new LinkedHashMap<>();
        metadata.forEach((key, values) -> said.put(key, lists.one(values)));
        return said;
    }

    record Collected(
            List<Check> checks,
            List<Condition> conditions,
            List<Effect> effects,
            List<Reference> references,
            Map<String, List<String>> metadata,
            Set<AppProtocol> applications,
            Buffer.Ways ways,
            Signature.Traits traits,
            Memory memory) {}
}
