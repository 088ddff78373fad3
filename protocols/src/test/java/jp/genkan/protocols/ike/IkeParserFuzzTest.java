package jp.genkan.protocols.ike;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Datagrams;

/** Any datagram, also one whose length and version are made to fit. */
class IkeParserFuzzTest {
    @FuzzTest
    void readsAnyDatagram(byte[] octets) {
        for (Direction direction : Direction.values()) {
            Datagrams.play(new IkeParser(), direction, octets).events();
            if (octets.length >= IkeMessage.HEADER_LENGTH) {
                byte[] fitting = octets.clone();
                fitting[0] = 1;
                boolean second = (octets[17] & 1) != 0;
                fitting[17] = (byte) (second ? 0x20 : 0x10);
                fitting[18] = (byte) (second ? 34 : 2);
                ByteBuffer.wrap(fitting).putInt(24, fitting.length);
                Datagrams.play(new IkeParser(), direction, fitting).events();
            }
        }
    }
}
