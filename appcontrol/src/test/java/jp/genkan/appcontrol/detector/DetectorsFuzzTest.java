package jp.genkan.appcontrol.detector;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import jp.genkan.appcontrol.definition.DefinitionBase;
import jp.genkan.appcontrol.signature.Payload;

class DetectorsFuzzTest {
    private static final DefinitionBase BASE = new DefinitionBase(null);
    private static final Detectors DETECTORS = new Detectors(BASE.names());

    /** Packets of a flow, each behind its length and direction; none may make a detector or a signature throw. */
    @FuzzTest
    void looksAtWhateverPacketsHold(byte[] packets) {
        for (int protocol : new int[] {6, 17}) {
            long[] memory = new long[DETECTORS.words()];
            Payload payload = new Payload();
            int at = 0;
            int number = 1;
            while (at + 2 <= packets.length) {
                int end = Math.min(packets.length, at + 2 + (packets[at] & 0xff));
                byte[] octets = Arrays.copyOfRange(packets, at + 2, end);
                payload.take(octets, protocol, (packets[at + 1] & 1) == 0, 40_000, packets[at + 1] & 0xff, number++);
                DETECTORS.inspect(payload, memory);
                BASE.current().signatures().match(payload, begun -> {});
                payload.name();
                at = end;
            }
        }
    }
}
