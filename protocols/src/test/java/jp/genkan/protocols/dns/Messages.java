package jp.genkan.protocols.dns;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.RecordingConversation;

/** Builds messages for tests, in hexadecimal. */
final class Messages {
    private Messages() {}

    /** A name as labels with its end. */
    static String name(String name) {
        StringBuilder hex = new StringBuilder();
        for (String label : name.split("\\.", -1)) {
            if (!label.isEmpty()) {
                hex.append(counted(label));
            }
        }
        return hex + "00";
    }

    /** A text with its length in front. */
    static String counted(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return "%02x".formatted(octets.length) + HexFormat.of().formatHex(octets);
    }

    static String header(int flags, int questions, int answers, int authorities, int additionals) {
        return "1234%04x%04x%04x%04x%04x".formatted(flags, questions, answers, authorities, additionals);
    }

    static String question(String name, int type) {
        return name(name) + "%04x0001".formatted(type);
    }

    /** A record whose owner is given as it is on the wire. */
    static String record(String owner, int type, int timeToLive, String data) {
        return owner + "%04x0001%08x%04x".formatted(type, timeToLive, data.length() / 2) + data;
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** The message as text with an octet a character, and its length in front, as a stream has it. */
    static String framed(String hex) {
        return new String(bytes("%04x".formatted(hex.length() / 2) + hex), StandardCharsets.ISO_8859_1);
    }

    static RecordingConversation datagram(Direction direction, String hex) {
        return datagram(AppProtocol.DNS, direction, bytes(hex));
    }

    static RecordingConversation datagram(AppProtocol protocol, Direction direction, byte[] octets) {
        RecordingConversation conversation = new RecordingConversation();
        DnsDatagramParser parser = new DnsDatagramParser(protocol);
        parser.onDatagram(direction, octets, 0, octets.length, conversation);
        parser.onFlowEnd(conversation);
        return conversation;
    }

    /** A request for an address, 29 octets. */
    static final String REQUEST = header(0x0100, 1, 0, 0, 0) + question("example.jp", DnsMessage.A);

    /** Its answer: an alias and two addresses. */
    static final String RESPONSE = header(0x8180, 1, 3, 0, 0)
            + question("example.jp", DnsMessage.A)
            + record("c00c", DnsMessage.CNAME, 60, "03777777c00c")
            + record("03777777c00c", DnsMessage.A, 300, "c0000207")
            + record("03777777c00c", DnsMessage.A, 300, "c0000208");
}
