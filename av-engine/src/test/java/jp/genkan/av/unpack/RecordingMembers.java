package jp.genkan.av.unpack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jp.genkan.av.content.Content;
import org.jspecify.annotations.Nullable;

/** Keeps what unpackers hand over, within small bounds: entries, octets and time. */
public final class RecordingMembers implements Members {
    private static final int ENTRIES_MAX = 5_000;

    private final Content container;
    private final long octetsMax;
    private final long deadline;
    private final List<String> names = new ArrayList<>();
    private final List<byte[]> octets = new ArrayList<>();
    private final Map<String, Reason> reasons = new LinkedHashMap<>();
    private long count;
    private boolean open;

    public RecordingMembers(Content container, long octetsMax, long deadline) {
        this.container = container;
        this.octetsMax = octetsMax;
        this.deadline = deadline;
    }

    public List<String> names() {
        return names;
    }

    public List<byte[]> octets() {
        return octets;
    }

    public Map<String, Reason> reasons() {
        return reasons;
    }

    /** Octets of the first member of that name. */
    public byte @Nullable [] named(String name) {
        int at = names.indexOf(name);
        return at < 0 ? null : octets.get(at);
    }

    @Override
    public OutputStream begin(@Nullable String name) throws IOException {
        if (open) {
            throw new IllegalStateException("only one member is open at a time");
        }
        checkTime();
        if (names.size() >= ENTRIES_MAX) {
            throw new LimitException(Reason.TOO_MANY);
        }
        open = true;
        return new Bounded(name);
    }

    private final class Bounded extends OutputStream {
        private final @Nullable String name;
        private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

        private Bounded(@Nullable String name) {
            this.name = name;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            checkTime();
            count += length;
            if (count > octetsMax) {
                throw new LimitException(Reason.TOO_LARGE);
            }
            buffer.write(source, from, length);
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                names.add(String.valueOf(name));
                octets.add(buffer.toByteArray());
            }
        }
    }

    @Override
    public void stored(@Nullable String name, long offset, long length) throws IOException {
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException("stored at " + offset + ", " + length);
        }
        try (OutputStream out = begin(name)) {
            out.write(container.bytes(offset, (int) Math.min(length, Integer.MAX_VALUE)));
        }
    }

    @Override
    public void uninspectable(@Nullable String name, Reason reason) {
        reasons.put(String.valueOf(name), reason);
    }

    @Override
    public void checkTime() throws LimitException {
        if (System.nanoTime() - deadline > 0) {
            throw new LimitException(Reason.TOO_LONG);
        }
    }
}
