package jp.genkan.protocols.imap;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import jp.genkan.protocols.conversation.RecordingConversation;

class ImapParserFuzzTest {
    @FuzzTest
    void readsWhateverBothEndsSend(byte[] bytes) {
        String[] pieces = new String(bytes, StandardCharsets.ISO_8859_1).split("\0", 64);
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = (i % 2 == 0 ? "S: " : "C: ") + pieces[i];
        }
        RecordingConversation.play(new ImapParser(), pieces).events();
    }
}
