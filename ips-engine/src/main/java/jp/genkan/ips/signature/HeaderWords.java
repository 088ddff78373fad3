package jp.genkan.ips.signature;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.observation.AppProtocol;
import org.jspecify.annotations.Nullable;

/** The protocol words of rule headers, and what they stand for. */
public final class HeaderWords {
    private static final int SCTP = 132;
    private static final int IGMP = 2;
    private static final int ICMP = 1;
    private static final int ICMPV6 = 58;

    private static final Map<String, Header> WORDS = new LinkedHashMap<>();

    static {
        transport("ip", 0);
        transport("pkthdr", 0);
        transport("ether", 0);
        transport("arp", 0);
        transport("ipv4", 4);
        transport("ip4", 4);
        transport("ipv6", 6);
        transport("ip6", 6);
        transport("tcp", 0, IpProtocol.TCP);
        transport("udp", 0, IpProtocol.UDP);
        transport("icmp", 0, ICMP, ICMPV6);
        transport("icmpv4", 4, ICMP);
        transport("icmpv6", 6, ICMPV6);
        transport("sctp", 0, SCTP);
        transport("igmp", 0, IGMP);
        put(new Header("tcp-pkt", Set.of(IpProtocol.TCP), 0, Set.of(), Header.Payload.PACKET));
        put(new Header("tcp-stream", Set.of(IpProtocol.TCP), 0, Set.of(), Header.Payload.STREAM));
        application("http", AppProtocol.HTTP1, AppProtocol.HTTP2);
        application("http1", AppProtocol.HTTP1);
        application("http2", AppProtocol.HTTP2);
        application("doh2", AppProtocol.HTTP2);
        application("tls", AppProtocol.TLS);
        application("ssl", AppProtocol.TLS);
        application("dcerpc", AppProtocol.DCERPC, AppProtocol.SMB);
        application("krb5", AppProtocol.KERBEROS);
        application("ikev2", AppProtocol.IKE);
        for (AppProtocol each : AppProtocol.values()) {
            if (!WORDS.containsKey(each.eveName())) {
                application(each.eveName(), each);
            }
        }
    }

    private HeaderWords() {}

    private static void put(Header header) {
        WORDS.put(header.word(), header);
    }

    private static void transport(String word, int version, Integer... protocols) {
        put(new Header(word, Set.of(protocols), version, Set.of(), Header.Payload.ANY));
    }

    private static void application(String word, AppProtocol first, AppProtocol... others) {
        put(new Header(word, Set.of(), 0, EnumSet.of(first, others), Header.Payload.ANY));
    }

    /** What a word stands for; null when there is none such. */
    public static @Nullable Header find(String word) {
        return WORDS.get(word);
    }

    /** All words. */
    public static Collection<String> words() {
        return WORDS.keySet();
    }
}
