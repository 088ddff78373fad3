package jp.genkan.access.reputation;

/**
 * How much the lists may hold. A file that reaches a limit is not used, and the last good content of it stays.
 *
 * @param fileBytesMax size of one list file
 * @param entriesMax entries of one list
 * @param listsMax number of lists
 * @param problemsMax problem lines that are kept for one file; the rest is only counted
 */
public record ListLimits(long fileBytesMax, int entriesMax, int listsMax, int problemsMax) {
    /** 64 MiB and 2,000,000 entries a list (the largest public address feeds have about a million), 64 lists, 20 problem lines. */
    public static final ListLimits DEFAULT = new ListLimits(64L << 20, 2_000_000, 64, 20);
}
