package jp.genkan.appcontrol.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jp.genkan.core.frame.Address;
import jp.genkan.core.frame.AddressRange;
import org.junit.jupiter.api.Test;

class HostTableTest {
    private static HostTable table(String... patterns) {
        List<HostPattern> list = new ArrayList<>();
        for (int i = 0; i < patterns.length; i++) {
            list.add(HostPattern.parse(patterns[i], i + 1));
        }
        return new HostTable(list);
    }

    @Test
    void theLongestSuffixOfWholeLabelsWins() {
        HostTable table = table("example.com", "mail.example.com", "com");
        assertThat(table.find("example.com")).isEqualTo(1);
        assertThat(table.find("www.Example.COM.")).isEqualTo(1);
        assertThat(table.find("a.mail.example.com")).isEqualTo(2);
        assertThat(table.find("notexample.com")).isEqualTo(3);
        assertThat(table.find("example.org")).isZero();
        assertThat(table.find("")).isZero();
        assertThat(table.find(".")).isZero();
    }

    @Test
    void anExactNameGoesBeforeItsSuffix() {
        HostTable table = table("example.com", "=example.com");
        assertThat(table.find("example.com")).isEqualTo(2);
        assertThat(table.find("www.example.com")).isEqualTo(1);
    }

    @Test
    void anAsteriskStandsForAnyPartOfTheFirstLabel() {
        HostTable table = table("img*.example.com", "*-cdn.example.com", "example.com");
        assertThat(table.find("img07.example.com")).isEqualTo(1);
        assertThat(table.find("a-cdn.example.com")).isEqualTo(2);
        assertThat(table.find("x.img07.example.com")).isEqualTo(1);
        assertThat(table.find("cdn.example.com")).isEqualTo(3);
    }

    @Test
    void anyPublicSuffixOfOneOrTwoLabels() {
        HostTable table = table("sample.*");
        assertThat(table.find("sample.de")).isEqualTo(1);
        assertThat(table.find("www.sample.co.jp")).isEqualTo(1);
        assertThat(table.find("sample.com")).isEqualTo(1);
        assertThat(table.find("sample.example.com")).isZero();
        assertThat(table.find("sample")).isZero();
    }

    @Test
    void refusesWhatNoHostIs() {
        for (String bad :
                List.of("", "=", "a..b", ".a", "a.", "a b", "ä.com", "a.*.com", "a*.b*.com", "*", "a".repeat(300))) {
            assertThatThrownBy(() -> HostPattern.parse(bad, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theNarrowestRangeOfAddressesWins() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<AddressTable.Entry> entries = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            int prefix = random.nextInt(96 + 8, 96 + 33);
            Address base = new Address(0, 0xffff_0000_0000L | random.nextInt(1 << 16) << 8 & 0xffff_ffffL);
            AddressRange range = AddressRange.parse(base + "/" + (prefix - 96));
            entries.add(new AddressTable.Entry(range, i));
        }
        AddressTable table = new AddressTable(entries);
        for (int i = 0; i < 20_000; i++) {
            long low = 0xffff_0000_0000L | random.nextInt() & 0x00ff_ffffL;
            AddressTable.Entry best = null;
            for (AddressTable.Entry entry : entries) {
                boolean holds = entry.range().contains(0, low);
                if (holds
                        && (best == null
                                || entry.range().prefixLength() > best.range().prefixLength())) {
                    best = entry;
                }
            }
            assertThat(table.find(0, low)).as("seed " + seed).isEqualTo(best == null ? 0 : best.application());
        }
    }
}
