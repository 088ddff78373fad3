package jp.genkan.protocols.dns;

import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Frames;

/**
 * DNS over UDP, multicast DNS and LLMNR: a message a datagram, a transaction a message. Keeps nothing between datagrams.
 *
 * <p>Thread rule: as for {@link DatagramParser}.
 */
public final class DnsDatagramParser implements DatagramParser {
    private final MessageReader reader;

    /**
     * A parser for one flow.
     *
     * @param protocol which of the three
     */
    public DnsDatagramParser(AppProtocol protocol) {
        reader = new MessageReader(protocol);
    }

    @Override
    public void onDatagram(Direction direction, byte[] octets, int from, int to, Conversation conversation) {
        DnsTransaction read = reader.read(direction, octets, from, to, conversation);
        Frames frames = conversation.frames();
        if (frames != null) {
            frames.tell(direction, "pdu", 0, to - from, read);
        }
    }
}
