package jp.genkan.literals;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Scans octets for the literals of databases. One serves any number of databases of either engine; it has to be closed, which ends its
 * streams too.
 *
 * <p>Thread rule: one thread, databases shared. Allocates nothing once it has met its databases, except when it opens a stream.
 */
public final class LiteralScanner implements AutoCloseable {
    /** What {@link #openStream} returns when there is no more room. */
    public static final long NO_STREAM = 0;

    /** Open streams: 131,072 flows of a worker in both directions have four each. */
    public static final int STREAMS_MAX = 1 << 20;

    private static final byte[] NOTHING = {};

    /** Octets that are copied at once from native memory for the automaton. */
    private static final int WINDOW = 8_192;

    private final StreamTable streams;
    private final Source source = new Source();
    private final byte[] window = new byte[WINDOW];
    private final LiteralHits unheard = new LiteralHits();
    private final EndBuffer ends = new EndBuffer();
    private @Nullable NativeScan nativeScan;
    private boolean closed;

    public LiteralScanner() {
        this(STREAMS_MAX);
    }

    LiteralScanner(int streamsMax) {
        streams = new StreamTable(streamsMax);
    }

    /** Scans a whole buffer; {@code hits} then has what is in it and nothing else. Works with databases of both modes. */
    public void scan(LiteralDatabase database, byte[] octets, int from, int to, LiteralHits hits) {
        source.is(octets, from, to);
        block(database, to - from, hits);
    }

    /** Scans a whole buffer; {@code hits} then has what is in it and nothing else. Works with databases of both modes. */
    public void scan(LiteralDatabase database, MemorySegment segment, long offset, int length, LiteralHits hits) {
        source.is(segment, offset, length);
        block(database, length, hits);
    }

    /**
     * Scans a whole buffer and tells every end of every literal. A flood of ends costs some 50 ns each and no memory.
     *
     * @param database of mode ENDS
     * @param segment in native memory for full speed; its owner keeps it alive and unchanged
     */
    public void scanEnds(LiteralDatabase database, MemorySegment segment, long offset, int length, EndSink sink) {
        if (database.mode() != Mode.ENDS) {
            throw new IllegalArgumentException("every end is told by a database of mode ENDS only");
        }
        if (closed) {
            throw new IllegalStateException("the scanner is closed");
        }
        source.is(segment, offset, length);
        if (database instanceof NativeDatabase compiled) {
            nativeScan().ends(compiled, segment, offset, length, ends, sink);
        } else if (database instanceof AutomatonDatabase automaton) {
            long states = 0;
            int here;
            for (int at = 0; at < length; at += here) {
                here = Math.min(WINDOW, length - at);
                source.copy(at, here, window);
                states = automaton.scanEnds(states, window, here, at, sink);
            }
        }
        source.clear();
    }

    private void block(LiteralDatabase database, int length, LiteralHits hits) {
        if (database.mode() == Mode.ENDS) {
            throw new IllegalArgumentException("a database of mode ENDS tells ends only");
        }
        begin(database, hits);
        if (length > 0 && database.size() > 0) {
            if (database instanceof NativeDatabase compiled) {
                nativeScan().block(compiled, source, length, hits);
                compiled.complete(hits);
            } else if (database instanceof AutomatonDatabase automaton) {
                walk(automaton, 0, length, hits);
                automaton.complete(hits);
            }
        }
        source.clear();
    }

    private void begin(LiteralDatabase database, LiteralHits hits) {
        if (closed) {
            throw new IllegalStateException("the scanner is closed");
        }
        hits.begin(database.size());
    }

    private NativeScan nativeScan() {
        NativeScan scan = nativeScan;
        if (scan == null) {
            scan = new NativeScan();
            nativeScan = scan;
        }
        return scan;
    }

    private long walk(AutomatonDatabase automaton, long states, int length, LiteralHits hits) {
        byte[] array = source.array();
        if (array != null) {
            return automaton.scan(states, array, source.begin(), source.begin() + length, 0, hits);
        }
        long current = states;
        int here;
        for (int at = 0; at < length; at += here) {
            here = Math.min(WINDOW, length - at);
            source.copy(at, here, window);
            current = automaton.scan(current, window, 0, here, at, hits);
        }
        return current;
    }

    /**
     * Begins a stream. It belongs to this scanner and keeps the database alive.
     *
     * @return a handle; {@link #NO_STREAM} if {@link #STREAMS_MAX} are open or memory has run out. That one can be scanned, reset and closed
     *     as well, but then every piece is looked at by itself
     */
    public long openStream(LiteralDatabase database) {
        return openStream(database, NOTHING, 0, 0);
    }

    /**
     * Begins a stream behind octets that were scanned already: what begins in them and ends in the stream will be found.
     *
     * @param before holds those octets from {@code from} to {@code to}; the last ones are enough
     * @return as above
     */
    public long openStream(LiteralDatabase database, byte[] before, int from, int to) {
        if (closed) {
            throw new IllegalStateException("the scanner is closed");
        }
        if (database.mode() != Mode.STREAM) {
            throw new IllegalArgumentException("only a database of mode STREAM has streams");
        }
        if (streams.isFull()) {
            return NO_STREAM;
        }
        int tail = Math.min(to - from, Math.max(0, database.longest() - 1));
        source.is(before, to - tail, to);
        try {
            return open(database, tail);
        } finally {
            source.clear();
        }
    }

    private long open(LiteralDatabase database, int tail) {
        long state = 0;
        if (database instanceof NativeDatabase compiled) {
            state = nativeScan().openStream(compiled, source, tail);
            if (state == 0) {
                return NO_STREAM;
            }
        } else if (database instanceof AutomatonDatabase automaton) {
            unheard.begin(database.size());
            state = walk(automaton, 0, tail, unheard);
        }
        long handle = streams.add(database, state);
        streams.set(streams.row(database, handle), state, tail);
        return handle;
    }

    /** Scans the next piece of a stream; {@code hits} then has the literals that end in it and nothing else. */
    public void scanStream(LiteralDatabase database, long stream, byte[] octets, int from, int to, LiteralHits hits) {
        source.is(octets, from, to);
        piece(database, stream, to - from, hits);
    }

    /** Scans the next piece of a stream; {@code hits} then has the literals that end in it and nothing else. */
    public void scanStream(
            LiteralDatabase database, long stream, MemorySegment segment, long offset, int length, LiteralHits hits) {
        source.is(segment, offset, length);
        piece(database, stream, length, hits);
    }

    private void piece(LiteralDatabase database, long stream, int length, LiteralHits hits) {
        if (stream == NO_STREAM) {
            block(database, length, hits);
            return;
        }
        begin(database, hits);
        int row = streams.row(database, stream);
        if (length > 0) {
            if (database instanceof NativeDatabase compiled) {
                long pointer = streams.state(row);
                long position = nativeScan().stream(compiled, pointer, streams.position(row), source, length, hits);
                streams.set(row, pointer, position);
                compiled.complete(hits);
            } else if (database instanceof AutomatonDatabase automaton) {
                streams.set(row, walk(automaton, streams.state(row), length, hits), 0);
                automaton.complete(hits);
            }
        }
        source.clear();
    }

    /** Ends a stream; its handle may not be used any more. */
    public void closeStream(LiteralDatabase database, long stream) {
        if (stream != NO_STREAM) {
            close(streams.row(database, stream), database);
        }
    }

    private void close(int row, LiteralDatabase database) {
        if (database instanceof NativeDatabase) {
            NativeHyperscan.closeStream(streams.state(row));
        }
        streams.remove(row);
    }

    /** How many streams are open. */
    public int streamsOpen() {
        return streams.open();
    }

    /** Ends all streams and frees the scanner's native memory. A second time does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int row = 0; row < streams.rows(); row++) {
            LiteralDatabase database = streams.database(row);
            if (database != null) {
                close(row, database);
            }
        }
        if (nativeScan != null) {
            nativeScan.close();
        }
    }
}
