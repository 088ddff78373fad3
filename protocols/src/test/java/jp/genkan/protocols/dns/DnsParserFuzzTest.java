package jp.genkan.protocols.dns;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.frame.Address;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.RecordingConversation;

class DnsParserFuzzTest {
    @FuzzTest
    void readsAnyDatagram(byte[] octets) {
        RecordingConversation seen = Messages.datagram(AppProtocol.DNS, Direction.TO_CLIENT, octets);
        AnswerTable table = new AnswerTable(16, 1);
        for (Transaction transaction : seen.transactions) {
            AnswerLearner.learn((DnsTransaction) transaction, Address.ofV4(1), table, 0);
        }
        seen.events();
    }

    @FuzzTest
    void readsAnyStream(byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        DnsStreamParser parser = new DnsStreamParser();
        int half = octets.length / 2;
        parser.onOctets(Direction.TO_SERVER, octets, 0, half, conversation);
        parser.onGap(Direction.TO_SERVER, half, conversation);
        parser.onOctets(Direction.TO_SERVER, octets, half, octets.length, conversation);
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
