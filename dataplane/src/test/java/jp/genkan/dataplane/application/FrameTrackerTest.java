package jp.genkan.dataplane.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import org.junit.jupiter.api.Test;

class FrameTrackerTest {
    private final List<String> told = new ArrayList<>();
    private int shed;

    private final FrameTracker tracker = new FrameTracker(AppProtocol.HTTP1, true, 0, 0, new FrameTracker.Listener() {
        @Override
        public void frame(ProtocolFrame frame, byte[] octets, int from, int to, long missing) {
            String text = new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
            told.add(
                    frame.type() + ":" + (missing > 0 ? "[" + missing + "]" : "") + text + (frame.isOver() ? "." : ""));
        }

        @Override
        public void frameShed() {
            shed++;
        }
    });

    private void octets(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        tracker.octets(Direction.TO_SERVER, octets, 0, octets.length);
    }

    @Test
    void handsOverWhatCameBeforeAFrameWasTold() {
        octets("abcdef");
        tracker.flush();
        tracker.tell(Direction.TO_SERVER, "pdu", 4, 4, null);
        octets("ghij");
        tracker.flush();
        assertThat(told).containsExactly("pdu:efgh", "pdu:.");
    }

    @Test
    void endsAFrameOfUnknownLengthWhereTheParserSays() {
        ProtocolFrame frame = tracker.tell(Direction.TO_SERVER, "request", 0, ProtocolFrame.UNKNOWN, null);
        octets("abc");
        tracker.flush();
        octets("def");
        tracker.end(frame, 4);
        tracker.flush();
        assertThat(told).containsExactly("request:abc", "request:d", "request:.");
        assertThat(frame.length()).isEqualTo(4);
    }

    @Test
    void tellsHowMuchIsMissing() {
        tracker.tell(Direction.TO_SERVER, "pdu", 0, 8, null);
        octets("ab");
        tracker.flush();
        tracker.gap(Direction.TO_SERVER, 3);
        octets("fghi");
        tracker.flush();
        assertThat(told).containsExactly("pdu:ab", "pdu:[3]fgh", "pdu:.");
    }

    @Test
    void endsWhatIsOpenWithTheFlow() {
        tracker.speaks(AppProtocol.HTTP1);
        octets("ab");
        tracker.endAll();
        assertThat(told).containsExactly("stream:ab", "stream:.", "stream:.");
    }

    @Test
    void followsAsManyFramesAsItsBoundAndCountsTheRest() {
        for (int i = 0; i < FrameTracker.OPEN_MAX + 3; i++) {
            tracker.tell(Direction.TO_SERVER, "pdu", 0, 1_000, null);
        }
        assertThat(shed).isEqualTo(3);
    }

    @Test
    void makesRoomForFramesThatAreWholeAlready() {
        octets("x".repeat(100));
        for (int i = 0; i < 100; i++) {
            tracker.tell(Direction.TO_SERVER, "pdu", i, 1, null);
        }
        tracker.flush();
        assertThat(shed).isZero();
        assertThat(told).hasSize(200);
    }

    @Test
    void forgetsOctetsThatAreTooOld() {
        octets("a".repeat(40_000));
        octets("b".repeat(40_000));
        octets("c");
        tracker.tell(Direction.TO_SERVER, "pdu", 0, ProtocolFrame.UNKNOWN, null);
        tracker.flush();
        assertThat(told).singleElement().asString().startsWith("pdu:[").endsWith("bc");
    }
}
