package jp.genkan.appcontrol.signature;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All signatures, found by what a packet begins with: those that want a first octet by that octet, the others by their ports, and the few that have neither
 * are asked for every packet. Each list runs from the heaviest signature to the lightest.
 *
 * <p>Thread rule: immutable.
 */
public final class SignatureIndex {
    /** Signatures that are held; ten times what is built in. */
    public static final int SIGNATURES_MAX = 20_000;

    private static final int OCTETS = 256;

    /** A signature that allows more first octets than these is looked for by its ports. */
    private static final int FIRST_OCTETS_MAX = 64;

    /** A signature with more ports than these is asked for every packet. */
    private static final int PORTS_MAX = 64;

    private static final int[] NONE = {};

    private final Signature[] signatures;
    private final int[] weights;
    private final int[][] tcpByOctet = new int[OCTETS][];
    private final int[][] udpByOctet = new int[OCTETS][];
    private final int[][] byPort = new int[1 << 16][];
    private final int[] tcpOthers;
    private final int[] udpOthers;

    /** An index over signatures; what stands earlier wins where weights are equal. */
    public SignatureIndex(List<Signature> all) {
        if (all.size() > SIGNATURES_MAX) {
            throw new IllegalArgumentException(
                    all.size() + " signatures, and at most " + SIGNATURES_MAX + " can be used");
        }
        List<Signature> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparingInt(Signature::weight).reversed());
        signatures = sorted.toArray(Signature[]::new);
        weights = sorted.stream().mapToInt(Signature::weight).toArray();
        Map<Integer, List<Integer>> tcp = new HashMap<>();
        Map<Integer, List<Integer>> udp = new HashMap<>();
        Map<Integer, List<Integer>> ports = new HashMap<>();
        List<Integer> tcpLeft = new ArrayList<>();
        List<Integer> udpLeft = new ArrayList<>();
        for (int i = 0; i < signatures.length; i++) {
            Signature signature = signatures[i];
            boolean[] octets = firstOctets(signature.steps().getFirst());
            int[] wanted = ports(signature.steps().getFirst());
            if (count(octets) <= FIRST_OCTETS_MAX) {
                addOctets(octets, signature, i, tcp, udp);
            } else if (wanted.length > 0) {
                for (int port : wanted) {
                    ports.computeIfAbsent(port, any -> new ArrayList<>()).add(i);
                }
            } else {
                if (signature.transport().carries(6)) {
                    tcpLeft.add(i);
                }
                if (signature.transport().carries(17)) {
                    udpLeft.add(i);
                }
            }
        }
        fill(tcpByOctet, tcp);
        fill(udpByOctet, udp);
        fill(byPort, ports);
        tcpOthers = numbers(tcpLeft);
        udpOthers = numbers(udpLeft);
    }

    private static void addOctets(
            boolean[] octets,
            Signature signature,
            int number,
            Map<Integer, List<Integer>> tcp,
            Map<Integer, List<Integer>> udp) {
        for (int octet = 0; octet < OCTETS; octet++) {
            if (octets[octet]) {
                if (signature.transport().carries(6)) {
                    tcp.computeIfAbsent(octet, any -> new ArrayList<>()).add(number);
                }
                if (signature.transport().carries(17)) {
                    udp.computeIfAbsent(octet, any -> new ArrayList<>()).add(number);
                }
            }
        }
    }

    private static void fill(int[][] table, Map<Integer, List<Integer>> lists) {
        Arrays.fill(table, NONE);
        lists.forEach((at, list) -> table[at] = numbers(list));
    }

    private static int[] numbers(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    /** How many signatures there are. */
    public int size() {
        return signatures.length;
    }

    /** A signature by its number. */
    public Signature get(int number) {
        return signatures[number];
    }

    /**
     * Holds a packet against the first step of all signatures that it may mean.
     *
     * @param begun takes the numbers of those whose first step holds while others wait
     * @return number of the heaviest signature of one step that holds, -1 for none
     */
    public int match(Payload payload, Begun begun) {
        if (payload.here() == 0) {
            return -1;
        }
        int first = payload.octets()[0] & 0xff;
        boolean tcp = payload.isTcp();
        int best = best(tcp ? tcpByOctet[first] : udpByOctet[first], payload, begun, -1);
        best = best(byPort[payload.serverPort() & 0xffff], payload, begun, best);
        if (payload.clientPort() != payload.serverPort()) {
            best = best(byPort[payload.clientPort() & 0xffff], payload, begun, best);
        }
        return best(tcp ? tcpOthers : udpOthers, payload, begun, best);
    }

    private int best(int[] list, Payload payload, Begun begun, int bestBefore) {
        int best = bestBefore;
        for (int number : list) {
            Signature signature = signatures[number];
            boolean several = signature.steps().size() > 1;
            if (best >= 0 && !several && weights[number] <= weights[best]) {
                continue;
            }
            if (signature.transport().carries(payload.protocol())
                    && signature.test(0, payload, payload.toServer()) == Signature.Answer.HOLDS) {
                if (several) {
                    begun.begin(number);
                } else {
                    best = number;
                }
            }
        }
        return best;
    }

    /** Takes signatures of which the first step holds. */
    @FunctionalInterface
    public interface Begun {
        /** The first step of this signature holds. */
        void begin(int number);
    }

    // ---- what a first step allows

    private static int count(boolean[] octets) {
        int count = 0;
        for (boolean octet : octets) {
            count += octet ? 1 : 0;
        }
        return count;
    }

    private static boolean[] firstOctets(Signature.Step step) {
        boolean[] allowed = new boolean[OCTETS];
        Arrays.fill(allowed, true);
        for (Condition condition : step.conditions()) {
            for (int octet = 0; octet < OCTETS; octet++) {
                allowed[octet] &= mayBeginWith(condition, octet);
            }
        }
        return allowed;
    }

    private static boolean mayBeginWith(Condition condition, int octet) {
        return switch (condition) {
            case Condition.Octets octets
            when octets.offset() == 0 -> octets.pattern().mayBeginWith(octet);
            case Condition.Value number
            when number.offset() == 0
                    && number.width() == Condition.Width.U8
                    && number.base() == Condition.Base.ZERO -> {
                long masked = octet & number.mask();
                yield (masked >= number.low() && masked <= number.high()) != number.negated();
            }
            case Condition.Value number
            when number.offset() == 0
                    && number.width() == Condition.Width.U16
                    && number.base() == Condition.Base.ZERO
                    && number.mask() == 0xffff
                    && !number.negated() -> octet >= number.low() >> 8 && octet <= number.high() >> 8;
            default -> true;
        };
    }

    /** The ports of a step, none when there are none or too many. */
    private static int[] ports(Signature.Step step) {
        for (Condition condition : step.conditions()) {
            if (condition instanceof Condition.Ports ports) {
                return ports.oneByOne(PORTS_MAX);
            }
        }
        return NONE;
    }
}
