package jp.genkan.av.stage;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Where large blocks of memory come from.
 *
 * <p>Thread rule: any thread.
 */
@FunctionalInterface
public interface Pages {
    /** Memory of zeroes; best such as takes none of the machine's before it is written to. It is given back when the arena closes. */
    MemorySegment zeroed(long length, Arena arena);
}
