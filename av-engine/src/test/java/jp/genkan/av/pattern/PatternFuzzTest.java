package jp.genkan.av.pattern;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Random;

/** Whatever patterns and texts the octets choose: the matcher finds what the obvious search finds. */
class PatternFuzzTest {
    @FuzzTest
    void findsWhatTheObviousSearchFinds(byte[] octets) {
        PatternMatcherTest.compare(new Choices(octets), "octets of the fuzzer");
    }

    /** Choices that octets make, two each; always the first possibility when there are no more. */
    private static final class Choices extends Random {
        private static final long serialVersionUID = 1L;

        private final byte[] octets;
        private int at;

        Choices(byte[] octets) {
            super(0);
            this.octets = octets;
        }

        @Override
        protected int next(int bits) {
            if (octets == null || at + 1 >= octets.length) {
                return 0;
            }
            int chosen = (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
            at += 2;
            return (int) ((long) chosen << 16 >>> 32 - bits);
        }
    }
}
