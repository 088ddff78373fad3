package jp.genkan.literals;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serialised databases on disk, so that a start need not compile what was compiled before. A file's name is the SHA-256 of everything that
 * the database depends on; in the file the SHA-256 of the database stands before it. What is broken is as good as absent, and a disk that
 * cannot be written costs time only.
 *
 * <p>Thread rule: any thread; several processes may share a folder.
 */
final class DatabaseCache {
    /** Files that are kept: a rule set has some hundred groups, and two sets have room. */
    static final int FILES_MAX = 1_024;

    /** Octets of all files: ET's set takes some 30 MiB. */
    static final long OCTETS_MAX = 256L << 20;

    /** A larger file is not ours. */
    static final long FILE_OCTETS_MAX = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCache.class);
    private static final String SUFFIX = ".hsdb";
    private static final String SUFFIX_OF_UNFINISHED = ".hsdb-new";
    private static final int SUM_BYTES = 32;

    private final Path folder;
    private final int filesMax;
    private final long octetsMax;
    private boolean complained;

    DatabaseCache(Path folder) {
        this(folder, FILES_MAX, OCTETS_MAX);
    }

    DatabaseCache(Path folder, int filesMax, long octetsMax) {
        this.folder = folder;
        this.filesMax = filesMax;
        this.octetsMax = octetsMax;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    private Path file(byte[] key) {
        return folder.resolve(HexFormat.of().formatHex(key) + SUFFIX);
    }

    /** What was kept under a key; null if there is nothing, or nothing that is whole. */
    byte @Nullable [] get(byte[] key) {
        Path file = file(key);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > FILE_OCTETS_MAX) {
                return null;
            }
            byte[] octets = Files.readAllBytes(file);
            if (octets.length <= SUM_BYTES) {
                return null;
            }
            MessageDigest sum = sha256();
            sum.update(octets, SUM_BYTES, octets.length - SUM_BYTES);
            if (!MessageDigest.isEqual(sum.digest(), Arrays.copyOf(octets, SUM_BYTES))) {
                return null;
            }
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            return Arrays.copyOfRange(octets, SUM_BYTES, octets.length);
        } catch (IOException unreadable) {
            complain(unreadable);
            return null;
        }
    }

    /** Keeps a database, and makes room for it. */
    synchronized void put(byte[] key, byte[] database) {
        Path unfinished = null;
        try {
            Files.createDirectories(folder);
            unfinished = Files.createTempFile(folder, "compiled", SUFFIX_OF_UNFINISHED);
            byte[] octets = Arrays.copyOf(sha256().digest(database), SUM_BYTES + database.length);
            System.arraycopy(database, 0, octets, SUM_BYTES, database.length);
            Files.write(unfinished, octets);
            Files.move(unfinished, file(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            trim();
        } catch (IOException failed) {
            complain(failed);
            delete(unfinished);
        }
    }

    /** Deletes the files that were used the longest ago until the others are within the limits; those left unfinished too. */
    private void trim() throws IOException {
        List<Entry> entries = new ArrayList<>();
        long octets = 0;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*{" + SUFFIX + "," + SUFFIX_OF_UNFINISHED + "}")) {
            for (Path file : files) {
                Entry entry = new Entry(file, Files.size(file), Files.getLastModifiedTime(file));
                entries.add(entry);
                octets += entry.octets();
            }
        }
        entries.sort(Comparator.comparing(Entry::used));
        int files = entries.size();
        for (Entry entry : entries) {
            if (files <= filesMax && octets <= octetsMax) {
                return;
            }
            Files.deleteIfExists(entry.file());
            files--;
            octets -= entry.octets();
        }
    }

    private record Entry(Path file, long octets, FileTime used) {}

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            LOG.debug("{} stays until there are too many files", file, left);
        }
    }

    private synchronized void complain(IOException failed) {
        if (!complained) {
            complained = true;
            LOG.warn(
                    "compiled literals are not kept in {}, every start will compile them: {}",
                    folder,
                    failed.toString());
        }
    }
}
