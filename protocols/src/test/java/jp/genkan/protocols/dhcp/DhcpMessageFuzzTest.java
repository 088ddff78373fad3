package jp.genkan.protocols.dhcp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.MemorySegment;

class DhcpMessageFuzzTest {
    @FuzzTest
    void readsWhateverAMessageHolds(byte[] bytes) {
        MemorySegment segment = MemorySegment.ofArray(bytes);
        DhcpMessage view = new DhcpMessage();
        if (view.wrap(segment, 0, bytes.length)) {
            view.clientMac();
            view.messageType();
            view.requestedAddress();
            view.hostName();
            view.vendorClass();
            view.clientFqdn();
            for (int code = 1; code < 255; code++) {
                if (view.hasOption(code) && view.optionOffset(code) + view.optionLength(code) > bytes.length) {
                    throw new AssertionError("option " + code + " beyond the message");
                }
            }
        }
        Dhcpv6Message six = new Dhcpv6Message();
        if (six.wrap(segment, 0, bytes.length)) {
            six.clientMac();
            six.clientFqdn();
        }
    }
}
