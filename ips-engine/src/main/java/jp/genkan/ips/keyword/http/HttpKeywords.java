package jp.genkan.ips.keyword.http;

import java.util.List;
import java.util.Map;
import jp.genkan.core.observation.Progress;
import jp.genkan.ips.inspect.Content;
import jp.genkan.ips.inspect.Step;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.keyword.payload.ContentMaker;
import jp.genkan.ips.match.Buffer;
import jp.genkan.ips.rule.RuleCode;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.BufferTable;
import jp.genkan.ips.signature.Check;
import jp.genkan.ips.signature.Family;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.KeywordTable;
import jp.genkan.ips.signature.SignatureBuilder;
import jp.genkan.protocols.http.head.HttpExchange;

/** Sticky buffers of HTTP, older names of them, the modifiers of still older rules, and the length of the target. */
public final class HttpKeywords implements Family {
    /** Sticky buffers with their older names. */
    private static final List<List<String>> STICKY = List.of(
            List.of("http.method"),
            List.of("http.uri"),
            List.of("http.uri.raw"),
            List.of("http.protocol", "http_protocol"),
            List.of("http.request_line", "http_request_line"),
            List.of("http.response_line", "http_response_line"),
            List.of("http.stat_code"),
            List.of("http.stat_msg"),
            List.of("http.host"),
            List.of("http.host.raw"),
            List.of("http.user_agent"),
            List.of("http.referer", "http_referer"),
            List.of("http.accept", "http_accept"),
            List.of("http.accept_enc", "http_accept_enc"),
            List.of("http.accept_lang", "http_accept_lang"),
            List.of("http.connection", "http_connection"),
            List.of("http.content_type", "http_content_type"),
            List.of("http.content_len", "http_content_len"),
            List.of("http.server"),
            List.of("http.location"),
            List.of("http.cookie"),
            List.of("http.header"),
            List.of("http.header.raw"),
            List.of("http.header_names", "http_header_names"),
            List.of("http.start", "http_start"),
            List.of("http.request_header"),
            List.of("http.response_header"),
            List.of("http.request_body"),
            List.of("http.response_body"),
            List.of("http2.header"),
            List.of("http2.header_name"));

    @Override
    public void register(KeywordTable keywords, BufferTable buffers) {
        HttpBuffers.register(buffers);
        for (List<String> names : STICKY) {
            keywords.addSticky(buffers, names.getFirst(), names.toArray(String[]::new));
        }
        modifier(keywords, buffers, "http_uri", "http.uri");
        modifier(keywords, buffers, "http_raw_uri", "http.uri.raw");
        modifier(keywords, buffers, "http_method", "http.method");
        modifier(keywords, buffers, "http_client_body", "http.request_body");
        modifier(keywords, buffers, "http_server_body", "http.response_body");
        modifier(keywords, buffers, "http_header", "http.header");
        modifier(keywords, buffers, "http_raw_header", "http.header.raw");
        modifier(keywords, buffers, "http_cookie", "http.cookie");
        modifier(keywords, buffers, "http_user_agent", "http.user_agent");
        modifier(keywords, buffers, "http_host", "http.host");
        modifier(keywords, buffers, "http_raw_host", "http.host.raw");
        modifier(keywords, buffers, "http_stat_code", "http.stat_code");
        modifier(keywords, buffers, "http_stat_msg", "http.stat_msg");
        keywords.add(uricontent(keywords, buffers.get("http.uri")), "uricontent");
        keywords.add(HttpKeywords::urilen, "urilen");
        buffers.demand("http.host", HttpKeywords::demandLowerCase);
        buffers.demand("http.method", HttpKeywords::demandNoBlanks);
    }

    // ---- older rules

    private static void modifier(KeywordTable keywords, BufferTable buffers, String name, String buffer) {
        Buffer to = buffers.get(buffer);
        keywords.add(
                (option, rule) -> {
                    option.refuseValue();
                    moveContent(to, option, rule);
                },
                name);
    }

    private static void moveContent(Buffer to, RuleOption option, SignatureBuilder rule) throws RuleException {
        ContentMaker content = rule.last(ContentMaker.class);
        if (content == null) {
            throw new RuleException(RuleCode.CONFLICT, option.column(), option.name() + " has to follow a content");
        }
        rule.move(content, to, option);
    }

    /** A content in the target, in one word. */
    private static Keyword uricontent(KeywordTable keywords, Buffer uri) {
        return (option, rule) -> {
            Keyword content = keywords.find("content");
            if (content == null) {
                throw new IllegalStateException("no keyword content");
            }
            rule.selectPayload(option);
            content.compile(option, rule);
            moveContent(uri, option, rule);
        };
    }

    // ---- urilen

    private static void urilen(RuleOption option, SignatureBuilder rule) throws RuleException {
        String text = option.unquoted();
        int comma = text.indexOf(',');
        NumberTest test = NumberTest.parse(comma < 0 ? text : text.substring(0, comma), Map.of(), option);
        String which = comma < 0 ? "norm" : text.substring(comma + 1).strip();
        boolean isRaw = which.equals("raw");
        if (!isRaw && !which.equals("norm")) {
            throw option.badValue("\"" + which + "\" is not known: norm, raw");
        }
        rule.check(
                new Check.OfValue("urilen", HttpBuffers.HTTP, Buffer.Ways.TO_SERVER, Progress.LINE, false, moment -> {
                    if (!(moment.transaction() instanceof HttpExchange http)) {
                        return false;
                    }
                    byte[] uri = isRaw ? http.rawUri() : http.uri();
                    return uri != null && test.test(uri.length);
                }),
                option);
    }

    // ---- what makes no sense

    /** The host is in lower case, as libhtp makes it; Suricata refuses what can never be found there, and what says the same twice. */
    private static void demandLowerCase(Buffer buffer, List<Step> steps) throws RuleException {
        for (Step step : steps) {
            if (!(step instanceof Content content)) {
                continue;
            }
            if (content.isCaseless()) {
                throw conflict(buffer, "is in lower case, nocase must not stand there", "leave nocase out");
            }
            for (byte octet : content.octets()) {
                if (octet >= 'A' && octet <= 'Z') {
                    throw conflict(
                            buffer,
                            "is in lower case, a capital letter is never found there",
                            "spell it in lower case");
                }
            }
        }
    }

    /** Blanks end the method, so that they are never found in it. */
    private static void demandNoBlanks(Buffer buffer, List<Step> steps) throws RuleException {
        for (Step step : steps) {
            if (step instanceof Content content) {
                byte[] octets = content.octets();
                if (isBlank(octets[0]) || isBlank(octets[octets.length - 1])) {
                    throw conflict(buffer, "has no blanks at its ends, the content does", "leave the blanks out");
                }
            }
        }
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }

    private static RuleException conflict(Buffer buffer, String why, String hint) {
        return new RuleException(RuleCode.CONFLICT, 0, buffer.name() + " " + why, hint);
    }
}
