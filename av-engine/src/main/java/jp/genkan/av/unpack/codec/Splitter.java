package jp.genkan.av.unpack.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import jp.genkan.av.unpack.Members;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a decoder makes of a solid block into its members.
 *
 * <p>Thread rule: one thread.
 */
public final class Splitter extends OutputStream {
    /**
     * A member.
     *
     * @param start of its octets in the block
     * @param length how many
     */
    public record Part(@Nullable String name, long start, long length) {
        public Part {
            if (start < 0 || length < 0) {
                throw new IllegalArgumentException("places are not negative");
            }
        }

        private long end() {
            return start + length < 0 ? Long.MAX_VALUE : start + length;
        }
    }

    private final Members members;
    private final List<Part> parts;
    private int next;
    private long position;
    private @Nullable OutputStream current;

    /**
     * Makes one.
     *
     * @param parts by their start; what overlaps the one before is cut at its front
     */
    public Splitter(Members members, List<Part> parts) {
        this.members = members;
        this.parts = List.copyOf(parts);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
        int at = from;
        int end = from + length;
        while (at < end && next < parts.size()) {
            Part part = parts.get(next);
            if (position < part.start()) {
                int gap = (int) Math.min(end - at, part.start() - position);
                position += gap;
                at += gap;
                continue;
            }
            if (position >= part.end()) {
                close(part);
                continue;
            }
            if (current == null) {
                current = members.begin(part.name());
            }
            int count = (int) Math.min(end - at, part.end() - position);
            current.write(source, at, count);
            position += count;
            at += count;
        }
        position += end - at;
        if (next < parts.size()
                && current != null
                && position >= parts.get(next).end()) {
            close(parts.get(next));
        }
    }

    private void close(Part part) throws IOException {
        OutputStream open = current;
        current = null;
        next++;
        if (open == null && part.length() == 0) {
            open = members.begin(part.name());
        }
        if (open != null) {
            open.close();
        }
    }

    /** True when all members have been written. */
    public boolean isComplete() {
        return next >= parts.size();
    }

    /**
     * Ends the block: an open member is handed over as far as it came, and those that are missing are told.
     *
     * @param reason why the decoder ended early; null when it did not
     */
    public void end(Members.@Nullable Reason reason) throws IOException {
        while (next < parts.size() && current == null && parts.get(next).length() == 0) {
            close(parts.get(next));
        }
        Members.Reason missing = reason == null ? Members.Reason.BROKEN : reason;
        if (current != null) {
            String name = parts.get(next).name();
            close(parts.get(next));
            members.uninspectable(name, missing);
        }
        for (; next < parts.size(); next++) {
            members.checkTime();
            members.uninspectable(parts.get(next).name(), missing);
        }
    }

    /** Closes what is open; for bounds that end everything. */
    @Override
    public void close() throws IOException {
        OutputStream open = current;
        current = null;
        if (open != null) {
            open.close();
        }
    }
}
