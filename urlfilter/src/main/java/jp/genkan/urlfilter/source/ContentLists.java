package jp.genkan.urlfilter.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jp.genkan.urlfilter.list.ListFormat;
import jp.genkan.urlfilter.site.ListAction;
import org.jspecify.annotations.Nullable;

/**
 * The lists of a content folder: a {@code .csv} with JPCERT/CC's head, and a folder with a file {@code domains} or {@code urls}, wherever they
 * lie. Functions of their arguments alone.
 */
public final class ContentLists {
    /** Files and folders that are looked at. */
    private static final int ENTRIES_MAX = 100_000;

    /** Folders in folders. */
    private static final int DEPTH_MAX = 16;

    private static final String HEAD = "date,url,description";
    private static final String CSV = ".csv";

    private ContentLists() {}

    /**
     * The lists below a folder, in the order of their paths.
     *
     * @throws IOException when the folder cannot be read
     */
    public static List<SiteList> below(Path folder) throws IOException {
        List<SiteList> lists = new ArrayList<>();
        try (Stream<Path> entries = Files.walk(folder, DEPTH_MAX)) {
            for (Path entry :
                    entries.limit(ENTRIES_MAX).sorted(Comparator.naturalOrder()).toList()) {
                SiteList list = of(folder, entry);
                if (list != null) {
                    lists.add(list);
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        return lists;
    }

    private static @Nullable SiteList of(Path folder, Path entry) throws IOException {
        String name = String.valueOf(entry.getFileName());
        String place = entry.equals(folder) ? name : folder.relativize(entry).toString();
        if (Files.isDirectory(entry)) {
            boolean category =
                    Files.isRegularFile(entry.resolve("domains")) || Files.isRegularFile(entry.resolve("urls"));
            return category ? new SiteList(place, entry, ListFormat.UT1, name, null) : null;
        }
        if (!name.toLowerCase(Locale.ROOT).endsWith(CSV) || !hasHead(entry)) {
            return null;
        }
        String withoutEnding = place.substring(0, place.length() - CSV.length());
        return new SiteList(
                withoutEnding.isEmpty() ? place : withoutEnding, entry, ListFormat.CSV, "phishing", ListAction.BLOCK);
    }

    private static boolean hasHead(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String begin = new String(in.readNBytes(HEAD.length() + 3), StandardCharsets.UTF_8);
            String text = begin.startsWith("\ufeff") ? begin.substring(1) : begin;
            return text.toLowerCase(Locale.ROOT).startsWith(HEAD);
        }
    }
}
