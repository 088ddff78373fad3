package jp.genkan.protocols.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;

class HttpParserFuzzTest {
    @FuzzTest
    void readsWhateverTwoPeersSay(byte[] octets) {
        RecordingConversation seen = new RecordingConversation();
        HttpParser parser = new HttpParser();
        Direction direction = Direction.TO_SERVER;
        int at = 0;
        while (at < octets.length && !seen.handedOver) {
            int length = Math.min(octets.length - at - 1, octets[at] & 0xff);
            direction = (octets[at] & 1) == 0 ? direction : direction.opposite();
            if (length == 0xfe) {
                parser.onGap(direction, 3, seen);
            }
            parser.onOctets(direction, octets, at + 1, at + 1 + length, seen);
            at += 1 + length;
        }
        if (!seen.handedOver) {
            parser.onFlowEnd(seen);
        }
        seen.events();
        if (seen.files().stream().anyMatch(file -> file.file.state() == FileState.OPEN)) {
            throw new AssertionError("a file is open behind the end");
        }
    }
}
