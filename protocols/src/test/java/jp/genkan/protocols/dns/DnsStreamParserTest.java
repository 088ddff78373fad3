package jp.genkan.protocols.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;
import org.junit.jupiter.api.Test;

class DnsStreamParserTest {
    private static final String REQUEST = Messages.framed(Messages.REQUEST);
    private static final String RESPONSE = Messages.framed(Messages.RESPONSE);
    private static final String[] DIALOGUE = {
        "C: " + REQUEST + REQUEST, "S: " + RESPONSE, "C: " + REQUEST, "S: " + RESPONSE + RESPONSE
    };

    @Test
    void readsSeveralMessagesOfAConnection() {
        RecordingConversation seen = RecordingConversation.play(new DnsStreamParser(), DIALOGUE);
        assertThat(seen.events()).hasSize(6);
        assertThat(seen.transactions).map(t -> t.number()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(seen.anomalies).isEmpty();
    }

    @Test
    void readsTheSameInPiecesOfAnySize() {
        RecordingConversation whole = RecordingConversation.play(new DnsStreamParser(), DIALOGUE);
        for (int seed = 0; seed < 200; seed++) {
            RecordingConversation seen = RecordingConversation.playInPieces(new DnsStreamParser(), seed, DIALOGUE);
            assertThat(seen.events()).as("seed %d", seed).isEqualTo(whole.events());
        }
    }

    @Test
    void losesOneMessageToAGapInsideIt() {
        byte[] octets = (REQUEST + REQUEST + REQUEST).getBytes(StandardCharsets.ISO_8859_1);
        int length = REQUEST.length();
        for (int at = length + 2; at < 2 * length; at++) {
            for (int missing = 1; at + missing <= 2 * length; missing++) {
                RecordingConversation conversation = new RecordingConversation();
                DnsStreamParser parser = new DnsStreamParser();
                parser.onOctets(Direction.TO_SERVER, octets, 0, at, conversation);
                parser.onGap(Direction.TO_SERVER, missing, conversation);
                parser.onOctets(Direction.TO_SERVER, octets, at + missing, octets.length, conversation);
                assertThat(conversation.events())
                        .as("gap of %d at %d", missing, at)
                        .hasSize(2);
            }
        }
    }

    @Test
    void findsItsWayAgainBehindAGapThatEndsBetweenMessages() {
        byte[] octets = REQUEST.getBytes(StandardCharsets.ISO_8859_1);
        RecordingConversation conversation = new RecordingConversation();
        DnsStreamParser parser = new DnsStreamParser();
        parser.onOctets(Direction.TO_SERVER, octets, 0, 10, conversation);
        parser.onGap(Direction.TO_SERVER, 5_000, conversation);
        parser.onOctets(Direction.TO_SERVER, octets, 0, octets.length, conversation);
        assertThat(conversation.events()).hasSize(1);
    }

    @Test
    void settlesWhenNeitherDirectionCanBeReadAnyMore() {
        RecordingConversation conversation = new RecordingConversation();
        DnsStreamParser parser = new DnsStreamParser();
        byte[] noise = new byte[100];
        for (Direction direction : Direction.values()) {
            parser.onGap(direction, 10, conversation);
            parser.onOctets(direction, noise, 0, noise.length, conversation);
        }
        assertThat(conversation.settled).isTrue();
    }

    @Test
    void takesGapsEverywhere() {
        byte[] octets = (REQUEST + RESPONSE + REQUEST).getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < octets.length; at++) {
            for (int missing : new int[] {1, 2, 7, 60, 1 << 20}) {
                RecordingConversation conversation = new RecordingConversation();
                DnsStreamParser parser = new DnsStreamParser();
                parser.onOctets(Direction.TO_CLIENT, octets, 0, at, conversation);
                parser.onGap(Direction.TO_CLIENT, missing, conversation);
                parser.onOctets(
                        Direction.TO_CLIENT,
                        octets,
                        Math.min(octets.length, at + missing),
                        octets.length,
                        conversation);
                parser.onFlowEnd(conversation);
                conversation.events();
            }
        }
    }
}
