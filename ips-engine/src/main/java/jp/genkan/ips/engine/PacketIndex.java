package jp.genkan.ips.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.ips.match.Moment;
import jp.genkan.ips.network.AddressSpec;
import jp.genkan.ips.network.PortSpec;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureCompiler;

/**
 * Plans that have no literal, found by the packet's protocol and port or, where they are about few addresses, by those, so that a packet is held only against those that may fit.
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
    /** Plans that are about few addresses, by those; they are in none of the lists above. */
    private final AddressIndex bySource;

    private final AddressIndex byDestination;
    private final Plan[] plans;

    PacketIndex(List<Plan> of) {
        plans = of.toArray(Plan[]::new);
        Map<Integer, AddressSpec> sources = new LinkedHashMap<>();
        Map<Integer, AddressSpec> destinations = new LinkedHashMap<>();
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < plans.length; i++) {
            if (!(plans[i].signature.ends() instanceof SignatureCompiler.Ends ends) || ends.both() || ends.isAny()) {
                rest.add(i);
            } else if (ends.source().addresses() <= ends.destination().addresses()) {
                sources.put(i, ends.source());
            } else {
                destinations.put(i, ends.destination());
            }
        }
        bySource = AddressIndex.of(sources, rest);
        byDestination = AddressIndex.of(destinations, rest);
        Map<List<Integer>, int[]> shared = new HashMap<>();
        tcp = byPort(rest, IpProtocol.TCP, shared);
        udp = byPort(rest, IpProtocol.UDP, shared);
        other = array(rest.stream().filter(i -> plans[i].isOverOthers()).toList(), shared);
    }

    private int[][] byPort(List<Integer> among, int protocol, Map<List<Integer>, int[]> shared) {
        boolean[] borders = new boolean[PORTS + 1];
        borders[0] = true;
        for (int each : among) {
            PortSpec ports = ports(plans[each]);
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
                for (int each : among) {
                    if (plans[each].isOver(protocol) && ports(plans[each]).contains(port)) {
                        found.add(each);
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
        find(list, moment, each, once);
        find(bySource.find(moment.sourceHigh(), moment.sourceLow()), moment, each, once);
        find(byDestination.find(moment.destinationHigh(), moment.destinationLow()), moment, each, once);
    }

    private void find(int[] list, Moment moment, PlanList each, PlanList once) {
        for (int i : list) {
            Plan plan = plans[i];
            if (plan.fitsPacket(moment.packet()) && plan.fitsEnds(moment)) {
                (plan.oncePerFlow ? once : each).add(plan.index);
            }
        }
    }
}
