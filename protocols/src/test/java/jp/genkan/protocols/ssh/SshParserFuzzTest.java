package jp.genkan.protocols.ssh;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

class SshParserFuzzTest {
    @FuzzTest
    void readsWhateverBothSidesSend(byte[] bytes) {
        SshParser parser = new SshParser();
        RecordingConversation conversation = new RecordingConversation();
        int half = bytes.length / 2;
        parser.onOctets(Direction.TO_SERVER, bytes, 0, half, conversation);
        parser.onOctets(Direction.TO_CLIENT, bytes, half, bytes.length, conversation);
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
