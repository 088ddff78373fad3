package jp.genkan.appcontrol.stage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.appcontrol.behaviour.Sighting;
import jp.genkan.appcontrol.definition.Application;
import jp.genkan.appcontrol.definition.Category;
import jp.genkan.appcontrol.definition.DefinitionBase;
import jp.genkan.appcontrol.definition.DefinitionSet;
import jp.genkan.appcontrol.detector.Detectors;
import jp.genkan.appcontrol.detector.Finding;
import jp.genkan.appcontrol.signature.Payload;
import jp.genkan.appcontrol.signature.Signature;
import jp.genkan.appcontrol.signature.Signature.Strength;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.protocols.dns.DnsTransaction;
import jp.genkan.protocols.http.head.HttpExchange;
import jp.genkan.protocols.quic.QuicTransaction;
import jp.genkan.protocols.tls.TlsTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Names flows, and never stops any. In the order of a flow's packets:
 *
 * <pre>
 *   onPacketEnd     signatures and detectors look at the payload; what a parser has recognised counts as soon as it has
 *   onTransaction   host, certificate, question...: the service behind the protocol
 *   conclude        when nothing better can come, or after {@link #PACKETS_MAX} packets: the name is final, and the flow settled
 *   onFlowEnd       what was never named: by the address's name, the address, the port
 * </pre>
 *
 * <p>Thread rule: one worker. Allocates when a flow begins to be looked at for the first time, never for a packet.
 */
public final class AppStage implements Stage {
    /** Packets with payload after which a flow without name stays so; of protocols that show themselves later than in the tenth we know none, and ACKs delay parsers. */
    static final int PACKETS_MAX = 24;

    /** Flows that are looked at at a time; a gateway of 100 machines has some hundreds of new flows a second, each named within seconds. */
    static final int MEMORIES_MAX = 1 << 16;

    /** The name of a flow that has none. */
    static final String UNKNOWN = "Unknown";

    private static final int TCP = 6;
    private static final int UDP = 17;

    private final DefinitionBase base;
    private final FlowWatcher watcher;
    private final Detectors detectors;
    private final int tls;
    private final int quic;
    private final int dns;
    private final CounterSet<AppCounter> counters = new CounterSet<>(AppCounter.class);
    private final Payload payload = new Payload();
    private final List<FlowMemory> memories = new ArrayList<>();
    private int[] free = new int[64];
    private int freeCount;

    /** A stage for one worker. */
    public AppStage(DefinitionBase base, FlowWatcher watcher) {
        this.base = base;
        this.watcher = watcher;
        this.detectors = new Detectors(base.names());
        this.tls = base.names().number("TLS");
        this.quic = base.names().number("QUIC");
        this.dns = base.names().number("DNS");
    }

    @Override
    public String name() {
        return "app";
    }

    @Override
    public void collect(CounterCollector to) {
        to.add(name(), counters);
    }

    @Override
    public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
        return Verdict.FORWARD;
    }

    @Override
    public Verdict onPacketEnd(Packet packet, @Nullable Flow flow, StageContext context) {
        if (flow != null) {
            look(packet, flow, context);
        }
        return Verdict.FORWARD;
    }

    private void look(Packet packet, Flow flow, StageContext context) {
        long slot = flow.slot(context.stage());
        if (FlowName.isFinal(slot)) {
            settle(slot, flow, context);
            return;
        }
        if (flow.protocol() != TCP && flow.protocol() != UDP) {
            nameByIpProtocol(flow, context);
            return;
        }
        if (packet.payloadLength == 0 || packet.payloadOffset == Packet.NONE) {
            return;
        }
        FlowMemory memory = memory(flow, context, slot);
        if (memory == null) {
            guess(false, base.current(), flow, context); // or the kernel would never have the flow
            return;
        }
        inspect(memory, packet, flow, context);
    }

    private void nameByIpProtocol(Flow flow, StageContext context) {
        settle(base.current().ofIpProtocol(flow.protocol()), 0, Confidence.DPI, flow, context);
    }

    private @Nullable FlowMemory memory(Flow flow, StageContext context, long slot) {
        int index = FlowName.index(slot);
        if (index >= 0) {
            return memories.get(index);
        }
        if (freeCount > 0) {
            index = free[--freeCount];
        } else if (memories.size() < MEMORIES_MAX) {
            index = memories.size();
            memories.add(new FlowMemory(detectors.words()));
        } else {
            counters.increment(AppCounter.MEMORIES_EXHAUSTED);
            return null;
        }
        memories.get(index).clear();
        flow.slot(context.stage(), FlowName.waiting(index));
        return memories.get(index);
    }

    private void inspect(FlowMemory memory, Packet packet, Flow flow, StageContext context) {
        DefinitionSet set = base.current();
        counters.increment(AppCounter.PACKETS_INSPECTED);
        int number = flow.toServer() ? ++memory.packetsToServer : ++memory.packetsToClient;
        payload.take(packet, flow, number);
        Signature signature = memory.match(set, payload);
        long finding = detectors.inspect(payload, memory.words);
        int application = 0;
        int master = 0;
        Strength strength = Strength.WEAK;
        if (signature != null) {
            application = signature.application();
            master = signature.master();
            strength = signature.strength();
        }
        if (finding != Finding.NONE
                && (application == 0 || Finding.strength(finding).compareTo(strength) > 0)) {
            application = Finding.application(finding);
            master = Finding.master(finding);
            strength = Finding.strength(finding);
        }
        takeName(memory, set);
        if (application != 0 && take(memory, application, master, strength, flow, context)) {
            return;
        }
        askParser(memory, set, flow, context);
    }

    /** Takes a host's name that a detector has seen. */
    private void takeName(FlowMemory memory, DefinitionSet set) {
        String name = payload.name();
        if (name != null && memory.service == 0) {
            memory.named = true;
            memory.service = set.hosts().find(name);
        }
    }

    /** Takes what octets say; true when that is final. */
    private boolean take(
            FlowMemory memory, int application, int master, Strength strength, Flow flow, StageContext context) {
        switch (strength) {
            case SURE -> {
                settle(application, master, Confidence.DPI, flow, context);
                return true;
            }
            case MASTER -> {
                memory.master = application;
                if (memory.service != 0) {
                    conclude(memory, base.current(), flow, context);
                    return true;
                }
            }
            case WEAK -> {
                if (memory.weak == 0) {
                    memory.weak = application;
                    memory.weakMaster = master;
                }
            }
        }
        return false;
    }

    private void askParser(FlowMemory memory, DefinitionSet set, Flow flow, StageContext context) {
        AppProtocol protocol = context.application(flow);
        if (protocol != null && !memory.parserSeen) {
            memory.parserSeen = true;
            memory.master = set.ofParser(protocol);
            if (memory.master != 0 && !namesService(protocol)) {
                settle(memory.master, 0, Confidence.DPI, flow, context);
                return;
            }
        }
        boolean over = protocol != null && context.isReadToEnd(flow);
        if (over || memory.packets() >= PACKETS_MAX) {
            conclude(memory, set, flow, context);
        }
    }

    /** True when what is read of a protocol may name a service behind it. */
    private static boolean namesService(AppProtocol protocol) {
        return switch (protocol) {
            case HTTP1, HTTP2, TLS, QUIC, DNS -> true;
            default -> false;
        };
    }

    @Override
    public Verdict onTransaction(
            Flow flow, Transaction transaction, Direction direction, Packet packet, StageContext context) {
        if (transaction instanceof DnsTransaction question
                && !question.isResponse()
                && transaction.protocol() == AppProtocol.DNS) {
            watcher.asked(flow, question.question(), context);
        }
        long slot = flow.slot(context.stage());
        if (FlowName.isFinal(slot) || flow.protocol() != TCP && flow.protocol() != UDP) {
            return Verdict.FORWARD;
        }
        FlowMemory memory = memory(flow, context, slot);
        if (memory != null && transaction.progress(direction).compareTo(Progress.HEADERS) >= 0) {
            read(memory, transaction, flow, context);
        }
        return Verdict.FORWARD;
    }

    private void read(FlowMemory memory, Transaction transaction, Flow flow, StageContext context) {
        DefinitionSet set = base.current();
        int master = set.ofParser(transaction.protocol());
        boolean last = transaction.progress(Direction.TO_CLIENT).compareTo(Progress.HEADERS) >= 0;
        int service = switch (transaction) {
            case TlsTransaction tls -> {
                last = transaction.progress(Direction.TO_CLIENT) == Progress.COMPLETE;
                yield TransactionNames.ofTls(tls, set);
            }
            case QuicTransaction quic -> {
                last = quic.clientHello() != null || quic.sni() != null;
                yield TransactionNames.ofQuic(quic, set);
            }
            case HttpExchange http -> TransactionNames.ofHttp(http, set);
            case DnsTransaction dns -> {
                last = true;
                yield TransactionNames.ofDns(dns, set);
            }
            default -> 0;
        };
        if (master == 0) {
            return;
        }
        memory.named |= transaction.namesServer();
        memory.parserSeen = true;
        memory.master = master;
        memory.service = service;
        if (service != 0 || last) {
            conclude(memory, set, flow, context);
        }
    }

    /** TLS to some ports has a name of its own, or says what it carries. */
    private static void refine(FlowMemory memory, DefinitionSet set, Flow flow) {
        int byPort = set.ofTlsPort(flow.serverPort());
        if (byPort == 0) {
            return;
        }
        if (!set.isService(byPort)) {
            memory.master = byPort;
        } else if (memory.service == 0) {
            memory.service = byPort;
        }
    }

    /** Gives the flow the best name that was found. */
    private void conclude(FlowMemory memory, DefinitionSet set, Flow flow, StageContext context) {
        if (isEncrypted(memory.master) && context.resolvedName(flow) == null) {
            watcher.unresolved(flow, memory.named, context);
        }
        if (memory.master == tls) {
            refine(memory, set, flow);
        }
        if (memory.master == 0 && memory.service != 0) { // a host's name in octets that no parser has read
            memory.master = memory.weak;
        }
        if (memory.service != 0) {
            settle(memory.service, memory.master, Confidence.DPI, flow, context);
        } else if (memory.master != 0 && isEncrypted(memory.master) && !memory.named) {
            int byHost = byHost(set, flow, context);
            if (byHost != 0) {
                settle(byHost, memory.master, Confidence.HOST, flow, context);
            } else {
                settle(memory.master, 0, Confidence.DPI, flow, context);
            }
        } else if (memory.master != 0) {
            settle(memory.master, 0, Confidence.DPI, flow, context);
        } else if (memory.weak != 0) {
            settle(memory.weak, memory.weakMaster, Confidence.DPI, flow, context);
        } else {
            guess(memory.packets() > 0, set, flow, context);
        }
    }

    /**
     * Names a flow by its server's address or port.
     *
     * @param looked true when its octets were looked at: a port of what would have been recognised by them means nothing then
     */
    private void guess(boolean looked, DefinitionSet set, Flow flow, StageContext context) {
        int byHost = byHost(set, flow, context);
        if (byHost != 0) {
            settle(byHost, 0, Confidence.HOST, flow, context);
            return;
        }
        int byAddress = set.ofAddress(flow.serverHigh(), flow.serverLow());
        if (byAddress != 0) {
            settle(byAddress, 0, Confidence.GUESS, flow, context);
            return;
        }
        int byPort = set.ofPort(flow.protocol(), flow.serverPort());
        byPort = byPort == 0 ? set.ofPort(flow.protocol(), flow.clientPort()) : byPort;
        byPort = looked && set.isRecognisable(byPort) ? 0 : byPort;
        settle(byPort, 0, Confidence.PORT, flow, context);
    }

    private boolean isEncrypted(int master) {
        return master == tls || master == quic;
    }

    /** The application of the name by which the flow's server was looked up. */
    private static int byHost(DefinitionSet set, Flow flow, StageContext context) {
        String name = context.resolvedName(flow);
        return name == null ? 0 : set.hosts().find(name);
    }

    private void settle(int application, int master, Confidence confidence, Flow flow, StageContext context) {
        int stage = context.stage();
        int index = FlowName.index(flow.slot(stage));
        if (index >= 0) {
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, freeCount * 2);
            }
            free[freeCount++] = index;
        }
        long slot = FlowName.settled(application, master == application ? 0 : master, confidence);
        flow.slot(stage, slot);
        settle(slot, flow, context);
        counters.increment(counter(application, confidence));
    }

    /** Nothing more is asked of a flow that has its name; but every question of DNS is counted. */
    private void settle(long slot, Flow flow, StageContext context) {
        if (FlowName.application(slot) != dns && FlowName.master(slot) != dns) {
            flow.settle(context.stage());
        }
    }

    private static AppCounter counter(int application, Confidence confidence) {
        if (application == 0) {
            return AppCounter.UNNAMED;
        }
        return switch (confidence) {
            case DPI -> AppCounter.NAMED_BY_OCTETS;
            case HOST -> AppCounter.NAMED_BY_HOST;
            case PORT -> AppCounter.NAMED_BY_PORT;
            case GUESS -> AppCounter.NAMED_BY_ADDRESS;
        };
    }

    @Override
    public void onFlowEnd(Flow flow, StageContext context) {
        DefinitionSet set = base.current();
        int stage = context.stage();
        long slot = flow.slot(stage);
        if (!FlowName.isFinal(slot)) {
            int index = FlowName.index(slot);
            if (index >= 0) {
                conclude(memories.get(index), set, flow, context);
            } else if (flow.protocol() == TCP || flow.protocol() == UDP) {
                guess(false, set, flow, context);
            } else {
                nameByIpProtocol(flow, context);
            }
            slot = flow.slot(stage);
        }
        int application = FlowName.application(slot);
        int master = FlowName.master(slot);
        String name = application == 0 ? UNKNOWN : name(set, application, master);
        String category = category(set, application);
        List<Sighting> seen = watcher.ended(flow, name, category, kind(set, application, master), context);
        if (application != 0 || !seen.isEmpty()) {
            context.noteFlow(new AppNote(name, category, FlowName.confidence(slot), seen));
        }
    }

    private static String name(DefinitionSet set, int application, int master) {
        String name = set.name(application);
        return master == 0 ? name : set.name(master) + "." + name;
    }

    private static String category(DefinitionSet set, int application) {
        Application known = set.application(application);
        return (known == null ? Category.UNSPECIFIED : known.category()).label();
    }

    private FlowWatcher.Kind kind(DefinitionSet set, int application, int master) {
        if (application == 0) {
            return FlowWatcher.Kind.UNKNOWN;
        }
        if (master != 0 || set.isService(application)) {
            return FlowWatcher.Kind.SERVICE;
        }
        return isEncrypted(application) ? FlowWatcher.Kind.ENCRYPTED : FlowWatcher.Kind.PROTOCOL;
    }
}
