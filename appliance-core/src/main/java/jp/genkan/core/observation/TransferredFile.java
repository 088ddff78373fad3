package jp.genkan.core.observation;

import org.jspecify.annotations.Nullable;

/**
 * A file on its way through a flow: a body of HTTP, an attachment, a file of FTP or SMB. Its octets go to the stages as they come and are
 * not kept here.
 *
 * <p>Thread rule: its flow's worker until it is closed; from then on it never changes.
 */
public final class TransferredFile {
    private final Transaction transaction;
    private final Direction direction;
    private final long number;
    private @Nullable String name;
    private @Nullable String declaredType;
    private @Nullable String type;
    private @Nullable String md5;
    private @Nullable String sha1;
    private @Nullable String sha256;
    private long announcedSize = -1;
    private long rangeStart = -1;
    private long rangeEnd = -1;
    private long wholeSize = -1;
    private long size;
    private boolean gaps;
    private boolean joined;
    private FileState state = FileState.OPEN;

    /**
     * A file that begins.
     *
     * @param transaction in which it travels
     * @param direction which way
     * @param number counted from 1 in its flow
     * @param name as the protocol gives it, decoded; null when it has none
     */
    public TransferredFile(Transaction transaction, Direction direction, long number, @Nullable String name) {
        this.transaction = transaction;
        this.direction = direction;
        this.number = number;
        this.name = name;
    }

    /** In which it travels. */
    public Transaction transaction() {
        return transaction;
    }

    /** Which way it goes. */
    public Direction direction() {
        return direction;
    }

    /** Counted from 1 in its flow; EVE's {@code file_id}. */
    public long number() {
        return number;
    }

    /** As the protocol gives it, decoded; null when it has none. */
    public @Nullable String name() {
        return name;
    }

    /** A protocol may learn the name late. */
    public void name(@Nullable String learned) {
        name = learned;
    }

    /** Media type that the protocol announces, in lower case without parameters; null when it says none. */
    public @Nullable String declaredType() {
        return declaredType;
    }

    public void declaredType(@Nullable String announced) {
        declaredType = announced;
    }

    /** What its first octets look like, as a media type; null when that is unknown. */
    public @Nullable String type() {
        return type;
    }

    public void type(@Nullable String found) {
        type = found;
    }

    /** Octets that the protocol announces, -1 when it does not. */
    public long announcedSize() {
        return announcedSize;
    }

    public void announcedSize(long octets) {
        announcedSize = octets;
    }

    /** True when this is a part of a file: an HTTP range, a piece of an SMB file. */
    public boolean isRange() {
        return rangeStart >= 0;
    }

    /** First octet of the part, -1 for a whole file. */
    public long rangeStart() {
        return rangeStart;
    }

    /** Last octet of the part, -1 for a whole file. */
    public long rangeEnd() {
        return rangeEnd;
    }

    /** Size of the whole file of which this is a part, -1 when unknown. */
    public long wholeSize() {
        return wholeSize;
    }

    /** Says that this is a part, both ends included. */
    public void range(long start, long end, long whole) {
        rangeStart = start;
        rangeEnd = end;
        wholeSize = whole;
    }

    /** True when it is put together from parts, which may come in several connections. */
    public boolean isJoined() {
        return joined;
    }

    public void markJoined() {
        joined = true;
    }

    /** Octets so far, gaps included. */
    public long size() {
        return size;
    }

    /** Adds octets that have come, or are missing. */
    public void grow(long octets) {
        size += octets;
    }

    /** True when octets are missing in it. */
    public boolean hasGaps() {
        return gaps;
    }

    public void markGap() {
        gaps = true;
    }

    /** What became of it. */
    public FileState state() {
        return state;
    }

    public void state(FileState reached) {
        state = reached;
    }

    /** Hash in lower-case hexadecimal; null where none was made: the file has gaps, was not seen whole, or hashing is off. */
    public @Nullable String md5() {
        return md5;
    }

    public @Nullable String sha1() {
        return sha1;
    }

    public @Nullable String sha256() {
        return sha256;
    }

    public void hashes(@Nullable String md5Hex, @Nullable String sha1Hex, @Nullable String sha256Hex) {
        md5 = md5Hex;
        sha1 = sha1Hex;
        sha256 = sha256Hex;
    }
}
