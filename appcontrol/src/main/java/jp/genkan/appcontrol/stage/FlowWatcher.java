package jp.genkan.appcontrol.stage;

import java.util.List;
import jp.genkan.appcontrol.behaviour.BehaviourWatch;
import jp.genkan.appcontrol.behaviour.EndedFlow;
import jp.genkan.appcontrol.behaviour.Sighting;
import jp.genkan.appcontrol.usage.UsageBook;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.StageContext;

/**
 * What a stage tells of its flows to those who add up over many: the totals of use, and the behaviours.
 *
 * <p>Thread rule: one worker's; what it tells is shared.
 *
 * @param usage the totals
 * @param behaviours the watch
 */
public record FlowWatcher(UsageBook usage, BehaviourWatch behaviours) {
    private static final int TCP = 6;
    private static final int UDP = 17;

    /** Octets below which a flow of TCP is taken not to have been answered: a RST, or nothing. */
    private static final long ANSWER_BYTES_MIN = 100;

    private static boolean begunInside(Flow flow) {
        return flow.clientSide() != Side.OUTSIDE;
    }

    private static Address machine(Flow flow) {
        return begunInside(flow)
                ? new Address(flow.clientHigh(), flow.clientLow())
                : new Address(flow.serverHigh(), flow.serverLow());
    }

    private static Address peer(Flow flow) {
        return begunInside(flow)
                ? new Address(flow.serverHigh(), flow.serverLow())
                : new Address(flow.clientHigh(), flow.clientLow());
    }

    /** True when what the server's address names is a group: nobody has to answer. */
    private static boolean isForMany(Flow flow) {
        if (Address.isV4(flow.serverHigh(), flow.serverLow())) {
            int first = (int) (flow.serverLow() >>> 24 & 0xff);
            return first >= 224 || (flow.serverLow() & 0xff) == 0xff;
        }
        return flow.serverHigh() >>> 56 == 0xff;
    }

    private static long bytes(Flow flow, boolean toServer) {
        return flow.bytes(toServer) + flow.bypassedBytes(toServer);
    }

    /** A flow has ended; what was seen by it is told, and returned for its own event. */
    List<Sighting> ended(Flow flow, String name, String category, Kind kind, StageContext context) {
        boolean inside = begunInside(flow);
        Address machine = machine(flow);
        long out = bytes(flow, inside);
        long in = bytes(flow, !inside);
        long from = flow.startEpochNanos();
        long to = Math.max(from, flow.lastEpochNanos());
        usage.add(machine, name, category, out, in, from, to);
        if (flow.protocol() != TCP && flow.protocol() != UDP) {
            return List.of();
        }
        boolean answered = isForMany(flow) || bytes(flow, false) > (flow.protocol() == TCP ? ANSWER_BYTES_MIN : 0);
        List<Sighting> seen = behaviours.ended(new EndedFlow(
                machine,
                inside,
                peer(flow),
                flow.serverPort(),
                flow.protocol(),
                kind != Kind.UNKNOWN,
                kind == Kind.SERVICE,
                kind == Kind.ENCRYPTED,
                out,
                in,
                answered,
                from,
                to));
        tell(seen, flow, machine, to, context);
        return seen;
    }

    /** What is known of a flow. */
    enum Kind {
        UNKNOWN,
        PROTOCOL,
        ENCRYPTED,
        SERVICE
    }

    /** The flow's client has asked DNS. */
    void asked(Flow flow, String question, StageContext context) {
        Address client = new Address(flow.clientHigh(), flow.clientLow());
        if (begunInside(flow)) {
            tell(behaviours.asked(client, question, context.epochNanos()), flow, client, context.epochNanos(), context);
        }
    }

    /** The flow's client has begun TLS with a server that nobody has looked up. */
    void unresolved(Flow flow, boolean named, StageContext context) {
        if (begunInside(flow)) {
            Address client = machine(flow);
            tell(
                    behaviours.unresolved(client, peer(flow), named, context.epochNanos()),
                    flow,
                    client,
                    context.epochNanos(),
                    context);
        }
    }

    private static void tell(List<Sighting> seen, Flow flow, Address machine, long at, StageContext context) {
        for (Sighting sighting : seen) {
            context.emit(new BehaviourEvent(at, identity(flow), machine.toString(), sighting));
        }
    }

    private static FlowIdentity identity(Flow flow) {
        return new FlowIdentity(
                flow.id(),
                new Address(flow.clientHigh(), flow.clientLow()),
                flow.clientPort(),
                new Address(flow.serverHigh(), flow.serverLow()),
                flow.serverPort(),
                flow.protocol(),
                flow.vlanIds(),
                flow.vlanIds() == 0 ? 0 : 1,
                0,
                0,
                0,
                Packet.NONE);
    }
}
