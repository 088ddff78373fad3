package jp.genkan.urlfilter.compiled;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import jp.genkan.urlfilter.list.ListLimits;
import jp.genkan.urlfilter.list.SiteScope;
import jp.genkan.urlfilter.own.SiteExceptions;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.suffix.PublicSuffixes;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final Listing FIRST = new Listing("first", "x", ListAction.BLOCK, "", null);
    private static final Listing SECOND = new Listing("second", "x", ListAction.LOG, "", null);

    private final SiteQuery query = new SiteQuery();

    private CompiledBook book(SiteTable table) {
        return new CompiledBook(table, List.of(FIRST, SECOND), new int[] {0, 1}, SiteExceptions.NONE, Words.NONE, 1);
    }

    /** The oracle is a map of names; the table has to say the same of listed and of other names. */
    @Test
    void answersAsAMapOfNamesWould() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Map<String, Integer> oracle = new HashMap<>();
        try (TableBuilder builder = new TableBuilder(PublicSuffixes.none(), ListLimits.DEFAULT, random.nextLong())) {
            for (int list = 0; list < 2; list++) {
                builder.begin("list " + list, "");
                for (int i = 0; i < 50_000; i++) {
                    String name = Integer.toString(random.nextInt(200_000), 36) + ".example";
                    query.text(name);
                    builder.rows("", "").site(query, SiteScope.HOST);
                    oracle.merge(name, list, Math::min);
                }
            }
            CompiledBook book = book(builder.build(Arena.ofAuto()));
            assertThat(book.table().keys()).as("seed %d", seed).isEqualTo(oracle.size());
            for (int i = 0; i < 200_000; i++) {
                String name = Integer.toString(i, 36) + ".example";
                query.text(name);
                Integer list = oracle.get(name);
                assertThat(book.find(query))
                        .as("seed %d: %s", seed, name)
                        .isSameAs(list == null ? null : list == 0 ? FIRST : SECOND);
            }
        }
    }

    @Test
    void leavesOutWhatIsTooMuchAndSaysSo() {
        try (TableBuilder builder = new TableBuilder(PublicSuffixes.none(), ListLimits.DEFAULT, 1, 10)) {
            builder.begin("list", "");
            for (int i = 0; i < 20; i++) {
                query.text("n" + i + ".example");
                builder.rows("", "").site(query, SiteScope.DOMAIN);
            }
            SiteTable table = builder.build(Arena.ofAuto());
            assertThat(table.keys()).isEqualTo(9);
            assertThat(table.lists().getFirst().problems())
                    .containsExactly("more than 10 entries in all lists: what follows is left out");
            assertThat(table.lists().getFirst().skipped()).isEqualTo(11);
        }
    }

    @Test
    void aLookUpAllocatesNothing() {
        try (TableBuilder builder = new TableBuilder(PublicSuffixes.none(), ListLimits.DEFAULT, 1)) {
            for (int list = 0; list < 2; list++) {
                builder.begin("list " + list, "");
                query.text("http://www.bad.example/page?x=1");
                builder.rows("", "").site(query, SiteScope.PAGE);
                builder.rows("", "").site(query, SiteScope.PATHS);
                query.text("192.0.2.1");
                builder.rows("", "").site(query, SiteScope.HOST);
            }
            CompiledBook book = book(builder.build(Arena.ofAuto()));
            byte[] name = "WWW.bad.example.".getBytes(StandardCharsets.US_ASCII);
            byte[] target = "/a/../page?x=2%41".getBytes(StandardCharsets.US_ASCII);
            byte[] address = "0xc0.0.2.1".getBytes(StandardCharsets.US_ASCII);
            long allocated = 0;
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            for (int round = 0; round < 20; round++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                for (int i = 0; i < 1_000; i++) {
                    query.url(false, name, 0, name.length, -1, target, 0, target.length);
                    book.find(query);
                    query.host(address, 0, address.length);
                    book.find(query);
                }
                allocated = threads.getCurrentThreadAllocatedBytes() - before;
            }
            assertThat(allocated).isLessThan(1_000);
        }
    }
}
