package jp.genkan.urlfilter.list;

/**
 * How much of a list is read.
 *
 * @param fileBytesMax octets of the file as it lies there; the largest that is published, UT1 as a whole, has 40 MiB packed
 * @param unpackedBytesMax octets once unpacked: 5 million names have some 110 MiB, the rest is room for growth, against packed nothing
 * @param lineBytesMax octets of a line; the longest URLs that are published have some 2 KiB
 * @param membersMax members of an archive; UT1 has some 200
 * @param problemsMax problems that are told for a list; the others are counted
 * @param categoriesMax categories of one list; UT1 has some 70
 */
public record ListLimits(
        long fileBytesMax,
        long unpackedBytesMax,
        int lineBytesMax,
        int membersMax,
        int problemsMax,
        int categoriesMax) {
    /** What a box uses. */
    public static final ListLimits DEFAULT = new ListLimits(512L << 20, 2L << 30, 16 << 10, 20_000, 20, 256);

    public ListLimits {
        if (fileBytesMax <= 0
                || unpackedBytesMax <= 0
                || lineBytesMax <= 0
                || membersMax <= 0
                || problemsMax <= 0
                || categoriesMax <= 0) {
            throw new IllegalArgumentException("a limit of lists must be positive");
        }
    }
}
