package jp.genkan.appcontrol.stage;

import java.util.Arrays;
import jp.genkan.appcontrol.definition.DefinitionSet;
import jp.genkan.appcontrol.signature.Payload;
import jp.genkan.appcontrol.signature.Signature;
import jp.genkan.appcontrol.signature.SignatureIndex;
import org.jspecify.annotations.Nullable;

/**
 * What is noted of a flow while it is not named: packets seen, signatures that have begun, what detectors remember, and names that may still become better.
 *
 * <p>Thread rule: its flow's worker; used again for other flows.
 */
final class FlowMemory implements SignatureIndex.Begun {
    /** Signatures that may have begun in a flow; more begin only where octets mean nothing, and those that come later are not followed. */
    static final int BEGUN_MAX = 6;

    final long[] words;
    int packetsToServer;
    int packetsToClient;
    /** Name by a parser, a signature or a detector to which a service may be added. */
    int master;
    /** Service that was found while the flow is still read: a later one may be nearer. */
    int service;
    /** What it is called when nothing better is found. */
    int weak;

    int weakMaster;
    boolean parserSeen;
    /** True when a server was named in the flow, known or not. */
    boolean named;

    private @Nullable DefinitionSet set;
    private final int[] begun = new int[BEGUN_MAX];
    private final byte[] steps = new byte[BEGUN_MAX];
    private final boolean[] toServer = new boolean[BEGUN_MAX];
    private int begunCount;
    private boolean beginToServer;

    FlowMemory(int words) {
        this.words = new long[words];
    }

    void clear() {
        Arrays.fill(words, 0);
        packetsToServer = 0;
        packetsToClient = 0;
        master = 0;
        service = 0;
        weak = 0;
        weakMaster = 0;
        parserSeen = false;
        named = false;
        set = null;
        begunCount = 0;
    }

    int packets() {
        return packetsToServer + packetsToClient;
    }

    /** The heaviest signature that this packet completes, null for none. */
    @Nullable
    Signature match(DefinitionSet now, Payload payload) {
        if (now != set) { // numbers of signatures are a set's own
            set = now;
            begunCount = 0;
        }
        SignatureIndex index = now.signatures();
        Signature best = advance(index, payload);
        beginToServer = payload.toServer();
        int found = index.match(payload, this);
        if (found >= 0 && (best == null || index.get(found).weight() > best.weight())) {
            best = index.get(found);
        }
        return best;
    }

    private @Nullable Signature advance(SignatureIndex index, Payload payload) {
        Signature best = null;
        int kept = 0;
        for (int i = 0; i < begunCount; i++) {
            Signature signature = index.get(begun[i]);
            Signature.Answer answer = signature.test(steps[i], payload, toServer[i]);
            if (answer == Signature.Answer.FAILS) {
                continue;
            }
            int step = steps[i] + (answer == Signature.Answer.HOLDS ? 1 : 0);
            if (step == signature.steps().size()) {
                best = best == null || signature.weight() > best.weight() ? signature : best;
                continue;
            }
            begun[kept] = begun[i];
            steps[kept] = (byte) step;
            toServer[kept++] = toServer[i];
        }
        begunCount = kept;
        return best;
    }

    @Override
    public void begin(int number) {
        for (int i = 0; i < begunCount; i++) {
            if (begun[i] == number) {
                return;
            }
        }
        if (begunCount < BEGUN_MAX) {
            begun[begunCount] = number;
            steps[begunCount] = 1;
            toServer[begunCount++] = beginToServer;
        }
    }
}
