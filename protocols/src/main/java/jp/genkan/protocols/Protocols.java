package jp.genkan.protocols;

import java.util.List;
import java.util.function.Supplier;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.protocols.conversation.DatagramParser;
import jp.genkan.protocols.conversation.Recogniser;
import jp.genkan.protocols.conversation.StreamParser;
import jp.genkan.protocols.tls.TlsParser;
import jp.genkan.protocols.tls.TlsRecogniser;

/**
 * Every protocol that the box reads, in the order in which they are asked whether a flow is theirs. Adding one is its package and a line here.
 *
 * <p>Thread rule: immutable.
 */
public final class Protocols {
    private Protocols() {}

    /**
     * A protocol over TCP.
     *
     * @param protocol which
     * @param recogniser knows it by its first octets
     * @param parser makes a parser for one connection
     */
    public record OverTcp(AppProtocol protocol, Recogniser recogniser, Supplier<StreamParser> parser) {}

    /**
     * A protocol over UDP.
     *
     * @param protocol which
     * @param recogniser knows it by its first datagrams
     * @param parser makes a parser for one flow
     */
    public record OverUdp(AppProtocol protocol, Recogniser recogniser, Supplier<DatagramParser> parser) {}

    /** The protocols over TCP. */
    public static List<OverTcp> overTcp() {
        return List.of(new OverTcp(AppProtocol.TLS, new TlsRecogniser(), TlsParser::new));
    }

    /** The protocols over UDP. */
    public static List<OverUdp> overUdp() {
        return List.of();
    }
}
