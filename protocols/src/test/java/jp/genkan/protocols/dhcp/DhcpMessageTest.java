package jp.genkan.protocols.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DhcpMessageTest {
    private static byte[] message(int operation, String yourAddress, String options) {
        return HexFormat.of()
                .parseHex("%02x010600".formatted(operation) + "cafe0001" + "00000000" + "00000000" + yourAddress
                        + "0000000000000000" + "001b210a0b0c" + "00".repeat(10) + "00".repeat(192) + "63825363"
                        + options);
    }

    private static DhcpMessage view(byte[] bytes) {
        DhcpMessage view = new DhcpMessage();
        // not at the begin of the segment, so that offsets are seen to be counted from there
        byte[] shifted = new byte[bytes.length + 7];
        Arrays.fill(shifted, (byte) 0xa5);
        System.arraycopy(bytes, 0, shifted, 7, bytes.length);
        assertThat(view.wrap(MemorySegment.ofArray(shifted), 7, bytes.length)).isTrue();
        return view;
    }

    @Test
    void readsWhatAClientSaysOfItself() {
        DhcpMessage view = view(message(
                1,
                "00000000",
                "350103" // request
                        + "3204c0a8010a"
                        + "0c0470632d31" // pc-1
                        + "00"
                        + "3c084d53465420352e30" // MSFT 5.0
                        + "3d0701001b210a0b0c"
                        + "37030103ff"
                        + "510b000000" + "70632d312e6c616e" // pc-1.lan
                        + "ff"));
        assertThat(view.isReply()).isFalse();
        assertThat(view.transactionId()).isEqualTo(0xcafe0001);
        assertThat(view.clientMac()).isEqualTo(0x001b210a0b0cL);
        assertThat(view.messageType()).isEqualTo(DhcpMessage.REQUEST);
        assertThat(view.requestedAddress()).isEqualTo(0xc0a8010a);
        assertThat(view.hostName()).isEqualTo("pc-1");
        assertThat(view.vendorClass()).isEqualTo("MSFT 5.0");
        assertThat(view.optionLength(DhcpMessage.CLIENT_IDENTIFIER)).isEqualTo(7);
        assertThat(view.optionLength(DhcpMessage.PARAMETER_LIST)).isEqualTo(3);
        assertThat(view.clientFqdn()).isEqualTo("pc-1.lan");
    }

    @Test
    void readsTheAddressThatAServerGives() {
        DhcpMessage view = view(message(2, "c0a8010b", "350105" + "330400015180" + "ff"));
        assertThat(view.isReply()).isTrue();
        assertThat(view.messageType()).isEqualTo(DhcpMessage.ACK);
        assertThat(view.yourAddress()).isEqualTo(0xc0a8010b);
        assertThat(view.leaseSeconds()).isEqualTo(86_400);
        assertThat(view.hostName()).isEmpty();
        assertThat(view.hasOption(DhcpMessage.HOST_NAME)).isFalse();
    }

    @Test
    void readsAnFqdnInDnsForm() {
        assertThat(view(message(1, "00000000", "510c040000" + "0470632d31" + "036c616e" + "ff"))
                        .clientFqdn())
                .isEqualTo("pc-1.lan");
        assertThat(view(message(1, "00000000", "5105040000" + "0470" + "ff")).clientFqdn())
                .isEmpty();
    }

    @Test
    void forgetsTheLastMessage() {
        byte[] named = message(1, "00000000", "0c0470632d31ff");
        byte[] unnamed = message(1, "00000000", "350101ff");
        DhcpMessage view = new DhcpMessage();
        view.wrap(MemorySegment.ofArray(named), 0, named.length);
        view.wrap(MemorySegment.ofArray(unnamed), 0, unnamed.length);
        assertThat(view.hostName()).isEmpty();
    }

    @Test
    void stopsAtEveryCut() {
        byte[] whole = message(1, "00000000", "350103" + "0c0470632d31" + "510c040000" + "0470632d31" + "036c616e");
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            DhcpMessage view = new DhcpMessage();
            boolean is = view.wrap(MemorySegment.ofArray(cut), 0, length);
            assertThat(is).isEqualTo(length >= DhcpMessage.HEADER_LENGTH);
            if (is) {
                assertThat("pc-1").startsWith(view.hostName());
                assertThat("pc-1.lan").startsWith(view.clientFqdn());
            }
        }
    }

    @Test
    void readsTheClientOfDhcpv6() {
        byte[] bytes = HexFormat.of()
                .parseHex("01abcdef" + "0001000e" + "00010001aabbccdd001b210a0b0c" + "0027000b" + "01" + "0470632d31"
                        + "036c616e" + "00" + "00080002" + "0000");
        Dhcpv6Message view = new Dhcpv6Message();
        assertThat(view.wrap(MemorySegment.ofArray(bytes), 0, bytes.length)).isTrue();
        assertThat(view.messageType()).isEqualTo(1);
        assertThat(view.clientMac()).isEqualTo(0x001b210a0b0cL);
        assertThat(view.clientFqdn()).isEqualTo("pc-1.lan");
        for (int length = 0; length < bytes.length; length++) {
            view.wrap(MemorySegment.ofArray(Arrays.copyOf(bytes, length)), 0, length);
            assertThat("pc-1.lan").startsWith(view.clientFqdn());
        }
    }
}
