package jp.genkan.protocols.netbios;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;

class NetbiosNameMessageFuzzTest {
    @FuzzTest
    void readsWhateverAMessageHolds(byte[] bytes) {
        NetbiosNameMessage view = new NetbiosNameMessage();
        if (view.wrap(MemorySegment.ofArray(bytes), 0, bytes.length)
                && view.name().length() > 15) {
            throw new AssertionError("a name of " + view.name().length() + " characters");
        }
    }
}
