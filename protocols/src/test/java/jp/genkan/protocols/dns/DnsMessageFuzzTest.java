package jp.genkan.protocols.dns;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;

class DnsMessageFuzzTest {
    @FuzzTest
    void readsWhateverAMessageHolds(byte[] bytes) {
        DnsMessage message = new DnsMessage();
        if (!message.wrap(MemorySegment.ofArray(bytes), 0, bytes.length)) {
            return;
        }
        int entries = 0;
        while (message.nextQuestion()) {
            entries++;
        }
        while (message.nextRecord()) {
            entries++;
            if (message.readDataName() && message.dataName().length() > DnsName.OCTETS_MAX) {
                throw new AssertionError("a name of " + message.dataName().length() + " octets");
            }
            if (message.dataOffset() + message.dataLength() > bytes.length) {
                throw new AssertionError("data beyond the message");
            }
        }
        if (entries > DnsMessage.RECORDS_MAX) {
            throw new AssertionError(entries + " entries");
        }
    }
}
