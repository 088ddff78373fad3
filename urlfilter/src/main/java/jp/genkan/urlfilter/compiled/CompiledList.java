package jp.genkan.urlfilter.compiled;

import java.util.List;

/**
 * What became of one list.
 *
 * @param source name of the configured list that it belongs to
 * @param digest of the content that it was made of
 * @param category UT1's folder; empty for a list that is one
 * @param entries rows in use
 * @param skipped rows that could not be used
 * @param problems the first of them, each in one line
 */
public record CompiledList(
        String source, String digest, String category, long entries, long skipped, List<String> problems) {
    public CompiledList {
        if (entries < 0 || skipped < 0) {
            throw new IllegalArgumentException("a compiled list has no number below zero");
        }
        problems = List.copyOf(problems);
    }
}
