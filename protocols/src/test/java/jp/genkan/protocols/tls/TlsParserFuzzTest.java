package jp.genkan.protocols.tls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

class TlsParserFuzzTest {
    @FuzzTest
    void readsWhateverBothSidesSend(byte[] bytes) {
        TlsParser parser = new TlsParser();
        RecordingConversation conversation = new RecordingConversation();
        int half = bytes.length / 2;
        parser.onOctets(Direction.TO_SERVER, bytes, 0, half, conversation);
        if (!conversation.settled) {
            parser.onOctets(Direction.TO_CLIENT, bytes, half, bytes.length, conversation);
        }
        parser.onFlowEnd(conversation);
        conversation.events();
    }

    @FuzzTest
    void readsWhateverStandsForACertificate(byte[] bytes) {
        new CertificateReader(bytes).read();
    }
}
