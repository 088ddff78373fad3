package jp.genkan.appcontrol.detector;

import java.util.List;
import jp.genkan.appcontrol.definition.AppNames;
import jp.genkan.appcontrol.signature.Payload;
import jp.genkan.appcontrol.signature.Signature.Strength;

/**
 * All detectors, asked for each packet of a flow that is not named yet. Adding one is its class and a line here.
 *
 * <p>Thread rule: immutable.
 */
public final class Detectors {
    private final Detector[] overTcp;
    private final Detector[] overUdp;
    private final int[] tcpMemory;
    private final int[] udpMemory;
    private final int words;

    /** The detectors, with numbers for what they name. */
    public Detectors(AppNames names) {
        overTcp = overTcp(names).toArray(Detector[]::new);
        overUdp = overUdp(names).toArray(Detector[]::new);
        tcpMemory = places(overTcp);
        udpMemory = places(overUdp);
        words = Math.max(end(overTcp, tcpMemory), end(overUdp, udpMemory));
    }

    private static List<Detector> overTcp(AppNames names) {
        return List.of(new StunDetector(names), new TlsPacketDetector(names), new HttpPacketDetector(names));
    }

    private static List<Detector> overUdp(AppNames names) {
        return List.of(
                new StunDetector(names), new DtlsDetector(names), new RtpDetector(names), new UtpDetector(names));
    }

    private static int[] places(Detector[] detectors) {
        int[] places = new int[detectors.length];
        int at = 0;
        for (int i = 0; i < detectors.length; i++) {
            places[i] = at;
            at += detectors[i].words();
        }
        return places;
    }

    private static int end(Detector[] detectors, int[] places) {
        int last = detectors.length - 1;
        return last < 0 ? 0 : places[last] + detectors[last].words();
    }

    /** Words of memory that a flow needs. */
    public int words() {
        return words;
    }

    /** The strongest finding of all, of equals the first one's. */
    public long inspect(Payload payload, long[] memory) {
        Detector[] detectors = payload.isTcp() ? overTcp : overUdp;
        int[] places = payload.isTcp() ? tcpMemory : udpMemory;
        long best = Finding.NONE;
        for (int i = 0; i < detectors.length; i++) {
            long found = detectors[i].inspect(payload, memory, places[i]);
            if (found != Finding.NONE && (best == Finding.NONE || isStronger(found, best))) {
                best = found;
            }
        }
        return best;
    }

    private static boolean isStronger(long one, long other) {
        Strength strength = Finding.strength(one);
        return strength.compareTo(Finding.strength(other)) > 0;
    }
}
