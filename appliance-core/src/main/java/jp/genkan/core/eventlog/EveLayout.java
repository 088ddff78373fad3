package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.event.EveWriter;

/** {@code eve.json}: a line an event; full ones become {@code eve.json.1}, {@code eve.json.2} and so on, the newest first. */
final class EveLayout implements Layout {
    private final Path file;
    private final long bytesMax;
    private final int kept;

    EveLayout(Path file, long bytesMax, int kept) {
        this.file = file.toAbsolutePath();
        this.bytesMax = bytesMax;
        this.kept = kept;
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Opened open(long firstSequence) throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long whole = endOfLastLine(channel);
            channel.truncate(whole);
            channel.position(whole);
            return new Opened(file, channel, whole);
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
    }

    /** The length without a line that was cut off; with all that is there when no line feed is near the end. */
    private static long endOfLastLine(FileChannel channel) throws IOException {
        long size = channel.size();
        int count = (int) Math.min(size, EveWriter.LINE_BYTES_MAX);
        ByteBuffer tail = ByteBuffer.allocate(count);
        while (tail.hasRemaining() && channel.read(tail, size - count + tail.position()) >= 0) {
            // reads on
        }
        for (int i = tail.position() - 1; i >= 0; i--) {
            if (tail.get(i) == '\n') {
                return size - count + i + 1;
            }
        }
        return size == count ? 0 : size;
    }

    @Override
    public void encode(ByteBuffer to, long epochNanos, long sequence, byte[] line, int lineLength) {
        to.put(line, 0, lineLength);
    }

    @Override
    public int overhead() {
        return 0;
    }

    @Override
    public long bytesMax() {
        return bytesMax;
    }

    @Override
    public void encodeEnd(ByteBuffer to, long lastSequence) {}

    @Override
    public void rotate(Path closed) throws IOException {
        if (kept == 0) {
            Files.deleteIfExists(file);
            return;
        }
        for (int number = kept; number > 1; number--) {
            move(rotated(number - 1), rotated(number));
        }
        move(file, rotated(1));
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException absent) {
            // fewer files than may be kept
        }
    }

    private Path rotated(int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }

    @Override
    public List<Path> old() {
        List<Path> old = new ArrayList<>();
        for (int number = kept; number >= 1; number--) {
            if (Files.exists(rotated(number))) {
                old.add(rotated(number));
            }
        }
        return old;
    }
}
