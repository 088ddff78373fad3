package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleAction;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Memory;
import jp.genkan.ips.signature.Signature;
import jp.genkan.literals.LiteralCompiler;
import jp.genkan.literals.Mode;
import org.jspecify.annotations.Nullable;

/**
 * A compiled set of rules: every plan in the order of evaluation, and for each kind of buffer the literals that lead to the plans.
 *
 * <p>Thread rule: immutable, shared by all workers, replaced as a whole.
 */
public final class RuleSet {
    static final int TO_SERVER = 0;
    static final int TO_CLIENT = 1;
    private static final int PROTOCOLS = AppProtocol.values().length;

    /** The order in which actions win, if nothing else is said. */
    public static final List<RuleAction> ACTIONS =
            List.of(RuleAction.PASS, RuleAction.DROP, RuleAction.REJECT, RuleAction.ALERT);

    /** By action; what others ask for is noted before it is asked; by priority; as they stand in their files otherwise. */
    private static Comparator<Signature> order(List<RuleAction> actions) {
        return Comparator.comparing((Signature signature) -> actions.indexOf(kind(signature.action())))
                .thenComparing(signature -> signature.memory().rank(Memory.Place.FLOWBIT))
                .thenComparing(signature -> signature.memory().rank(Memory.Place.FLOWINT))
                .thenComparing(signature -> signature.memory().rank(Memory.Place.HOSTBIT))
                .thenComparing(signature -> signature.memory().rank(Memory.Place.PAIR_BIT))
                .thenComparing(signature -> signature.id().severity());
    }

    private static RuleAction kind(RuleAction action) {
        return switch (action) {
            case PASS, CONFIG -> RuleAction.PASS;
            case REJECT, REJECT_SOURCE, REJECT_DESTINATION, REJECT_BOTH -> RuleAction.REJECT;
            case DROP, ALERT -> action;
        };
    }

    /** No rules. */
    public static final RuleSet EMPTY = build(List.of(), LiteralCompiler.inJava());

    final Plan[] plans;
    /** Of what rules note about flows. */
    final FlowVariables.Names names;
    /** Buffers with transforms, by number. */
    final Check.BufferKey[] keys;
    /** Plans that are asked for each packet of the IP protocol's class, without any literal. */
    final PacketIndex packetPlans;
    /** By direction: payload literals of packets of TCP, of UDP, of everything else, and of streams; null where there are none. */
    final @Nullable Group[] tcpPackets;

    final @Nullable Group[] udpPackets;
    final @Nullable Group[] otherPackets;
    final @Nullable Group[] streams;
    /** By direction: payload plans without a literal. */
    final int[][] payloadAlways;
    /** By protocol and direction. */
    final FieldGroup[][][] fields;
    /** By protocol and direction: some of those fields grow. */
    final boolean[][] growing;
    /** By protocol and direction: plans that are asked whenever the transaction has been read further. */
    final int[][][] always;
    /** By protocol and direction: plans that are asked where something odd was seen. */
    final int[][][] onEvent;
    /** By protocol and direction: plans that are asked for each file. */
    final int[][][] filesAlways;
    /** By protocol and direction. */
    final @Nullable Group[][] bodies;
    /** By direction. */
    final @Nullable Group[] files;

    /** Rules about frames. */
    final FrameIndex frames;

    private final boolean looksAtBodies;
    private final boolean looksAtFiles;
    private final boolean wantsStream;
    private final boolean wantsSha1;

    /** The literals of one buffer of a protocol. */
    record FieldGroup(int key, Buffer buffer, Progress at, Group group) {}

    private RuleSet(Building from, FlowVariables.Names names, LiteralCompiler compiler) {
        this.names = names;
        from.compile(compiler);
        plans = from.plans.toArray(Plan[]::new);
        looksAtBodies = asksFor(plans, Buffer.Origin.BODY);
        wantsStream = from.plans.stream().anyMatch(plan -> plan.payload != null && plan.isOver(IpProtocol.TCP));
        wantsSha1 = from.plans.stream().anyMatch(plan -> plan.signature.traits().has(Signature.Trait.NEEDS_SHA1));
        looksAtFiles = from.plans.stream().anyMatch(plan -> plan.ofFile);
        keys = from.keys.keySet().toArray(Check.BufferKey[]::new);
        packetPlans = new PacketIndex(from.packetPlans);
        tcpPackets = groups(from.tcpPackets, compiler, Mode.BLOCK);
        udpPackets = groups(from.udpPackets, compiler, Mode.BLOCK);
        otherPackets = groups(from.otherPackets, compiler, Mode.BLOCK);
        streams = groups(from.streams, compiler, Mode.STREAM);
        files = groups(from.files, compiler, Mode.STREAM);
        frames = from.frames.build(compiler);
        payloadAlways =
                new int[][] {array(from.payloadAlways.get(TO_SERVER)), array(from.payloadAlways.get(TO_CLIENT))};
        fields = new FieldGroup[PROTOCOLS][2][];
        growing = new boolean[PROTOCOLS][2];
        always = new int[PROTOCOLS][2][];
        filesAlways = new int[PROTOCOLS][2][];
        onEvent = new int[PROTOCOLS][2][];
        bodies = new Group[PROTOCOLS][2];
        Map<Map.Entry<Integer, Integer>, Group> built = new HashMap<>();
        from.fields.forEach((place, builder) -> built.put(place, builder.build(compiler, Mode.BLOCK)));
        for (AppProtocol protocol : AppProtocol.values()) {
            for (int direction = TO_SERVER; direction <= TO_CLIENT; direction++) {
                int at = protocol.ordinal();
                fields[at][direction] = fieldsOf(protocol, direction, built);
                growing[at][direction] = Arrays.stream(fields[at][direction])
                        .anyMatch(field -> field.buffer().isGrowing());
                always[at][direction] = array(from.always.get(protocol, direction));
                filesAlways[at][direction] = array(from.filesAlways.get(protocol, direction));
                onEvent[at][direction] = array(from.onEvent.get(protocol, direction));
                Group.Builder body = from.bodiesOf(protocol).get(direction);
                bodies[at][direction] = body == null ? null : body.build(compiler, Mode.STREAM);
            }
        }
    }

    private FieldGroup[] fieldsOf(AppProtocol protocol, int direction, Map<Map.Entry<Integer, Integer>, Group> built) {
        List<FieldGroup> found = new ArrayList<>();
        for (int key = 0; key < keys.length; key++) {
            Group group = built.get(Map.entry(key, direction));
            Buffer buffer = keys[key].buffer();
            if (group != null && buffer.protocols().contains(protocol)) {
                found.add(new FieldGroup(key, buffer, buffer.at(), group));
            }
        }
        found.sort(Comparator.comparing(FieldGroup::at));
        return found.toArray(FieldGroup[]::new);
    }

    private static @Nullable Group[] groups(Group.Builder[] builders, LiteralCompiler compiler, Mode mode) {
        @Nullable Group[] made = new Group[builders.length];
        for (int i = 0; i < made.length; i++) {
            Group built = builders[i].build(compiler, mode);
            made[i] = built.literals() == 0 ? null : built;
        }
        return made;
    }

    private static int[] array(List<Integer> plans) {
        return plans.stream().mapToInt(Integer::intValue).toArray();
    }

    /** True when there is nothing to look for. */
    public boolean isEmpty() {
        return plans.length == 0;
    }

    /** How many rules there are. */
    public int size() {
        return plans.length;
    }

    /** The signature at a place in the order of evaluation. */
    public Signature signature(int index) {
        return plans[index].signature;
    }

    /** True when some rule asks for the body of a transaction. */
    boolean looksAtBodies() {
        return looksAtBodies;
    }

    /** True when some rule asks for files. */
    boolean looksAtFiles() {
        return looksAtFiles;
    }

    private static boolean asksFor(Plan[] plans, Buffer.Origin origin) {
        for (Plan plan : plans) {
            for (Plan.Part part : plan.parts) {
                if (part.buffer != null && part.buffer.origin() == origin) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True when a rule asks for the SHA-1 of files. */
    boolean wantsSha1() {
        return wantsSha1;
    }

    /** True when streams have to be read for rules that look at the payload. */
    boolean wantsStream() {
        return wantsStream;
    }

    /**
     * Puts a set together.
     *
     * @param signatures in any order
     * @param compiler of literals
     */
    public static RuleSet build(List<Signature> signatures, LiteralCompiler compiler) {
        return build(signatures, ACTIONS, FlowVariables.Names.NONE, compiler);
    }

    /**
     * Puts a set together.
     *
     * @param signatures in any order
     * @param actions the order in which actions win: pass, drop, reject and alert, each once
     * @param names of what rules note about flows
     * @param compiler of literals
     */
    static RuleSet build(
            List<Signature> signatures, List<RuleAction> actions, FlowVariables.Names names, LiteralCompiler compiler) {
        List<Signature> ordered = new ArrayList<>(signatures);
        ordered.sort(order(actions));
        Building building = new Building();
        for (Signature signature : ordered) {
            building.add(signature);
        }
        return new RuleSet(building, names, compiler);
    }

    /** Lists by protocol and direction. */
    private static final class Lists {
        private final Map<AppProtocol, List<List<Integer>>> lists = new EnumMap<>(AppProtocol.class);

        List<Integer> get(AppProtocol protocol, int direction) {
            return lists.computeIfAbsent(protocol, ignored -> List.of(new ArrayList<>(), new ArrayList<>()))
                    .get(direction);
        }
    }

    /** A set that is being put together. */
    private static final class Building {
        final List<Plan> plans = new ArrayList<>();
        final Map<Check.BufferKey, Integer> keys = new LinkedHashMap<>();
        final List<Plan> packetPlans = new ArrayList<>();
        final Group.Builder[] tcpPackets = {new Group.Builder(), new Group.Builder()};
        final Group.Builder[] udpPackets = {new Group.Builder(), new Group.Builder()};
        final Group.Builder[] otherPackets = {new Group.Builder(), new Group.Builder()};
        final Group.Builder[] streams = {new Group.Builder(), new Group.Builder()};
        final Group.Builder[] files = {new Group.Builder(), new Group.Builder()};
        final FrameIndex.Builder frames = new FrameIndex.Builder();
        final List<List<Integer>> payloadAlways = List.of(new ArrayList<>(), new ArrayList<>());
        final Map<Map.Entry<Integer, Integer>, Group.Builder> fields = new LinkedHashMap<>();
        final Lists always = new Lists();
        final Lists filesAlways = new Lists();
        final Lists onEvent = new Lists();
        final Map<AppProtocol, Map<Integer, Group.Builder>> bodies = new EnumMap<>(AppProtocol.class);

        Map<Integer, Group.Builder> bodiesOf(AppProtocol protocol) {
            return bodies.computeIfAbsent(protocol, ignored -> new HashMap<>());
        }

        /** Compiles all groups, on all processors, the largest first: one after another they take most of the time that loading takes. */
        void compile(LiteralCompiler compiler) {
            List<Wanted> largestFirst = new ArrayList<>();
            List.of(tcpPackets, udpPackets, otherPackets).forEach(list -> put(largestFirst, List.of(list), Mode.BLOCK));
            List.of(streams, files).forEach(list -> put(largestFirst, List.of(list), Mode.STREAM));
            put(largestFirst, fields.values(), Mode.BLOCK);
            bodies.values().forEach(each -> put(largestFirst, each.values(), Mode.STREAM));
            if (largestFirst.isEmpty()) {
                return;
            }
            largestFirst.sort(
                    Comparator.comparingInt(wanted -> -wanted.builder().literals()));
            List<Future<Group>> compiled = new ArrayList<>();
            try (ExecutorService pool =
                    Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
                for (Wanted wanted : largestFirst) {
                    compiled.add(pool.submit(() -> wanted.builder().build(compiler, wanted.mode())));
                }
            }
            compiled.forEach(Future::resultNow);
        }

        /** A group that is to be compiled. */
        private record Wanted(Group.Builder builder, Mode mode) {}

        private static void put(List<Wanted> wanted, Collection<Group.Builder> builders, Mode mode) {
            for (Group.Builder builder : builders) {
                if (builder.literals() > 0) {
                    wanted.add(new Wanted(builder, mode));
                }
            }
        }

        void add(Signature signature) {
            Plan plan = new Plan(signature, plans.size(), key -> keys.computeIfAbsent(key, ignored -> keys.size()));
            plans.add(plan);
            for (int direction = TO_SERVER; direction <= TO_CLIENT; direction++) {
                if (signature.ways().include(direction == TO_SERVER)) {
                    switch (plan.kind) {
                        case PACKET -> {}
                        case PAYLOAD -> addPayload(plan, direction);
                        case TRANSACTION -> addTransaction(plan, direction);
                        case FRAME -> frames.add(plan, direction);
                    }
                }
            }
            if (plan.kind == Plan.Kind.PACKET) {
                packetPlans.add(plan);
            }
        }

        private void addPayload(Plan plan, int direction) {
            Plan.Anchor anchor = plan.anchor();
            if (anchor == null) {
                payloadAlways.get(direction).add(plan.index);
                return;
            }
            if (plan.isOver(IpProtocol.TCP)) {
                if (plan.inPacket) {
                    tcpPackets[direction].add(anchor.content(), plan.index);
                }
                if (plan.inStream) {
                    streams[direction].add(anchor.content(), plan.index);
                }
            }
            if (plan.isOver(IpProtocol.UDP)) {
                udpPackets[direction].add(anchor.content(), plan.index);
            }
            if (plan.isAnyApplication()) {
                otherPackets[direction].add(anchor.content(), plan.index);
            }
        }

        private void addTransaction(Plan plan, int direction) {
            Plan.Anchor anchor = plan.anchor();
            Plan.Part part = anchor == null ? null : anchor.part();
            if (anchor == null || part == null || part.buffer == null) {
                Lists lists = plan.ofEvent ? onEvent : plan.ofFile ? filesAlways : always;
                for (AppProtocol protocol : AppProtocol.values()) {
                    if (plan.isAbout(protocol)) {
                        lists.get(protocol, direction).add(plan.index);
                    }
                }
                return;
            }
            Buffer buffer = part.buffer;
            if (!buffer.ways().include(direction == TO_SERVER)) {
                return;
            }
            switch (buffer.origin()) {
                case FILE_CONTENT -> files[direction].add(anchor.content(), plan.index);
                case BODY -> {
                    for (AppProtocol protocol : buffer.protocols()) {
                        bodiesOf(protocol)
                                .computeIfAbsent(direction, ignored -> new Group.Builder())
                                .add(anchor.content(), plan.index);
                    }
                }
                default ->
                    fields.computeIfAbsent(Map.entry(part.key, direction), ignored -> new Group.Builder())
                            .add(anchor.content(), plan.index);
            }
        }
    }
}
