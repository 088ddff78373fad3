package jp.genkan.literals;

/**
 * Compiled literals. The id of a literal is its index in the list that was compiled; a literal that stands there twice is told twice.
 *
 * <p>Thread rule: immutable, any thread. Nobody closes it: its native memory is freed when nobody refers to it any more, and a
 * {@link LiteralScanner} refers to it as long as a stream of it is open.
 */
public sealed interface LiteralDatabase permits AutomatonDatabase, NativeDatabase {
    /** How many literals, duplicates included. */
    int size();

    /** Octets of the longest one; 0 when there are none. */
    int longest();

    /** What it can scan. */
    Mode mode();

    /** What it takes of memory, roughly. */
    long memoryBytes();

    /** What one open stream takes of memory, roughly; 0 in block mode. */
    int streamBytes();
}
