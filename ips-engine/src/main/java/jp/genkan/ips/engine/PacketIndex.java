package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.network.PortSpec;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureCompiler;

/**
 * Plans that have no literal, found by the packet's protocol and port, so that a packet is held only against those that may fit.
 *
 * <p>Thread rule: immutable, shared.
 */
final class PacketIndex {
    private static final int[] NONE = {};
    private static final int PORTS = 65_536;

    /** By destination port; equal lists are one array. */
    private final int[][] tcp;

    private final int[][] udp;
    private final int[] other;
    private final Plan[] plans;

    PacketIndex(List<Plan> of) {
        Map<List<Integer>, int[]> shared = new HashMap<>();
        plans = of.toArray(Plan[]::new);
        tcp = byPort(of, IpProtocol.TCP, shared);
        udp = byPort(of, IpProtocol.UDP, shared);
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < plans.length; i++) {
            rest.add(i);
        }
        other = array(rest, shared);
    }

    private static int[][] byPort(List<Plan> plans, int protocol, Map<List<Integer>, int[]> shared) {
        boolean[] borders = new boolean[PORTS + 1];
        borders[0] = true;
        for (Plan plan : plans) {
            PortSpec ports = ports(plan);
            for (int i = 0; i < ports.size(); i++) {
                borders[ports.first(i)] = true;
                borders[ports.last(i) + 1] = true;
            }
        }
        int[][] lists = new int[PORTS][];
        int[] current = NONE;
        for (int port = 0; port < PORTS; port++) {
            if (borders[port]) {
                List<Integer> found = new ArrayList<>();
                for (int i = 0; i < plans.size(); i++) {
                    if (plans.get(i).isOver(protocol) && ports(plans.get(i)).contains(port)) {
                        found.add(i);
                    }
                }
                current = array(found, shared);
            }
            lists[port] = current;
        }
        return lists;
    }

    /** The destination ports that may fit; any for a rule that holds both ways. */
    private static PortSpec ports(Plan plan) {
        Signature.Ends ends = plan.signature.ends();
        return ends instanceof SignatureCompiler.Ends known && !known.both() ? known.destinationPort() : PortSpec.ANY;
    }

    private static int[] array(List<Integer> list, Map<List<Integer>, int[]> shared) {
        return list.isEmpty()
                ? NONE
                : shared.computeIfAbsent(
                        list, key -> key.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * The plans that packets with the ends of this one may match, those that are asked once a flow apart.
     *
     * @param each is given the plans for each packet
     * @param once is given the plans for the first packet of a direction
     */
    void find(Moment moment, PlanList each, PlanList once) {
        int[] list = switch (moment.packet().ipProtocol) {
            case IpProtocol.TCP -> tcp[moment.destinationPort()];
            case IpProtocol.UDP -> udp[moment.destinationPort()];
            default -> other;
        };
        for (int i : list) {
            Plan plan = plans[i];
            if (plan.fitsPacket(moment.packet()) && plan.fitsEnds(moment)) {
                (plan.oncePerFlow ? once : each).add(plan.index);
            }
        }
    }
}
