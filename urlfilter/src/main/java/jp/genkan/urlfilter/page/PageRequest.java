package jp.genkan.urlfilter.page;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.http.head.HttpExchange;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about how it wants to be answered. Everything in it comes from the network.
 *
 * @param form of the answer
 * @param content what is wanted
 * @param language in which
 */
record PageRequest(Form form, Content content, Language language) {
    private static final int VALUE_MAX = 512;
    private static final String[] PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".ico", ".bmp", ".svg"
    };

    /** How much of an answer a request takes. */
    enum Form {
        /** Header and body. */
        WHOLE,
        /** The same of HTTP/1.0. */
        WHOLE_1_0,
        /** The header alone: HEAD. */
        HEAD,
        /** The header alone, of HTTP/1.0. */
        HEAD_1_0,
        /** The body alone: HTTP/0.9. */
        BODY;

        boolean hasHeader() {
            return this != BODY;
        }

        boolean hasBody() {
            return this != HEAD && this != HEAD_1_0;
        }

        String version() {
            return this == WHOLE_1_0 || this == HEAD_1_0 ? "HTTP/1.0" : "HTTP/1.1";
        }
    }

    /** What kind of thing a request is for. */
    enum Content {
        /** Something that a person reads. */
        PAGE,
        /** A picture in a page. */
        PICTURE,
        /** Anything else in a page: a script, a font, data. */
        PART
    }

    /** Reads a request. */
    static PageRequest of(HttpExchange request) {
        String protocol = latin(request.requestProtocol());
        boolean head = latin(request.method()).equalsIgnoreCase("head");
        boolean old = protocol.equalsIgnoreCase("HTTP/1.0");
        Form form = old ? Form.WHOLE_1_0 : Form.WHOLE;
        if (protocol.isEmpty()) {
            form = Form.BODY;
        } else if (head) {
            form = old ? Form.HEAD_1_0 : Form.HEAD;
        }
        return new PageRequest(form, content(request), Language.of(latin(request.acceptLanguage())));
    }

    private static Content content(HttpExchange request) {
        String use = latin(request.field(Direction.TO_SERVER, "sec-fetch-dest"));
        switch (use) {
            case "document", "iframe", "frame", "embed", "object" -> {
                return Content.PAGE;
            }
            case "image" -> {
                return Content.PICTURE;
            }
            case "" -> {
                // an old client, or plain HTTP, where browsers do not say it
            }
            default -> {
                return Content.PART;
            }
        }
        String accepts = latin(request.accept());
        if (accepts.contains("text/html") || accepts.contains("application/xhtml")) {
            return Content.PAGE;
        }
        if (accepts.startsWith("image/") || isPicture(latin(request.rawUri()))) {
            return Content.PICTURE;
        }
        boolean particular = accepts.startsWith("text/css") || accepts.startsWith("application/json");
        return particular ? Content.PART : Content.PAGE;
    }

    private static boolean isPicture(String target) {
        int end = target.indexOf('?');
        String path = end < 0 ? target : target.substring(0, end);
        for (String ending : PICTURES) {
            if (path.endsWith(ending)) {
                return true;
            }
        }
        return false;
    }

    /** As much of a value as counts, in lower case. */
    private static String latin(byte @Nullable [] value) {
        if (value == null) {
            return "";
        }
        return new String(value, 0, Math.min(value.length, VALUE_MAX), StandardCharsets.ISO_8859_1)
                .toLowerCase(Locale.ROOT);
    }
}
