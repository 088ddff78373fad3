package jp.genkan.protocols.http2;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.protocols.conversation.RecordingConversation;

class Http2ParserFuzzTest {
    @FuzzTest
    void readsWhateverTwoPeersSay(byte[] octets) {
        RecordingConversation seen = new RecordingConversation();
        Http2Parser parser = new Http2Parser();
        int half = octets.length / 2;
        parser.onOctets(Direction.TO_SERVER, Http2Recogniser.PREFACE, 0, Http2Recogniser.PREFACE.length, seen);
        parser.onOctets(Direction.TO_SERVER, octets, 0, half, seen);
        parser.onOctets(Direction.TO_CLIENT, octets, half, octets.length, seen);
        parser.onGap(Direction.TO_SERVER, 1, seen);
        parser.onFlowEnd(seen);
        seen.events();
        if (seen.files().stream().anyMatch(file -> file.file.state() == FileState.OPEN)) {
            throw new AssertionError("a file is open behind the end");
        }
    }
}
