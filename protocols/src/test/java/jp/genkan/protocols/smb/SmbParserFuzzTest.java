package jp.genkan.protocols.smb;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;

class SmbParserFuzzTest {
    /** A series of pieces: an octet that says which way and whether it is a gap, an octet of length, octets; and all of it once more as one record's end. */
    @FuzzTest
    void readsWhateverTwoPeersSay(byte[] octets) {
        SmbParser parser = new SmbParser();
        RecordingConversation seen = new RecordingConversation();
        int at = 0;
        while (at + 2 < octets.length) {
            Direction direction = Direction.of((octets[at] & 1) != 0);
            int to = Math.min(octets.length, at + 2 + (octets[at + 1] & 0xff) * ((octets[at] & 8) != 0 ? 16 : 1));
            if ((octets[at] & 6) == 6) {
                parser.onGap(direction, to - at - 1, seen);
            } else {
                parser.onOctets(direction, octets, at + 2, to, seen);
            }
            at = to;
        }
        parser.onFlowEnd(seen);
        seen.events();
        if (seen.files().stream().anyMatch(file -> file.file.state() == FileState.OPEN)) {
            throw new AssertionError("a file is still open");
        }
    }
}
