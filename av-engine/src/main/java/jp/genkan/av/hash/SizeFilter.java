package jp.genkan.av.hash;

/**
 * Which sizes signatures of one kind have; it may say yes for another size, never no for one of them. A file of a size that nobody asks for is
 * not hashed.
 *
 * @param any signatures for files of any size
 * @param sized signatures for files of one size
 * @param bits one bit for each size that occurs, by a hash of it; empty when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record SizeFilter(long any, long sized, long[] bits) {
    /** Bits of a filter: 128 KiB a kind; with the 100,000 sizes of a large set it is right for nine of ten others. */
    static final int BITS = 1 << 20;

    SizeFilter {
        if (any < 0 || sized < 0 || sized > 0 && bits.length != BITS / Long.SIZE) {
            throw new IllegalArgumentException("a filter has counts and bits");
        }
    }

    static int bit(long size) {
        return (int) (HashKey.mix(size) & BITS - 1);
    }

    boolean hasSize(long size) {
        int bit = bit(size);
        return sized > 0 && (bits[bit >>> 6] & 1L << bit) != 0;
    }

    boolean wants(long size) {
        return any > 0 || hasSize(size);
    }
}
