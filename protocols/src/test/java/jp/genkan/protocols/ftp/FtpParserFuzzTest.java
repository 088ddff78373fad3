package jp.genkan.protocols.ftp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

class FtpParserFuzzTest {
    @FuzzTest
    void readsAnyDialogue(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        FtpParser parser = new FtpParser();
        int third = octets.length / 3;
        parser.onOctets(Direction.TO_SERVER, octets, 0, third, conversation);
        if (!conversation.handedOver) {
            parser.onOctets(Direction.TO_CLIENT, octets, third, 2 * third, conversation);
        }
        parser.onGap(Direction.TO_SERVER, third, conversation);
        if (!conversation.handedOver) {
            parser.onOctets(Direction.TO_SERVER, octets, 2 * third, octets.length, conversation);
        }
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
