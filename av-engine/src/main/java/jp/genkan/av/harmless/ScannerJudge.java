package jp.genkan.av.harmless;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import jp.genkan.av.content.Content;
import jp.genkan.av.scan.FileScanner;
import jp.genkan.av.scan.ScanResult;
import org.jspecify.annotations.Nullable;

/**
 * A judge that has a {@link FileScanner} look.
 *
 * <p>Thread rule: the scanner's.
 */
public final class ScannerJudge implements Judge {
    private final FileScanner scanner;

    /** Asks a scanner, which its owner closes. */
    public ScannerJudge(FileScanner scanner) {
        this.scanner = scanner;
    }

    @Override
    public ScanResult look(
            byte[] octets, int from, int to, @Nullable String name, List<String> formats, List<String> passwords) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment copy = arena.allocate(Math.max(1, to - from)).asSlice(0, to - from);
            MemorySegment.copy(octets, from, copy, ValueLayout.JAVA_BYTE, 0, to - from);
            return scanner.scan(new Content(copy), name, formats, formats, passwords);
        }
    }
}
