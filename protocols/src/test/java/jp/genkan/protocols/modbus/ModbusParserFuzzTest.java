package jp.genkan.protocols.modbus;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

/** Any octets, the first half of them from the client. */
class ModbusParserFuzzTest {
    @FuzzTest
    void readsAnyStream(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        ModbusParser parser = new ModbusParser();
        int half = octets.length / 2;
        parser.onOctets(Direction.TO_SERVER, octets, 0, half, conversation);
        parser.onOctets(Direction.TO_CLIENT, octets, half, octets.length, conversation);
        parser.onFlowEnd(conversation);
        for (var transaction : conversation.transactions) {
            ModbusMessage request = ((ModbusTransaction) transaction).request();
            if (request != null) {
                request.valueAt(request.firstAddress());
                request.valueAt(request.lastAddress());
            }
        }
        conversation.events();
    }
}
