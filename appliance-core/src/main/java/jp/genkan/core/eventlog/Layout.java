package jp.genkan.core.eventlog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** What a kind of event file looks like, and where its files are; {@link DiskSink} does the writing. */
interface Layout {
    /** Name in health events. */
    String name();

    /**
     * Opens the file to append to, with anything torn at its end cut off.
     *
     * @param firstSequence number of the event that is to be written next
     */
    Opened open(long firstSequence) throws IOException;

    /**
     * An open file.
     *
     * @param length octets of it that are whole; writing goes on there
     */
    record Opened(Path file, FileChannel channel, long length) {}

    /** Puts one event into a buffer, which has {@link #overhead} octets of room beside the line. */
    void encode(ByteBuffer to, long epochNanos, long sequence, byte[] line, int lineLength);

    /** Octets that an event takes beside its line. */
    int overhead();

    /** Octets after which a new file is begun. */
    long bytesMax();

    /** Puts what says that this is a clean end. */
    void encodeEnd(ByteBuffer to, long lastSequence);

    /** Makes room for a new file after the last one was closed, and deletes what is beyond the number to keep. */
    void rotate(Path closed) throws IOException;

    /** Files that may be deleted when the disk is full, oldest first. */
    List<Path> old() throws IOException;
}
