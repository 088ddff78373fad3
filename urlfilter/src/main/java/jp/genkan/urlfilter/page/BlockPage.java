package jp.genkan.urlfilter.page;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import jp.genkan.core.pipeline.Answer;
import jp.genkan.protocols.http.head.HttpExchange;
import jp.genkan.urlfilter.site.Listing;

/**
 * Makes the answer to a request that is blocked: a page that says which list, why, and what to do, in the person's language; a picture of one point where a picture was
 * wanted; a line for scripts and the like. Nothing in it comes from anywhere else, nothing of it may be kept, and what the request has said is escaped.
 *
 * <p>Thread rule: immutable.
 */
public final class BlockPage {
    /** Longest page: it goes out in four segments. */
    public static final int PAGE_MAX = 4_096;

    /** Longest text about whom to ask. */
    public static final int CONTACT_MAX = 120;

    /** Characters of a URL that are shown. */
    private static final int SHOWN_MAX = 100;

    private static final int NAME_MAX = 32;

    /** A GIF of one transparent point. */
    private static final byte[] POINT =
            Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    private static final String STYLE = "body{margin:0;background:#f3f4f6;color:#1f2937;font:16px/1.7 sans-serif}"
            + "main{max-width:36em;margin:1.5em auto;padding:1.2em 1.5em;background:#fff;border-top:6px solid #b91c1c}"
            + "h1{font-size:1.35em;margin:0 0 .5em}h2{font-size:1em;margin:1.2em 0 .2em}p{margin:.3em 0}"
            + "b{word-break:break-all}.t{font-size:1.2em;font-weight:bold}small{color:#6b7280}";

    private final String contact;

    /**
     * A page.
     *
     * @param contact whom to ask for release, as people know them; empty for the one who looks after the network
     */
    public BlockPage(String contact) {
        if (contact.length() > CONTACT_MAX) {
            throw new IllegalArgumentException("longer than " + CONTACT_MAX + " characters");
        }
        this.contact = contact;
    }

    /**
     * The answer to a request.
     *
     * @param listing why
     * @param target the URL in its normal form
     */
    public Answer answer(HttpExchange request, Listing listing, String target) {
        PageRequest wanted = PageRequest.of(request);
        byte[] body = switch (wanted.content()) {
            case PAGE -> page(listing, target, wanted.language()).getBytes(StandardCharsets.UTF_8);
            case PICTURE -> POINT;
            case PART -> "Blocked by the office network.\n".getBytes(StandardCharsets.US_ASCII);
        };
        byte[] header = wanted.form().hasHeader()
                ? header(wanted, body.length).getBytes(StandardCharsets.US_ASCII)
                : new byte[0];
        int bodyLength = wanted.form().hasBody() ? body.length : 0;
        byte[] whole = new byte[header.length + bodyLength];
        System.arraycopy(header, 0, whole, 0, header.length);
        System.arraycopy(body, 0, whole, header.length, bodyLength);
        return new Answer(whole);
    }

    private static String header(PageRequest wanted, int length) {
        String type = switch (wanted.content()) {
            case PAGE -> "text/html; charset=utf-8";
            case PICTURE -> "image/gif";
            case PART -> "text/plain; charset=utf-8";
        };
        return wanted.form().version() + " 403 Forbidden\r\n"
                + "Content-Type: " + type + "\r\n"
                + "Content-Length: " + length + "\r\n"
                + "Content-Language: " + wanted.language().tag() + "\r\n"
                + "Cache-Control: no-store\r\n"
                + "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors *\r\n"
                + "X-Content-Type-Options: nosniff\r\n"
                + "Referrer-Policy: no-referrer\r\n"
                + "Connection: close\r\n\r\n";
    }

    private String page(Listing listing, String target, Language language) {
        boolean japanese = language == Language.JAPANESE;
        PageText text = japanese ? PageText.JAPANESE : PageText.ENGLISH;
        boolean dangerous = Category.isDangerous(listing.category());
        StringBuilder out = new StringBuilder(PAGE_MAX);
        out.append("<!DOCTYPE html><html lang=").append(language.tag());
        out.append("><meta charset=utf-8><meta name=viewport content=\"width=device-width,initial-scale=1\">");
        out.append("<meta name=robots content=noindex><title>").append(text.title());
        out.append("</title><style>").append(STYLE).append("</style><main><h1>").append(text.title());
        out.append("</h1><p>")
                .append(dangerous ? text.dangerous() : text.unwanted())
                .append("</p>");
        row(out, text.target(), target, SHOWN_MAX);
        row(out, text.category(), Category.label(listing.category(), language), NAME_MAX);
        row(out, text.list(), listing.list(), NAME_MAX);
        out.append("<h2>").append(text.whatToDo()).append("</h2><p>");
        out.append(dangerous ? text.closeIt() : text.goBack()).append("</p>");
        if (Category.isSupportScam(listing.category())) {
            out.append("<p>").append(text.supportScam()).append("</p><p class=t>03-5978-7509</p>");
        }
        out.append("<h2>").append(text.release()).append("</h2><p>");
        out.append(contact.isEmpty() ? text.nobody() : Html.escaped(contact, CONTACT_MAX));
        out.append("</p><p>").append(text.tellThis()).append("</p><p><small lang=");
        PageText other = japanese ? PageText.ENGLISH : PageText.JAPANESE;
        out.append(japanese ? "en" : "ja").append('>').append(other.inShort());
        return out.append("</small></p></main></html>\n").toString();
    }

    private static void row(StringBuilder out, String name, String value, int max) {
        out.append("<p>")
                .append(name)
                .append(": <b>")
                .append(Html.escaped(value, max))
                .append("</b></p>");
    }
}
