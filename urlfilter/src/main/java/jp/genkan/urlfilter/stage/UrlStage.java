package jp.genkan.urlfilter.stage;

import java.nio.charset.StandardCharsets;
import java.util.List;
import jp.genkan.core.counter.CounterCollector;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.frame.Side;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.Transaction;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.Stage;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.protocols.dns.DnsEntry;
import jp.genkan.protocols.dns.DnsSection;
import jp.genkan.protocols.dns.DnsTransaction;
import jp.genkan.protocols.http.HttpTransaction;
import jp.genkan.protocols.http2.Http2Transaction;
import jp.genkan.protocols.quic.QuicTransaction;
import jp.genkan.protocols.tls.Certificate;
import jp.genkan.protocols.tls.TlsTransaction;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteBook;
import jp.genkan.urlfilter.site.SiteQuery;
import org.jspecify.annotations.Nullable;

/**
 * The URL filter: judges each flow from inside by the names that it shows.
 *
 * <pre>
 *   onPacket        the first one: the server's address
 *   onTransaction   HTTP: each request ─ TLS: the hello, without a name in it the certificate ─ QUIC: the hello ─ DNS: each question
 *   onPacketEnd     what speaks none of these, or hides its name: the name by which the server was looked up
 * </pre>
 *
 * <p>A flow whose name was judged is settled, but for HTTP and DNS, which name something new each time. What is done about a hit, {@link Sentence} knows.
 *
 * <p>Thread rule: one worker. Allocates where something is found, and for requests of HTTP.
 */
public final class UrlStage implements Stage {
    // The flow's slot: generation of the lists that judged it, what was judged, requests of HTTP/1 judged and answered
    // (both modulo 2^16)
    private static final long GENERATION = 0xff_ffffL;
    private static final long BEGUN = 1L << 24;
    private static final long DONE = 1L << 25;
    private static final long AWAITS_CERTIFICATE = 1L << 26;
    private static final int ANSWERED_SHIFT = 32;
    private static final int JUDGED_SHIFT = 48;
    private static final long COUNT = 0xffffL;

    /** Questions of one message that are judged: resolvers answer the first only. */
    private static final int QUESTIONS_MAX = 4;

    /** Names of a certificate that are judged. One with more names is for strangers that share a server, and says nothing about which one is meant. */
    private static final int CERTIFICATE_NAMES_MAX = 8;

    /** Packets of QUIC within which a hello comes, one that is spread over several included. */
    private static final int QUIC_PACKETS_MAX = 8;

    private final UrlSettings settings;
    private final SiteQuery query = new SiteQuery();
    private final CounterSet<UrlCounter> counters = new CounterSet<>(UrlCounter.class);
    private final Sentence sentence;

    /** A stage for one worker. */
    public UrlStage(UrlSettings settings) {
        this.settings = settings;
        this.sentence = new Sentence(settings, query, counters);
    }

    @Override
    public String name() {
        return "urlfilter";
    }

    /** What was counted. */
    public CounterSet<UrlCounter> counters() {
        return counters;
    }

    @Override
    public void collect(CounterCollector to) {
        to.add(name(), counters);
    }

    // ---- packets

    @Override
    public Verdict onPacket(Packet packet, Flow flow, StageContext context) {
        SiteBook book = settings.sites().current();
        boolean named = packet.ipProtocol == IpProtocol.TCP || packet.ipProtocol == IpProtocol.UDP;
        if (book.isEmpty() || !named || flow.clientSide() == Side.OUTSIDE) {
            flow.settle(context.stage());
            return Verdict.FORWARD;
        }
        long slot = flow.slot(context.stage());
        if ((slot & BEGUN) != 0 && (slot & GENERATION) == (book.generation() & GENERATION)) {
            if ((slot & DONE) != 0) {
                flow.settle(context.stage());
            }
            return Verdict.FORWARD;
        }
        flow.slot(context.stage(), slot & ~GENERATION | BEGUN | book.generation() & GENERATION);
        query.client(flow.clientHigh(), flow.clientLow());
        query.address(flow.serverHigh(), flow.serverLow());
        Listing listing = find(book);
        return listing == null ? Verdict.FORWARD : sentence.onConnection(listing, Seen.ADDRESS, packet, flow, context);
    }

    @Override
    public Verdict onPacketEnd(Packet packet, @Nullable Flow flow, StageContext context) {
        if (flow == null || (flow.slot(context.stage()) & (BEGUN | DONE)) != BEGUN) {
            return Verdict.FORWARD;
        }
        AppProtocol spoken = context.application(flow);
        boolean tcp = packet.ipProtocol == IpProtocol.TCP;
        if (tcp && spoken == null && !context.isUnrecognisable(flow)) {
            return endIfRead(flow, context);
        }
        if (spoken != null && namesItself(spoken, tcp)) {
            boolean quicSilent = spoken == AppProtocol.QUIC && flow.packets(true) > QUIC_PACKETS_MAX;
            return quicSilent ? byResolvedName(packet, flow, context) : endIfRead(flow, context);
        }
        return byResolvedName(packet, flow, context);
    }

    private static boolean namesItself(AppProtocol spoken, boolean tcp) {
        return switch (spoken) {
            case DNS, MDNS, LLMNR -> true;
            case HTTP1, HTTP2, TLS, WEBSOCKET -> tcp;
            case QUIC -> !tcp;
            default -> false;
        };
    }

    private static Verdict endIfRead(Flow flow, StageContext context) {
        if (context.isReadToEnd(flow)) {
            done(flow, context);
        }
        return Verdict.FORWARD;
    }

    private static void done(Flow flow, StageContext context) {
        flow.slot(context.stage(), flow.slot(context.stage()) | DONE);
        flow.settle(context.stage());
    }

    private Verdict byResolvedName(Packet packet, Flow flow, StageContext context) {
        done(flow, context);
        Listing listing = findResolved(flow, context);
        return listing == null ? Verdict.FORWARD : sentence.onConnection(listing, Seen.DNS, packet, flow, context);
    }

    private @Nullable Listing findResolved(Flow flow, StageContext context) {
        String name = context.resolvedName(flow);
        return name == null ? null : find(name, flow);
    }

    // ---- what applications say

    @Override
    public Verdict onTransaction(
            Flow flow, Transaction transaction, Direction direction, Packet packet, StageContext context) {
        if ((flow.slot(context.stage()) & (BEGUN | DONE)) != BEGUN) {
            return Verdict.FORWARD;
        }
        boolean asks = direction.isToServer();
        return switch (transaction) {
            case HttpTransaction http ->
                asks ? onRequest(http, packet, flow, context) : onResponse(http, flow, context);
            case Http2Transaction http ->
                asks && http.progress(direction) == Progress.HEADERS
                        ? sentence.onRequest(http, false, packet, flow, context)
                        : Verdict.FORWARD;
            case TlsTransaction tls ->
                asks ? onHello(tls, packet, flow, context) : onCertificate(tls, packet, flow, context);
            case QuicTransaction quic
            when asks && quic.clientHello() != null ->
                onName(quic.sni(), quic.hasEncryptedHello(), Seen.QUIC, packet, flow, context);
            case DnsTransaction dns
            when asks && dns.protocol() == AppProtocol.DNS -> onQuestion(dns, packet, flow, context);
            default -> Verdict.FORWARD;
        };
    }

    private Verdict onRequest(HttpTransaction http, Packet packet, Flow flow, StageContext context) {
        Progress reached = http.progress(Direction.TO_SERVER);
        long slot = flow.slot(context.stage());
        long number = http.number() & COUNT;
        boolean isNew = (short) (number + 1 - (slot >>> JUDGED_SHIFT)) > 0;
        boolean whole = reached == Progress.HEADERS || reached == Progress.COMPLETE && http.method() != null;
        if (!isNew || !whole) {
            return Verdict.FORWARD;
        }
        flow.slot(context.stage(), slot & ~(COUNT << JUDGED_SHIFT) | (number + 1 & COUNT) << JUDGED_SHIFT);
        boolean inTurn = (slot >>> ANSWERED_SHIFT & COUNT) == number;
        return sentence.onRequest(http, inTurn, packet, flow, context);
    }

    private static Verdict onResponse(HttpTransaction http, Flow flow, StageContext context) {
        if (http.progress(Direction.TO_CLIENT) == Progress.COMPLETE) {
            long slot = flow.slot(context.stage());
            long answered = http.number() + 1 & COUNT;
            flow.slot(context.stage(), slot & ~(COUNT << ANSWERED_SHIFT) | answered << ANSWERED_SHIFT);
        }
        return Verdict.FORWARD;
    }

    private Verdict onHello(TlsTransaction tls, Packet packet, Flow flow, StageContext context) {
        if (tls.clientHello() == null || tls.progress(Direction.TO_SERVER) != Progress.HEADERS) {
            return Verdict.FORWARD;
        }
        if (tls.sni() == null && context.resolvedName(flow) == null) {
            flow.slot(context.stage(), flow.slot(context.stage()) | AWAITS_CERTIFICATE);
            return Verdict.FORWARD;
        }
        return onName(tls.sni(), tls.hasEncryptedHello(), Seen.SNI, packet, flow, context);
    }

    /**
     * A hello names a server, or hides it. Behind an encrypted hello the name in the open is the provider's, and nobody looks that up; browsers also pretend to encrypt, and
     * then it is the one that was looked up.
     */
    private Verdict onName(
            @Nullable String name, boolean encrypted, Seen seen, Packet packet, Flow flow, StageContext context) {
        Listing listing = name == null ? null : find(name, flow);
        Seen where = seen;
        if (listing == null && (name == null || encrypted && !context.isLookedUp(name))) {
            listing = findResolved(flow, context);
            where = Seen.DNS;
        }
        done(flow, context);
        return listing == null ? Verdict.FORWARD : sentence.onConnection(listing, where, packet, flow, context);
    }

    private Verdict onCertificate(TlsTransaction tls, Packet packet, Flow flow, StageContext context) {
        Certificate certificate = tls.serverCertificate();
        if (certificate == null || (flow.slot(context.stage()) & AWAITS_CERTIFICATE) == 0) {
            return Verdict.FORWARD;
        }
        done(flow, context);
        List<String> names = CertificateNames.of(certificate, CERTIFICATE_NAMES_MAX);
        for (String name : names) {
            Listing listing = find(name, flow);
            if (listing != null) {
                return sentence.onConnection(listing, Seen.CERTIFICATE, packet, flow, context);
            }
        }
        return Verdict.FORWARD;
    }

    private Verdict onQuestion(DnsTransaction dns, Packet packet, Flow flow, StageContext context) {
        List<DnsEntry> questions = dns.isResponse() ? List.of() : dns.entries(DnsSection.QUESTION);
        SiteBook book = settings.sites().current();
        for (int i = 0; i < Math.min(questions.size(), QUESTIONS_MAX); i++) {
            byte[] name = questions.get(i).nameOctets();
            query.client(flow.clientHigh(), flow.clientLow());
            Listing listing = query.host(name, 0, name.length) ? find(book) : null;
            if (listing != null) {
                return sentence.onQuestion(listing, dns, packet, flow, context);
            }
        }
        return Verdict.FORWARD;
    }

    // ---- the lists

    private @Nullable Listing find(String name, Flow flow) {
        byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
        query.client(flow.clientHigh(), flow.clientLow());
        return query.host(octets, 0, octets.length) ? find(settings.sites().current()) : null;
    }

    private @Nullable Listing find(SiteBook book) {
        counters.increment(UrlCounter.JUDGED);
        return book.find(query);
    }
}
