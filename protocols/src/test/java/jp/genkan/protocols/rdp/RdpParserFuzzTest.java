package jp.genkan.protocols.rdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

class RdpParserFuzzTest {
    @FuzzTest
    void readsWhateverBothSidesSend(byte[] bytes) {
        RdpParser parser = new RdpParser();
        RecordingConversation conversation = new RecordingConversation();
        int half = bytes.length / 2;
        parser.onOctets(Direction.TO_SERVER, bytes, 0, half, conversation);
        if (!conversation.settled && !conversation.handedOver) {
            parser.onOctets(Direction.TO_CLIENT, bytes, half, bytes.length, conversation);
        }
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
