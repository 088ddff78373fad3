package jp.genkan.protocols.http2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpackDecoderTest {
    private final HpackDecoder decoder = new HpackDecoder();
    private HpackDecoder.Outcome outcome = HpackDecoder.Outcome.GOOD;

    private List<String> decode(String hex) {
        byte[] block = HexFormat.of().parseHex(hex.replace(" ", ""));
        List<String> fields = new ArrayList<>();
        outcome = decoder.decode(block, 0, block.length, (name, value) -> fields.add(text(name) + "=" + text(value)));
        return fields;
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }

    /** RFC 7541, Appendix C.4. */
    @Test
    void decodesRequestsWithHuffman() {
        assertThat(decode("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
                .containsExactly(":method=GET", ":scheme=http", ":path=/", ":authority=www.example.com");
        assertThat(decode("8286 84be 5886 a8eb 1064 9cbf"))
                .containsExactly(
                        ":method=GET",
                        ":scheme=http",
                        ":path=/",
                        ":authority=www.example.com",
                        "cache-control=no-cache");
        assertThat(decode("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
                .containsExactly(
                        ":method=GET",
                        ":scheme=https",
                        ":path=/index.html",
                        ":authority=www.example.com",
                        "custom-key=custom-value");
    }

    /** RFC 7541, Appendix C.5, with the table of 256 octets that it assumes. */
    @Test
    void evictsWhatTheTableHasNoRoomFor() {
        assertThat(decode("3fe1 01")).isEmpty();
        assertThat(decode("4803 3330 3258 0770 7269 7661 7465 611d 4d6f 6e2c 2032 3120 4f63 7420 3230 31332032"
                        + " 303a 3133 3a32 3120 474d 546e 1768 7474 7073 3a2f 2f77 7777 2e65 7861 6d70"
                        + " 6c65 2e63 6f6d"))
                .containsExactly(
                        ":status=302",
                        "cache-control=private",
                        "date=Mon, 21 Oct 2013 20:13:21 GMT",
                        "location=https://www.example.com");
        assertThat(decode("4803 3330 37c1 c0bf"))
                .containsExactly(
                        ":status=307",
                        "cache-control=private",
                        "date=Mon, 21 Oct 2013 20:13:21 GMT",
                        "location=https://www.example.com");
        decode("c2");
        assertThat(outcome).isEqualTo(HpackDecoder.Outcome.INVALID);
    }

    @Test
    void refusesWhatIsNoBlock() {
        for (String hex :
                List.of("80", "ff", "7f", "4081", "008101", "0085ff", "3fffffff7f", "00017884ffffffff", "000178")) {
            HpackDecoderTest fresh = new HpackDecoderTest();
            fresh.decode(hex);
            assertThat(fresh.outcome).as(hex).isNotEqualTo(HpackDecoder.Outcome.GOOD);
        }
    }

    @Test
    void keepsItsTableWithinItsBound() {
        StringBuilder entries = new StringBuilder("3fe1ff03");
        for (int i = 0; i < 20_000; i++) {
            entries.append("4001780179");
        }
        assertThat(decode(entries.toString())).hasSize(20_000);
        assertThat(decode("be")).containsExactly("x=y");
    }
}
