package jp.genkan.urlfilter.url;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import jp.genkan.urlfilter.site.SiteQuery;

class UrlFuzzTest {
    private static final SiteQuery QUERY = new SiteQuery();

    @FuzzTest
    void theNormalFormIsItsOwnNormalForm(byte[] octets) {
        if (!QUERY.text(octets, 0, octets.length) || !QUERY.target().isWhole()) {
            return;
        }
        String once = QUERY.urlText();
        byte[] again = ("http://" + once).getBytes(StandardCharsets.UTF_8);
        if (!QUERY.text(again, 0, again.length) || !QUERY.urlText().equals(once)) {
            throw new AssertionError(once + " became " + QUERY.urlText());
        }
    }

    @FuzzTest
    void aRequestIsReadWhateverItsOctets(byte[] octets) {
        int cut = octets.length / 3;
        QUERY.url(false, octets, 0, cut, octets.length, octets, cut, octets.length);
        if (QUERY.hostText().length() > 2 * HostText.LENGTH_MAX) {
            throw new AssertionError(QUERY.hostText());
        }
    }
}
