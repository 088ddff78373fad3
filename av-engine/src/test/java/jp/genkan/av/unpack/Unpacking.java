package jp.genkan.av.unpack;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileFacts;
import org.jspecify.annotations.Nullable;

/** Takes octets apart by one unpacker and keeps what came and how it ended. */
public record Unpacking(RecordingMembers members, @Nullable IOException end) {
    private static final long OCTETS_MAX = 1 << 26;
    private static final long NANOS_MAX = 10_000_000_000L;

    public static Unpacking of(Unpacker unpacker, byte[] octets, String... passwords) {
        return of(unpacker, octets, OCTETS_MAX, passwords);
    }

    public static Unpacking of(Unpacker unpacker, byte[] octets, long octetsMax, String... passwords) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Math.max(1, octets.length)).asSlice(0, octets.length);
            MemorySegment.copy(octets, 0, memory, ValueLayout.JAVA_BYTE, 0, octets.length);
            Content content = new Content(memory);
            long deadline = System.nanoTime() + NANOS_MAX;
            FileFacts facts = new FileFacts("file", null, List.of(), List.of(), List.of(passwords), deadline);
            RecordingMembers members = new RecordingMembers(content, octetsMax, deadline);
            if (!unpacker.recognises(content, facts)) {
                return new Unpacking(members, new IOException("not recognised"));
            }
            try {
                unpacker.unpack(content, facts, members);
                return new Unpacking(members, null);
            } catch (IOException end) {
                return new Unpacking(members, end);
            }
        }
    }

    /** The unpacker of that format. */
    public static Unpacker unpacker(String format) {
        return Unpackers.all().stream()
                .filter(unpacker -> unpacker.format().equals(format))
                .findFirst()
                .orElseThrow();
    }
}
