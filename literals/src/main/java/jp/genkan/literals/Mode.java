package jp.genkan.literals;

/** What a database can scan. */
public enum Mode {
    /** Buffers that are whole; of each literal only the first end is told. */
    BLOCK,
    /** Data that comes in pieces: a literal is found although it lies across them. */
    STREAM
}
