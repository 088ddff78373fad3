package jp.genkan.protocols.conversation;

import java.util.Arrays;
import java.util.function.Supplier;
import jp.genkan.core.observation.Direction;

/** Plays single datagrams. */
public final class Datagrams {
    private Datagrams() {}

    /** One datagram, and the end of its flow. */
    public static RecordingConversation play(DatagramParser parser, Direction direction, byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        byte[] shifted = new byte
                [octets.length + 2]; // so that a parser that takes the array's begin for the datagram's is found
        Arrays.fill(shifted, (byte) 0xa5);
        System.arraycopy(octets, 0, shifted, 1, octets.length);
        parser.onDatagram(direction, shifted, 1, 1 + octets.length, conversation);
        Arrays.fill(shifted, (byte) 0xa5);
        parser.onFlowEnd(conversation);
        return conversation;
    }

    /** Every beginning of a datagram: none may throw. */
    public static void playEveryCut(Supplier<DatagramParser> parsers, Direction direction, byte[] octets) {
        for (int length = 0; length < octets.length; length++) {
            play(parsers.get(), direction, Arrays.copyOf(octets, length)).events();
        }
    }
}
