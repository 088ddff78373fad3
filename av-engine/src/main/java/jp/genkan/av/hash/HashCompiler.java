package jp.genkan.av.hash;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import jp.genkan.av.source.Problems;
import jp.genkan.av.source.SourceLines;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes signatures of files with hashes. What was made of the same files before is taken from its folder; what is broken there, or was made by
 * another version, is made again. Endings: {@code .hdb .hsb .hdu .hsu} (ClamAV, whole files), {@code .mdb .msb .mdu .msu} (sections),
 * {@code .txt .hashes} (one hash a line), {@code .csv}.
 *
 * <p>Thread rule: one thread; several processes may share a folder.
 */
public final class HashCompiler {
    /** Signatures that are kept in memory rather than on disk: 2 MB. */
    private static final int IN_MEMORY_MAX = 100_000;

    private static final int READ = 1 << 20;
    private static final String ENDING = ".hashset";
    private static final String ENDING_OF_UNFINISHED = ".new";
    private static final long DAY_MILLIS = 86_400_000;

    private static final Logger LOG = LoggerFactory.getLogger(HashCompiler.class);

    private final @Nullable Path folder;
    private final long seed;

    /**
     * A compiler.
     *
     * @param folder where large sets are kept, made when it is needed; null to keep all of them in memory
     */
    public HashCompiler(@Nullable Path folder) {
        this(folder, new SecureRandom().nextLong());
    }

    HashCompiler(@Nullable Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
    }

    /**
     * True when files of this name hold hashes of files that are harmless ({@code .fp .sfp}). They are compiled to a set of their own, and what
     * it finds is allowed.
     */
    public static boolean allows(String fileName) {
        return ending(fileName).equals("fp") || ending(fileName).equals("sfp");
    }

    /** True when files of this name hold hashes of files that are bad. */
    public static boolean takes(String fileName) {
        return switch (ending(fileName)) {
            case "hdb", "hsb", "hdu", "hsu", "mdb", "msb", "mdu", "msu", "txt", "hashes", "csv" -> true;
            default -> false;
        };
    }

    private static String ending(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static HashRows rows(String fileName) {
        int dot = fileName.lastIndexOf('.');
        String list = Names.clean(dot > 0 ? fileName.substring(0, dot) : fileName);
        return switch (ending(fileName)) {
            case "mdb", "msb", "mdu", "msu" -> new ClamHashRows(true);
            case "csv" -> new CsvHashRows(list);
            case "txt", "hashes" -> new PlainHashRows(list);
            default -> new ClamHashRows(false);
        };
    }

    /**
     * Compiles.
     *
     * @param files whose names {@link #takes} says yes to, or all of them {@link #allows}
     * @param problems what is wrong with single rows, which are skipped; of files that were compiled before nothing is said again
     * @throws IOException when a file cannot be read
     */
    public HashSignatures compile(List<Path> files, Problems problems) throws IOException {
        Path kept = folder == null ? null : folder.resolve(key(files) + ENDING);
        HashTable table = kept != null && Files.isRegularFile(kept) ? open(kept) : null;
        if (table == null) {
            try (HashTableBuilder builder = new HashTableBuilder(seed)) {
                for (Path file : files) {
                    try (InputStream octets = Files.newInputStream(file)) {
                        read(octets, String.valueOf(file.getFileName()), builder, problems);
                    }
                }
                table = folder != null && kept != null && builder.size() > IN_MEMORY_MAX
                        ? keep(folder, kept, builder)
                        : HashTableFile.inMemory(builder);
            }
        }
        return new HashSignatures(table);
    }

    private static @Nullable HashTable open(Path file) {
        try {
            return HashTableFile.open(file);
        } catch (IOException broken) {
            LOG.warn("{}: the signatures are compiled again", broken.getMessage());
            return null;
        }
    }

    private static HashTable keep(Path folder, Path file, HashTableBuilder builder) {
        try {
            Files.createDirectories(folder);
            HashTableFile.write(file, builder);
            HashTable mapped = HashTableFile.open(file);
            removeOthers(folder, file);
            return mapped;
        } catch (IOException failed) {
            LOG.warn("{} cannot be kept, the next start will compile it again: {}", file, failed.toString());
            return HashTableFile.inMemory(builder);
        }
    }

    /** Removes what no set of the last day is: one that another process has just made stays. */
    private static void removeOthers(Path folder, Path kept) throws IOException {
        long dayAgo = System.currentTimeMillis() - DAY_MILLIS;
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(folder, "*{" + ENDING + "," + ENDING_OF_UNFINISHED + "}")) {
            for (Path file : files) {
                if (!file.equals(kept) && Files.getLastModifiedTime(file).toMillis() < dayAgo) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Digest of all that the set is made of. */
    private static String key(List<Path> files) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) HashTableFile.VERSION);
            byte[] buffer = new byte[READ];
            for (Path file : files) {
                MessageDigest contents = MessageDigest.getInstance("SHA-256");
                try (InputStream from = Files.newInputStream(file)) {
                    for (int read = from.read(buffer); read > 0; read = from.read(buffer)) {
                        contents.update(buffer, 0, read);
                    }
                }
                digest.update(String.valueOf(file.getFileName()).getBytes(StandardCharsets.UTF_8));
                digest.update(contents.digest());
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Reads one file's rows into a builder. */
    static void read(InputStream octets, String fileName, HashTableBuilder builder, Problems problems)
            throws IOException {
        HashRows rows = rows(fileName);
        String list = Names.clean(fileName);
        SourceLines lines = new SourceLines(new BufferedInputStream(octets));
        boolean[] full = new boolean[HashTableBuilder.Taken.values().length];
        while (lines.next()) {
            long number = lines.number();
            if (lines.isTooLong()) {
                problems.add(fileName, number, "the line has more than " + SourceLines.LINE_MAX + " octets");
                lines.skipRest();
                continue;
            }
            String problem = rows.row(lines, (kind, hash, size, name) -> {
                HashTableBuilder.Taken taken = builder.add(kind, hash, size, name, list);
                if (taken != HashTableBuilder.Taken.YES && !full[taken.ordinal()]) {
                    full[taken.ordinal()] = true;
                    problems.add(
                            fileName,
                            number,
                            taken == HashTableBuilder.Taken.NO_ROOM
                                    ? "there are more than " + HashTableBuilder.ENTRIES_MAX
                                            + " hashes, from here on they are left out"
                                    : "there are too many names, from here on the list's is used");
                }
            });
            if (problem != null) {
                problems.add(fileName, number, problem);
            }
        }
    }
}
