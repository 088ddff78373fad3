package jp.genkan.urlfilter.compiled;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jp.genkan.urlfilter.list.ListLimits;
import jp.genkan.urlfilter.list.RowSink;
import jp.genkan.urlfilter.list.SiteScope;
import jp.genkan.urlfilter.own.SiteExceptions;
import jp.genkan.urlfilter.own.Words;
import jp.genkan.urlfilter.site.ListAction;
import jp.genkan.urlfilter.site.Listing;
import jp.genkan.urlfilter.site.SiteQuery;
import jp.genkan.urlfilter.suffix.PublicSuffixes;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Look-ups among 5 million hosts and 1 million pages on half a million hosts, in a table that is mapped from disk. */
@State(Scope.Thread)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 1, time = 3)
@Measurement(iterations = 2, time = 3)
@Fork(value = 1, jvmArgsAppend = "-Xmx512m")
public class SiteBenchmark {
    private static final int HOSTS = 5_000_000;
    private static final int PAGES = 1_000_000;
    private static final int ASKED = 1 << 16;

    private final SiteQuery query = new SiteQuery();
    private final List<byte[]> unlisted = new ArrayList<>();
    private final List<byte[]> listed = new ArrayList<>();
    private final List<byte[]> paths = new ArrayList<>();
    private final CompiledBook book;
    private int at;

    public SiteBenchmark() {
        try {
            long begun = System.nanoTime();
            Path file = Files.createTempFile("sites", ".sites");
            file.toFile().deleteOnExit();
            try (TableBuilder builder = new TableBuilder(suffixes(), ListLimits.DEFAULT, 7)) {
                builder.begin("generated", "");
                fill(builder.rows("", ""));
                TableFile.write(file, builder.build(Arena.ofAuto()));
            }
            long built = System.nanoTime();
            SiteTable table = TableFile.open(file);
            long opened = System.nanoTime();
            System.out.printf(
                    "%d keys in %d octets: built and written in %.1f s, checked and mapped in %.3f s%n",
                    table.keys(), Files.size(file), (built - begun) / 1e9, (opened - built) / 1e9);
            Listing listing = new Listing("generated", "test", ListAction.LOG, "", null);
            book = new CompiledBook(table, List.of(listing), new int[] {0}, SiteExceptions.NONE, Words.NONE, 1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        for (int i = 0; i < ASKED; i++) {
            long number = mix(i);
            unlisted.add(octets("cdn" + i % 7 + "." + word(number) + "-shop.co.jp"));
            listed.add(octets(host((int) (number >>> 33) % HOSTS)));
            paths.add(octets(path((int) (number >>> 40) % PAGES)));
        }
    }

    private static PublicSuffixes suffixes() throws IOException {
        return Files.exists(PublicSuffixes.PACKAGED)
                ? PublicSuffixes.read(PublicSuffixes.PACKAGED)
                : PublicSuffixes.none();
    }

    private void fill(RowSink sink) {
        for (int i = 0; i < HOSTS; i++) {
            byte[] name = octets(host(i));
            if (query.host(name, 0, name.length)) {
                sink.site(query, SiteScope.DOMAIN);
            }
        }
        for (int i = 0; i < PAGES; i++) {
            byte[] url = octets("http://" + pageHost(i) + path(i));
            if (query.text(url, 0, url.length)) {
                sink.site(query, SiteScope.PAGE);
            }
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static long mix(long number) {
        long mixed = (number + 1) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        return mixed ^ mixed >>> 31;
    }

    private static String word(long number) {
        return Long.toString(number >>> 24, 36);
    }

    private static String host(int number) {
        return (number % 2 == 0 ? "www." : "") + word(mix(number)) + (number % 3 == 0 ? ".co.jp" : ".com");
    }

    private static String pageHost(int number) {
        return word(mix(-1L - number / 2)) + ".net";
    }

    private static String path(int number) {
        return "/" + word(mix(number * 3L)) + "/index.php?id=" + number;
    }

    private int next() {
        at = at + 1 & ASKED - 1;
        return at;
    }

    /** A name that no list has: what almost every look-up is. */
    @Benchmark
    public @Nullable Listing unlistedHost() {
        byte[] name = unlisted.get(next());
        query.host(name, 0, name.length);
        return book.find(query);
    }

    @Benchmark
    public @Nullable Listing listedHost() {
        byte[] name = listed.get(next());
        query.host(name, 0, name.length);
        return book.find(query);
    }

    /** Another page on a host that has listed ones. */
    @Benchmark
    public @Nullable Listing unlistedPage() {
        byte[] name = listed.get(next());
        byte[] path = paths.get(at);
        query.url(false, name, 0, name.length, -1, path, 0, path.length);
        return book.find(query);
    }
}
