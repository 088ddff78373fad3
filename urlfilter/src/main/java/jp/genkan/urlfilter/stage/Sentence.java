package jp.genkan.urlfilter.stage;

import java.nio.charset.StandardCharsets;
import jp.genkan.core.counter.CounterSet;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.pipeline.Answer;
import jp.genkan.core.pipeline.DropReason;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.core.pipeline.StageContext;
import jp.genkan.core.pipeline.Verdict;
import jp.genkan.protocols.dns.DnsTransaction;
import jp.genkan.protocols.http.HttpTransaction;
import jp.genkan.protocols.http.head.HostPort;
import jp.genkan.protocols.http.head.HttpExchange;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteQuery;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a hit: a logged visit is counted and told once; a blocked one ends in the way that its client understands, and is told each time.
 *
 * <p>Thread rule: one worker.
 */
final class Sentence {
    /** RFC 8446 §6: a record of type alert, fatal, unrecognized_name. Browsers name the cause, and none of them asks for a certificate. */
    private static final Answer ALERT = new Answer(new byte[] {21, 3, 3, 0, 2, 2, 112});

    private final UrlSettings settings;
    private final SiteQuery query;
    private final CounterSet<UrlCounter> counters;

    Sentence(UrlSettings settings, SiteQuery query, CounterSet<UrlCounter> counters) {
        this.settings = settings;
        this.query = query;
        this.counters = counters;
    }

    // ---- HTTP

    /**
     * Judges a request of HTTP.
     *
     * @param inTurn true when everything that was asked before is answered, so that a page would be taken for the answer to this one
     */
    Verdict onRequest(HttpExchange http, boolean inTurn, Packet packet, Flow flow, StageContext context) {
        query.client(flow.clientHigh(), flow.clientLow());
        if (!ask(http, flow)) {
            return Verdict.FORWARD;
        }
        counters.increment(UrlCounter.JUDGED);
        Listing listing = settings.sites().current().find(query);
        if (listing == null) {
            return Verdict.FORWARD;
        }
        boolean isUrl = isUrl(http);
        if (!begin(listing, Seen.HTTP, isUrl, packet, flow, context)) {
            return Verdict.FORWARD;
        }
        if (!inTurn) {
            return stop(Verdict.REJECT, packet, flow);
        }
        counters.increment(UrlCounter.PAGES);
        context.answer(flow, settings.page().answer(http, listing, shown(isUrl)));
        return stop(Verdict.DROP, packet, flow);
    }

    /** Puts the request into the query; where it names no host, its server's address does. */
    private boolean ask(HttpExchange http, Flow flow) {
        byte[] target = http.rawUri();
        String named = http.hostname();
        String host = named == null ? new Address(flow.serverHigh(), flow.serverLow()).toString() : named;
        byte[] octets = host.getBytes(StandardCharsets.UTF_8);
        if (target == null || !isUrl(http)) {
            return query.host(octets, 0, octets.length);
        }
        return query.url(false, octets, 0, octets.length, port(http, named), target, 0, target.length);
    }

    /** CONNECT names a host and nothing of it. */
    private static boolean isUrl(HttpExchange http) {
        return http.rawUri() != null && !"connect".equalsIgnoreCase(latin(http.method()));
    }

    private static int port(HttpExchange http, @Nullable String named) {
        if (named == null) {
            return -1;
        }
        if (http instanceof HttpTransaction one) {
            return one.port();
        }
        byte[] raw = http.rawHost();
        return raw == null
                ? -1
                : Math.max(-1, HostPort.parse(raw, 0, raw.length).port());
    }

    private static String latin(byte @Nullable [] octets) {
        return octets == null ? "" : new String(octets, StandardCharsets.ISO_8859_1);
    }

    // ---- everything else

    /** A connection whose name, or address, is listed. */
    Verdict onConnection(Listing listing, Seen seen, Packet packet, Flow flow, StageContext context) {
        if (!begin(listing, seen, false, packet, flow, context)) {
            return Verdict.FORWARD;
        }
        AppProtocol spoken = context.application(flow);
        if (packet.ipProtocol == IpProtocol.UDP) {
            // silence, so that a browser falls back from QUIC to TLS, where it is told
            return stop(spoken == AppProtocol.QUIC ? Verdict.DROP : Verdict.REJECT, packet, flow);
        }
        if (spoken == AppProtocol.TLS) {
            counters.increment(UrlCounter.ALERTS);
            context.answer(flow, ALERT);
            return stop(Verdict.DROP, packet, flow);
        }
        return stop(Verdict.REJECT, packet, flow);
    }

    /** A question for a listed name. To look a name up is no visit, so that what is only logged is not told here. */
    Verdict onQuestion(Listing listing, DnsTransaction dns, Packet packet, Flow flow, StageContext context) {
        if (!listing.blocks()) {
            return Verdict.FORWARD;
        }
        boolean tcp = packet.ipProtocol == IpProtocol.TCP;
        Answer answer = settings.acting() ? settings.dns().answer(dns, tcp) : null;
        tell(listing, Seen.DNS, false, answer != null, packet, flow, context);
        if (answer == null) {
            return Verdict.FORWARD;
        }
        counters.increment(UrlCounter.BLOCKED);
        counters.increment(UrlCounter.DNS_ANSWERED);
        context.dropFor(new UrlCause(listing));
        context.answer(flow, answer);
        if (tcp) {
            return stop(Verdict.DROP, packet, flow);
        }
        packet.dropReason = DropReason.URL_FILTER.ordinal(); // the next question of this flow may be another one
        return Verdict.DROP;
    }

    // ---- what all have in common

    /** Counts and tells a hit; true when the visit ends here. */
    private boolean begin(Listing listing, Seen seen, boolean isUrl, Packet packet, Flow flow, StageContext context) {
        boolean ends = listing.blocks() && settings.acting();
        Address machine = new Address(flow.clientHigh(), flow.clientLow());
        boolean begins = settings.visits().note(machine, query.hostText(), listing, ends, context.epochNanos());
        if (!listing.blocks()) {
            counters.increment(UrlCounter.LOGGED);
            if (!begins) {
                return false;
            }
            counters.increment(UrlCounter.VISITS);
        }
        tell(listing, seen, isUrl, ends, packet, flow, context);
        if (ends) {
            counters.increment(UrlCounter.BLOCKED);
            context.dropFor(new UrlCause(listing));
        }
        return ends;
    }

    private void tell(
            Listing listing, Seen seen, boolean isUrl, boolean ends, Packet packet, Flow flow, StageContext context) {
        FlowIdentity identity = FlowIdentity.of(packet, flow);
        UrlEvent event = new UrlEvent(
                context.epochNanos(),
                flow.toServer() ? identity : identity.reversed(),
                isUrl,
                shown(isUrl),
                listing,
                ends,
                seen);
        if (!context.emit(event)) {
            counters.increment(UrlCounter.EVENTS_SHED);
        }
    }

    private String shown(boolean isUrl) {
        return isUrl ? "http://" + query.urlText() : query.hostText();
    }

    private static Verdict stop(Verdict verdict, Packet packet, Flow flow) {
        packet.dropReason = DropReason.URL_FILTER.ordinal();
        flow.dropRest(DropReason.URL_FILTER);
        return verdict;
    }
}
