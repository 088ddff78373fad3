package jp.genkan.appliance.engine;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sees to it that one engine at a time uses a state directory. Goes with the process, however that ends. */
final class StateLock implements AutoCloseable {
    private final FileChannel channel;

    private StateLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock, making the directory when it is missing.
     *
     * @throws StartException when the directory cannot be used, or another engine has it
     */
    static StateLock take(Path directory) throws StartException {
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(
                    directory.resolve("engine.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new StartException(1, List.of(directory + ": another engine runs with this state directory"));
            }
            return new StateLock(channel);
        } catch (IOException failed) {
            throw new StartException(
                    1, directory + ": the state directory cannot be used: " + failed.getMessage(), failed);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
