package jp.genkan.literals;

/** What a database can scan. */
public enum Mode {
    /** Buffers that are whole; of each literal only the first end is told. */
    BLOCK,
    /** Buffers that are whole; of each literal every end is told, by {@link LiteralScanner#scanEnds}. */
    ENDS,
    /** Data that comes in pieces: a literal is found although it lies across them. */
    STREAM
}
