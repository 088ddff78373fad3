package jp.genkan.protocols.dnp3;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

/** Any octets on the line, and any fragment behind checksums that are right. */
class Dnp3ParserFuzzTest {
    @FuzzTest
    void readsAnyStreamAndFragment(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        Dnp3Parser parser = new Dnp3Parser();
        parser.onOctets(Direction.TO_SERVER, octets, 0, octets.length, conversation);
        parser.onFlowEnd(conversation);
        conversation.events();
        for (Direction direction : Direction.values()) {
            RecordingConversation one = new RecordingConversation();
            one.complete(new Dnp3Transaction(0, direction, 0xc4, 1, 2, octets.clone()));
            one.events();
        }
    }
}
