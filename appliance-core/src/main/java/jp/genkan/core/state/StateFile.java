package jp.genkan.core.state;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file of lines that is replaced as a whole: after a crash or a power cut either the old or the new content is there, never a
 * part. The content is written beside the file, synced, renamed over it, and the directory is synced.
 */
public final class StateFile {
    private static final String OWNER_ONLY = "rw-------";

    private final Path file;
    private final long bytesMax;

    /**
     * A file that need not exist yet.
     *
     * @param file its place; the directory is made when it is missing
     * @param bytesMax a file larger than this is not read
     */
    public StateFile(Path file, long bytesMax) {
        this.file = file.toAbsolutePath();
        this.bytesMax = bytesMax;
    }

    public Path path() {
        return file;
    }

    /**
     * All lines, none when there is no file yet. What is not UTF-8 is replaced, so that a damaged file is still read as far as it goes.
     *
     * @throws IOException when the file is there and cannot be read, or is too large
     */
    public List<String> readLines() throws IOException {
        try {
            long size = Files.size(file);
            if (size > bytesMax) {
                throw new IOException(file + ": " + size + " octets, and at most " + bytesMax + " are read");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>();
            text.lines().filter(line -> !line.isBlank()).forEach(lines::add);
            return lines;
        } catch (NoSuchFileException notYet) {
            return List.of();
        }
    }

    /**
     * Replaces the content. When it throws, the old content is still in place.
     *
     * @throws IOException when the content could not be made durable; the message names the file
     */
    public void writeLines(List<String> lines) throws IOException {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        Path directory = file.getParent();
        if (directory == null) {
            throw new IOException(file + ": not a file");
        }
        Path temporary = directory.resolve(file.getFileName() + ".new");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(temporary); // what an earlier crash left
            Files.createFile(
                    temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        } catch (IOException failed) {
            throw new IOException(file + ": cannot be written: " + failed, failed);
        }
    }
}
