package jp.genkan.protocols.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.Recognition;
import org.junit.jupiter.api.Test;

class DnsRecogniserTest {
    private static final byte[] REQUEST = Messages.bytes(Messages.REQUEST);
    private static final byte[] RESPONSE = Messages.bytes(Messages.RESPONSE);

    private static Recognition datagram(byte[] octets, int port) {
        return DnsRecogniser.datagrams().recognise(new FixedOpening(Direction.TO_SERVER, octets, port));
    }

    @Test
    void knowsMessagesOnAnyPortAndInBothDirections() {
        assertThat(datagram(REQUEST, 53)).isEqualTo(Recognition.YES);
        assertThat(datagram(REQUEST, 5300)).isEqualTo(Recognition.YES);
        assertThat(DnsRecogniser.datagrams().recognise(new FixedOpening(Direction.TO_CLIENT, RESPONSE, 5300)))
                .isEqualTo(Recognition.YES);
    }

    @Test
    void tellsMulticastAndLinkLocalApartByTheirPorts() {
        assertThat(datagram(REQUEST, 5353)).isEqualTo(Recognition.NO);
        assertThat(DnsRecogniser.multicast().recognise(new FixedOpening(Direction.TO_SERVER, REQUEST, 5353)))
                .isEqualTo(Recognition.YES);
        assertThat(DnsRecogniser.linkLocal().recognise(new FixedOpening(Direction.TO_SERVER, REQUEST, 5355)))
                .isEqualTo(Recognition.YES);
        assertThat(DnsRecogniser.multicast().recognise(new FixedOpening(Direction.TO_SERVER, REQUEST, 53)))
                .isEqualTo(Recognition.NO);
    }

    @Test
    void refusesWhatIsOddOnStrangePorts() {
        byte[] longer = Arrays.copyOf(REQUEST, REQUEST.length + 1);
        assertThat(datagram(longer, 5300)).isEqualTo(Recognition.NO);
        assertThat(datagram(longer, 53)).isEqualTo(Recognition.YES);
        byte[] strangeType = REQUEST.clone();
        strangeType[REQUEST.length - 4] = 0x30;
        assertThat(datagram(strangeType, 5300)).isEqualTo(Recognition.NO);
        assertThat(datagram(strangeType, 53)).isEqualTo(Recognition.YES);
        assertThat(datagram(Arrays.copyOf(REQUEST, 8), 53)).isEqualTo(Recognition.NO);
    }

    @Test
    void swallowsNoNoise() {
        Random random = new Random(3);
        for (int i = 0; i < 200_000; i++) {
            byte[] noise = new byte[12 + random.nextInt(60)];
            random.nextBytes(noise);
            if (i % 2 == 0) {
                Arrays.fill(noise, 4, 12, (byte) 0);
                noise[5] = 1;
            }
            assertThat(datagram(noise, 5300)).isEqualTo(Recognition.NO);
        }
    }

    @Test
    void waitsForAWholeMessageOfAStream() {
        byte[] framed = Messages.framed(Messages.REQUEST).getBytes(StandardCharsets.ISO_8859_1);
        for (int length = 0; length < framed.length; length++) {
            FixedOpening opening = new FixedOpening(Direction.TO_SERVER, Arrays.copyOf(framed, length), 53);
            assertThat(DnsRecogniser.streams().recognise(opening)).isEqualTo(Recognition.MORE);
        }
        assertThat(DnsRecogniser.streams().recognise(new FixedOpening(Direction.TO_SERVER, framed, 5300)))
                .isEqualTo(Recognition.YES);
        byte[] text = "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThat(DnsRecogniser.streams().recognise(new FixedOpening(Direction.TO_SERVER, text, 5300)))
                .isEqualTo(Recognition.NO);
    }
}
