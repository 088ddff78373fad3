package jp.genkan.urlfilter.list;

/** Reads one format line by line. Thread rule: one thread, one file. */
interface Rows {
    /**
     * Takes a line, without its end.
     *
     * @param number from 1
     */
    void line(byte[] text, int from, int to, long number);

    /** No more lines will come. */
    default void end() {}
}
