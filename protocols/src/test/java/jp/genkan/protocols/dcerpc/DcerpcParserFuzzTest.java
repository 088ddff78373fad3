package jp.genkan.protocols.dcerpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

class DcerpcParserFuzzTest {
    /** A series of pieces: an octet that says which way and whether it is a gap, an octet of length, octets. */
    @FuzzTest
    void readsWhateverTwoPeersSay(byte[] octets) {
        DcerpcParser parser = new DcerpcParser();
        RecordingConversation seen = new RecordingConversation();
        int at = 0;
        while (at + 2 < octets.length) {
            Direction direction = Direction.of((octets[at] & 1) != 0);
            int to = Math.min(octets.length, at + 2 + (octets[at + 1] & 0xff));
            if ((octets[at] & 6) == 6) {
                parser.onGap(direction, to - at - 1, seen);
            } else {
                parser.onOctets(direction, octets, at + 2, to, seen);
            }
            at = to;
        }
        parser.onFlowEnd(seen);
        seen.events();
    }
}
