package jp.genkan.protocols.http.head;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeaderLinesTest {
    private static HeaderFields parse(String lines) {
        byte[] octets = lines.getBytes(StandardCharsets.ISO_8859_1);
        return HeaderFields.parse(octets, 0, octets.length);
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    private static final String LINES = String.join(
            "\r\n",
            "Host: a",
            "Cookie: c=1",
            "X-Two:  one ",
            "Content-Length: 3",
            "x-two: two",
            "Content-Length: 4",
            "Fold: a",
            "  b",
            "",
            "");

    @Test
    void joinsValuesOfOneNameAndLeavesTheCookieOut() {
        assertThat(text(parse(LINES).normalised("cookie")))
                .isEqualTo("Host: a\r\nX-Two: one, two\r\nContent-Length: 3\r\nFold: a b\r\n");
        assertThat(text(parse(LINES).normalised("set-cookie"))).contains("Cookie: c=1\r\n");
    }

    @Test
    void namesEachOnce() {
        assertThat(text(parse(LINES).names()))
                .isEqualTo("\r\nHost\r\nCookie\r\nX-Two\r\nContent-Length\r\nFold\r\n\r\n");
        assertThat(parse("\r\n").names()).isEmpty();
    }

    @Test
    void tellsEachLineByItself() {
        List<String> lines = new ArrayList<>();
        parse(LINES).eachLine(line -> lines.add(text(line)));
        assertThat(lines)
                .containsExactly("Host: a", "Cookie: c=1", "X-Two: one, two", "Content-Length: 3", "Fold: a b");
    }

    @Test
    void keepsRawLinesAsTheyWere() {
        assertThat(text(parse(LINES).raw())).isEqualTo(LINES);
    }

    @Test
    void joinsNothingOfFieldsThatCameWithoutLines() {
        HeaderFields fields = HeaderFields.collecting();
        fields.add(":method".getBytes(StandardCharsets.ISO_8859_1), "GET".getBytes(StandardCharsets.ISO_8859_1));
        fields.add("cookie".getBytes(StandardCharsets.ISO_8859_1), "a".getBytes(StandardCharsets.ISO_8859_1));
        fields.add("cookie".getBytes(StandardCharsets.ISO_8859_1), "b".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(text(fields.normalised("cookie"))).isEqualTo(":method: GET\r\ncookie: a\r\ncookie: b\r\n");
        assertThat(text(fields.names())).isEqualTo("\r\n:method\r\ncookie\r\ncookie\r\n\r\n");
    }
}
