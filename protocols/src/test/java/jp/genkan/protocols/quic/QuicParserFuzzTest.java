package jp.genkan.protocols.quic;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

class QuicParserFuzzTest {
    private static final byte[] ID = {1, 2, 3, 4, 5, 6, 7, 8};

    @FuzzTest
    void readsWhateverADatagramHolds(byte[] bytes) {
        RecordingConversation conversation = new RecordingConversation();
        new QuicParser().onDatagram(Direction.TO_SERVER, bytes, 0, bytes.length, conversation);
        conversation.events();
    }

    @FuzzTest
    void readsWhateverAnInitialPacketHolds(byte[] bytes) {
        RecordingConversation conversation = new RecordingConversation();
        byte[] packet =
                new Sealer(1, "client", ID).initial(ID, Arrays.copyOf(bytes, Math.clamp(bytes.length, 2, 8000)));
        new QuicParser().onDatagram(Direction.TO_SERVER, packet, 0, packet.length, conversation);
        conversation.events();
    }
}
