package jp.genkan.urlfilter.list;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A list as it lies there: a file, plain, {@code .gz}, {@code .tar} or {@code .tar.gz}, whatever its name says; or a folder with UT1's
 * categories.
 *
 * <p>Thread rule: one thread.
 */
public final class ListFile {
    /** Octets that tell the format. */
    private static final int PEEK = 32 << 10;

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path file;
    private final ListFormat format;
    private final ListLimits limits;
    private final Sinks sinks;
    private ListFormat found;

    /** Gives the sink for the rows of a category. */
    @FunctionalInterface
    public interface Sinks {
        /**
         * The sink for the rows of a file.
         *
         * @param category UT1's folder; empty for a list that is one
         * @param member path of a file in an archive or a folder, for problem lines; empty for a list that is one
         */
        RowSink of(String category, String member);
    }

    /** A list that is to be read. */
    public ListFile(Path file, ListFormat format, ListLimits limits, Sinks sinks) {
        this.file = file;
        this.format = format;
        this.limits = limits;
        this.sinks = sinks;
        this.found = format;
    }

    /**
     * Reads all rows.
     *
     * @throws IOException when the file cannot be read, is damaged, or goes beyond the limits; rows may have been told before
     */
    public void read() throws IOException {
        if (Files.isDirectory(file)) {
            for (Path member : categoryFiles(file, limits.membersMax())) {
                try (InputStream in = open(member)) {
                    member(member.toString(), in);
                }
            }
            return;
        }
        try (InputStream in = open(file)) {
            read(String.valueOf(file.getFileName()), in);
        }
    }

    /** How the list turned out to be written. */
    public ListFormat format() {
        return found;
    }

    private InputStream open(Path path) throws IOException {
        return new BoundedStream(Files.newInputStream(path), limits.fileBytesMax());
    }

    /** Reads a list from a stream. */
    void read(String name, InputStream raw) throws IOException {
        InputStream in = new BufferedInputStream(raw, PEEK);
        byte[] begin = peek(in);
        String plain = name;
        if (begin.length > 1 && (begin[0] & 0xff) == GZIP_FIRST && (begin[1] & 0xff) == GZIP_SECOND) {
            InputStream unpacked = new BoundedStream(new GZIPInputStream(in, PEEK), limits.unpackedBytesMax());
            in = new BufferedInputStream(unpacked, PEEK);
            begin = peek(in);
            plain = without(plain, ".gz");
        }
        if (TarReader.isTar(begin, begin.length)) {
            archive(in);
            return;
        }
        found = format == ListFormat.AUTO || format == ListFormat.UT1 ? ofName(plain, begin) : format;
        rows(found, plain, sinks.of("", ""), in);
    }

    private static byte[] peek(InputStream in) throws IOException {
        in.mark(PEEK);
        byte[] begin = in.readNBytes(PEEK);
        in.reset();
        return begin;
    }

    private static String without(String name, String ending) {
        return name.toLowerCase(Locale.ROOT).endsWith(ending)
                ? name.substring(0, name.length() - ending.length())
                : name;
    }

    private ListFormat ofName(String name, byte[] begin) {
        return format == ListFormat.UT1 ? ListFormat.UT1 : FormatGuess.of(name, begin, begin.length);
    }

    private void archive(InputStream in) throws IOException {
        found = ListFormat.UT1;
        TarReader tar = new TarReader(in, limits.membersMax());
        try {
            for (String name = tar.next(); name != null; name = tar.next()) {
                member(name, tar.content(name));
            }
        } catch (EOFException cut) {
            throw new IOException("the archive is cut off", cut);
        }
    }

    /** Reads one of UT1's files; others are passed over. */
    private void member(String path, InputStream in) throws IOException {
        String[] parts = path.split("/", -1);
        String name = parts[parts.length - 1];
        String category = parts.length > 1 ? parts[parts.length - 2] : "";
        found = ListFormat.UT1;
        if (isCategoryFile(name)) {
            rows(ListFormat.UT1, name, sinks.of(category, category + "/" + name), in);
        }
    }

    private static boolean isCategoryFile(String name) {
        return name.equals("domains") || name.equals("urls") || name.equals("expressions");
    }

    private void rows(ListFormat of, String name, RowSink sink, InputStream in) throws IOException {
        Rows rows = switch (of) {
            case HOSTS -> new HostsRows(sink);
            case DOMAINS, AUTO -> new DomainRows(sink, SiteScope.DOMAIN);
            case ADBLOCK -> new AdblockRows(sink);
            case URLS -> new UrlRows(sink, SiteScope.PAGE);
            case CSV -> new CsvRows(sink);
            case RPZ -> new ZoneRows(sink);
            case ADDRESSES -> new AddressRows(sink);
            case UT1 ->
                switch (name) {
                    case "urls" -> new UrlRows(sink, SiteScope.PATHS);
                    case "expressions" -> new ExpressionRows(sink);
                    default -> new DomainRows(sink, SiteScope.CATEGORY_DOMAIN);
                };
        };
        new LineReader(limits.lineBytesMax(), sink, rows).read(in);
    }

    /** UT1's expressions, which are told and passed over: one cannot be held against a name in bounded time. */
    private static final class ExpressionRows implements Rows {
        private final RowSink sink;

        ExpressionRows(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void line(byte[] text, int from, int to, long number) {
            int begin = LineText.skipBlanks(text, from, to);
            if (!LineText.isRemark(text, begin, to)) {
                sink.problem(number, "expressions are not supported: " + LineText.quote(text, begin, to));
            }
        }
    }

    /**
     * The files of a folder that belong to UT1's categories, in the order of their names: those of the folder itself, or else
     * of the folders in it.
     *
     * @throws IOException when the folder cannot be read or has more than this many entries
     */
    public static List<Path> categoryFiles(Path folder, int entriesMax) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Path> folders = new ArrayList<>(List.of(folder));
        for (int level = 0; level < 2; level++) {
            List<Path> below = new ArrayList<>();
            for (Path each : folders) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(each)) {
                    for (Path entry : entries) {
                        if (Files.isRegularFile(entry) && isCategoryFile(String.valueOf(entry.getFileName()))) {
                            files.add(entry);
                        } else if (Files.isDirectory(entry)) {
                            below.add(entry);
                        }
                        if (files.size() + below.size() > entriesMax) {
                            throw new IOException("more than " + entriesMax + " entries in " + folder);
                        }
                    }
                }
            }
            if (!files.isEmpty()) {
                break; // a category by itself
            }
            folders = below;
        }
        files.sort(null);
        return files;
    }
}
