package jp.genkan.dataplane.host;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;

class HostNameReaderFuzzTest {
    @FuzzTest
    void readsWhateverAPacketHolds(byte[] bytes) {
        HostNameReader reader = new HostNameReader();
        MemorySegment payload = MemorySegment.ofArray(bytes);
        for (int service : new int[] {67, 137, 547, 5353, 5355}) {
            reader.read(service, 0, 0xffff_c0a8_010aL, payload, 0, bytes.length);
            if (reader.name.length() > 2 * HostNameText.LENGTH_MAX || reader.name.indexOf('\n') >= 0) {
                throw new AssertionError("name '" + reader.name + "'");
            }
        }
    }
}
