package jp.genkan.av.harmless.form;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import jp.genkan.av.harmless.explain.Explanation;
import org.jspecify.annotations.Nullable;

/** A page. Stateless. */
final class HtmlForm {
    private static final String HEAD =
            "<!doctype html><html lang=\"ja\"><head><meta charset=\"utf-8\"><title>ウイルスを取り除きました / A virus was removed</title>"
                    + "<meta name=\"viewport\" content=\"width=device-width\"><style>body{font:16px/1.7 sans-serif;margin:0;background:#f4f5f7;color:#222}"
                    + "main{max-width:44em;margin:2em auto;padding:1.5em 2em;background:#fff;border-top:6px solid #c62828}h1{font-size:1.4em;color:#c62828}"
                    + "th{text-align:left;vertical-align:top;padding-right:1.5em;font-weight:normal;color:#666;white-space:nowrap}td{overflow-wrap:anywhere}"
                    + "section+section{border-top:1px solid #ddd;margin-top:1.5em}</style></head><body><main>\n";
    private static final String SHORT = "<!doctype html><meta charset=\"utf-8\"><title>Virus</title><p>";
    private static final String COMMENT = "<!--";
    private static final String COMMENT_END = "-->";

    private HtmlForm() {}

    /** A page of this length; null when there is no room for one. */
    static byte @Nullable [] of(Explanation explanation, int length) {
        String full = HEAD + section(explanation.japanese(), "ja") + section(explanation.english(), "en")
                + "</main></body></html>\n";
        byte[] page = full.getBytes(StandardCharsets.UTF_8);
        if (page.length <= length) {
            return padded(page, length);
        }
        for (String text : texts(explanation)) {
            byte[] shortPage = (SHORT + escape(text).replace("\r\n", "<br>")).getBytes(StandardCharsets.UTF_8);
            if (shortPage.length <= length) {
                return padded(shortPage, length);
            }
        }
        return null;
    }

    private static List<String> texts(Explanation explanation) {
        return explanation.texts();
    }

    private static String section(Explanation.Words words, String language) {
        StringBuilder html = new StringBuilder();
        html.append("<section lang=\"")
                .append(language)
                .append("\"><h1>")
                .append(escape(words.title()))
                .append("</h1>\n<p>");
        html.append(escape(words.reason())).append("</p>\n<table>");
        for (Explanation.Row row : words.rows()) {
            html.append("<tr><th>")
                    .append(escape(row.label()))
                    .append("</th><td>")
                    .append(escape(row.value()))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n<ul>");
        for (String line : words.advice()) {
            html.append("<li>").append(escape(line)).append("</li>\n");
        }
        return html.append("</ul></section>\n").toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static byte[] padded(byte[] page, int length) {
        byte[] all = Arrays.copyOf(page, length);
        int from = page.length;
        int to = length;
        if (length - page.length >= COMMENT.length() + COMMENT_END.length()) {
            for (int i = 0; i < COMMENT.length(); i++) {
                all[from++] = (byte) COMMENT.charAt(i);
            }
            to -= COMMENT_END.length();
            for (int i = 0; i < COMMENT_END.length(); i++) {
                all[to + i] = (byte) COMMENT_END.charAt(i);
            }
        }
        TextForm.pad(all, from, to);
        return all;
    }
}
