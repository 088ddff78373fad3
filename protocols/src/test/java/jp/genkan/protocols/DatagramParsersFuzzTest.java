package jp.genkan.protocols;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;
import jp.genkan.protocols.conversation.FixedOpening;

/** Every protocol over UDP, known or not by its recogniser, reads any datagram. */
class DatagramParsersFuzzTest {
    @FuzzTest
    void readsAnyDatagram(byte[] octets) {
        for (Protocols.OverUdp protocol : Protocols.overUdp()) {
            for (Direction direction : Direction.values()) {
                protocol.recogniser().recognise(new FixedOpening(direction, octets, 5060));
                Datagrams.play(protocol.parser().get(), direction, octets).events();
            }
        }
    }
}
