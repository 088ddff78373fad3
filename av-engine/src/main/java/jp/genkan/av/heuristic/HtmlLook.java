package jp.genkan.av.heuristic;

import java.util.Set;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import jp.genkan.protocols.file.MagicType;

/** Web pages that carry a file through the network as data and store it when they are opened. */
final class HtmlLook {
    private static final Set<String> ENDINGS = Set.of("html", "htm", "xhtml", "shtml", "svg", "mht");
    private static final String[] STORES = {
        "createobjecturl",
        "mssaveoropenblob",
        "mssaveblob",
        ".download",
        "setattribute('download",
        "setattribute(\"download"
    };
    private static final String[] MAKES = {"new blob", "atob(", "uint8array", "fromcharcode", "data:application/"};

    /** Characters of a run of data: a small archive. Words and addresses are shorter. */
    private static final int RUN_MIN = 2048;

    private HtmlLook() {}

    static boolean isPage(Content content, FileFacts facts) {
        String type = facts.type();
        boolean named = ENDINGS.contains(facts.extension());
        return MagicType.HTML.mediaType().equals(type)
                || MagicType.SVG.mediaType().equals(type)
                || named && (type == null || type.startsWith("text/")) && content.size() > 0;
    }

    /** A page in lower case. */
    static void look(String page, boolean mailed, Set<Heuristic> found) {
        if (!page.contains("<script") || count(page, STORES) == 0 || count(page, MAKES) < 2 || !hasRun(page)) {
            return;
        }
        found.add(mailed ? Heuristic.HTML_SMUGGLING : Heuristic.HTML_STORES_FILE);
    }

    private static int count(String page, String[] words) {
        int count = 0;
        for (String word : words) {
            count += page.contains(word) ? 1 : 0;
        }
        return count;
    }

    /** True when a long run of digits of base64 or of numbers stands in a page. */
    private static boolean hasRun(String page) {
        int run = 0;
        for (int i = 0; i < page.length(); i++) {
            char c = page.charAt(i);
            boolean data = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == ',';
            run = data ? run + 1 : 0;
            if (run >= RUN_MIN) {
                return true;
            }
        }
        return false;
    }
}
