package jp.genkan.urlfilter.compiled;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled tables on disk, so that a start need not compile what was compiled before. A file's name is the digest of all that its table is made
 * of; what is broken is as good as absent, and a disk that cannot be written costs time only.
 *
 * <p>Thread rule: one thread at a time; several processes may share a folder.
 */
public final class TableStore {
    /** Tables that are kept: the one in force, and the one before it. */
    private static final int FILES_MAX = 2;

    private static final Logger LOG = LoggerFactory.getLogger(TableStore.class);
    private static final String ENDING = ".sites";
    private static final String ENDING_OF_UNFINISHED = ".new";

    private final Path folder;

    /** A store in this folder, which is made when it is needed. */
    public TableStore(Path folder) {
        this.folder = folder;
    }

    private Path file(byte[] key) {
        return folder.resolve(HexFormat.of().formatHex(key) + ENDING);
    }

    /** The table under a key; null where there is none that is whole. */
    public @Nullable SiteTable get(byte[] key) {
        Path file = file(key);
        SiteTable table = Files.isRegularFile(file) ? open(file) : null;
        if (table != null) {
            touch(file);
        }
        return table;
    }

    /** The table that was in force last; null where there is none. */
    public @Nullable SiteTable newest() {
        for (Path file : files()) {
            SiteTable table = open(file);
            if (table != null) {
                return table;
            }
        }
        return null;
    }

    private static @Nullable SiteTable open(Path file) {
        try {
            return TableFile.open(file);
        } catch (IOException broken) {
            LOG.warn("{}: the lists are compiled again", broken.getMessage());
            delete(file);
            return null;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException readOnly) {
            LOG.debug("{} stays", file, readOnly);
        }
    }

    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            LOG.debug("{} keeps its time", file, readOnly);
        }
    }

    /**
     * Keeps a table, whose memory may be given back then.
     *
     * @return the table as it is mapped from disk, or a copy in memory where the disk cannot be written
     */
    public SiteTable put(byte[] key, SiteTable table) {
        Path file = file(key);
        try {
            Files.createDirectories(folder);
            TableFile.write(file, table);
            SiteTable mapped = TableFile.open(file);
            trim();
            return mapped;
        } catch (IOException failed) {
            LOG.warn(
                    "compiled lists are not kept in {}, the next start will compile them: {}",
                    folder,
                    failed.toString());
            return table.copy();
        }
    }

    private void trim() throws IOException {
        List<Path> files = files();
        for (Path old : files.subList(Math.min(FILES_MAX, files.size()), files.size())) {
            Files.deleteIfExists(old);
        }
        Instant dayAgo = Instant.now().minusSeconds(86_400);
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*" + ENDING_OF_UNFINISHED)) {
            for (Path file : unfinished) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(dayAgo)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The tables, that which was used last first. */
    private List<Path> files() {
        record Entry(Path file, FileTime used) {}
        List<Entry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                entries.add(new Entry(file, Files.getLastModifiedTime(file)));
            }
        } catch (IOException unreadable) {
            LOG.warn("{} cannot be read: {}", folder, unreadable.toString());
        }
        entries.sort(Comparator.comparing(Entry::used).reversed());
        return entries.stream().map(Entry::file).toList();
    }
}
