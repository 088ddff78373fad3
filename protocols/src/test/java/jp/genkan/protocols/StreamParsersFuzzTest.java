package jp.genkan.protocols;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.FixedOpening;
import jp.genkan.protocols.conversation.RecordingConversation;
import jp.genkan.protocols.conversation.StreamParser;

/** Every protocol over TCP, known or not by its recogniser, reads any octets, a gap among them. */
class StreamParsersFuzzTest {
    @FuzzTest
    void readsAnyStream(byte[] octets) {
        for (Protocols.OverTcp protocol : Protocols.overTcp()) {
            for (Direction direction : Direction.values()) {
                protocol.recogniser().recognise(new FixedOpening(direction, octets, 5060));
                play(protocol.parser().get(), direction, octets);
            }
        }
    }

    private static void play(StreamParser parser, Direction first, byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        int third = octets.length / 3;
        parser.onOctets(first, octets, 0, third, conversation);
        if (!conversation.handedOver && !conversation.settled) {
            parser.onOctets(first.opposite(), octets, third, 2 * third, conversation);
        }
        if (!conversation.handedOver && !conversation.settled) {
            parser.onGap(first, third, conversation);
        }
        if (!conversation.handedOver && !conversation.settled) {
            parser.onOctets(first, octets, 2 * third, octets.length, conversation);
        }
        parser.onFlowEnd(conversation);
        conversation.events();
    }
}
