package jp.genkan.urlfilter.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import jp.genkan.urlfilter.list.ListFile;
import jp.genkan.urlfilter.list.ListLimits;
import org.jspecify.annotations.Nullable;

/**
 * What tells one state of a list from another: cheaply the stamps of its files, for certain the digest of their content. Immutable.
 *
 * @param stamps of its files; empty where there is none
 * @param date the youngest file's
 */
record ListState(List<Stamp> stamps, @Nullable Instant date) {
    private static final ListState ABSENT = new ListState(List.of(), null);
    private static final int CHUNK = 64 << 10;

    ListState {
        stamps = List.copyOf(stamps);
    }

    /** One file as it lies there. */
    record Stamp(Path file, @Nullable Object inode, long size, Instant modified) {}

    static ListState of(Path file, ListLimits limits) {
        try {
            List<Stamp> stamps = new ArrayList<>();
            Instant youngest = null;
            for (Path each : files(file, limits)) {
                BasicFileAttributes attributes = Files.readAttributes(each, BasicFileAttributes.class);
                Instant modified = attributes.lastModifiedTime().toInstant();
                stamps.add(new Stamp(each, attributes.fileKey(), attributes.size(), modified));
                youngest = youngest == null || modified.isAfter(youngest) ? modified : youngest;
            }
            return new ListState(stamps, youngest);
        } catch (IOException gone) {
            return ABSENT;
        }
    }

    private static List<Path> files(Path file, ListLimits limits) throws IOException {
        return Files.isDirectory(file) ? ListFile.categoryFiles(file, limits.membersMax()) : List.of(file);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    /**
     * The digest of a list's content and of what else decides what becomes of it.
     *
     * @param rules the version of the compiler and its public suffixes
     * @throws IOException when it cannot be read or is too large
     */
    static String digest(SiteList list, ListLimits limits, String rules) throws IOException {
        MessageDigest all = sha256();
        all.update((rules + "\n" + list.format() + "\n").getBytes(StandardCharsets.UTF_8));
        byte[] chunk = new byte[CHUNK];
        for (Path each : files(list.file(), limits)) {
            all.update((list.file().relativize(each) + "\n").getBytes(StandardCharsets.UTF_8));
            MessageDigest one = sha256();
            long length = 0;
            try (InputStream in = Files.newInputStream(each)) {
                for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                    one.update(chunk, 0, got);
                    length += got;
                    if (length > limits.fileBytesMax()) {
                        throw new IOException("larger than " + limits.fileBytesMax() + " octets");
                    }
                }
            }
            all.update(one.digest());
        }
        return HexFormat.of().formatHex(all.digest());
    }
}
