package jp.genkan.protocols.pgsql;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

/** Any octets behind a start, the first half of them from the client. */
class PgsqlParserFuzzTest {
    @FuzzTest
    void readsAnyStream(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        PgsqlParser parser = new PgsqlParser();
        byte[] start = "\0\0\0\21\0\3\0\0user\0me\0\0".getBytes(StandardCharsets.ISO_8859_1);
        parser.onOctets(Direction.TO_SERVER, start, 0, start.length, conversation);
        int half = octets.length / 2;
        parser.onOctets(Direction.TO_SERVER, octets, 0, half, conversation);
        parser.onOctets(Direction.TO_CLIENT, octets, half, octets.length, conversation);
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
