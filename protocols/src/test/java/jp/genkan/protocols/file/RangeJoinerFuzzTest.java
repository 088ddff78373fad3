package jp.genkan.protocols.file;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.frame.Address;

class RangeJoinerFuzzTest {
    private static final Address CLIENT = Address.parse("192.168.0.10");

    /** Each two octets are a part: where it begins, and how long it is. */
    @FuzzTest
    void keepsWithinItsLimits(byte[] octets) {
        RangeJoiner joiner = new RangeJoiner(new RangeJoiner.Limits(2, 64, 100));
        for (int at = 0; at + 1 < octets.length; at += 2) {
            RangeJoiner.Part part = joiner.begin(
                    CLIENT, octets[at] < 0 ? "a" : "b", octets[at] & 0x7f, 128, at, () -> new JoinedFile() {
                        @Override
                        public void octets(byte[] from, int first, int behind) {}

                        @Override
                        public void complete() {}

                        @Override
                        public void abandoned() {}
                    });
            if (part != null) {
                part.onOctets(octets, 0, Math.min(octets.length, octets[at + 1] & 0xff), at);
            }
            if (joiner.memory() > 64 || joiner.memory() < 0 || joiner.files() > 2) {
                throw new AssertionError(joiner.memory() + " octets in " + joiner.files() + " files");
            }
        }
    }
}
