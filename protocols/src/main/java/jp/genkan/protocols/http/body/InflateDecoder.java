package jp.genkan.protocols.http.body;

import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Takes gzip or deflate off. Like browsers it looks at the first octets rather than at what was said: gzip, zlib and bare DEFLATE are told apart, and
 * check sums are not looked at. A body that is none of them is given on as it is.
 *
 * <p>Holds 40 KiB of zlib's memory and {@link #PIECE} octets from the first octet to {@link #close}.
 *
 * <p>Thread rule: the worker of its flow.
 */
final class InflateDecoder extends ContentDecoder {
    private enum At {
        FIRST_OCTET,
        SECOND_OCTET,
        GZIP_HEAD,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEAD_CHECK,
        DEFLATED,
        TRAILER,
        BETWEEN_MEMBERS,
        OVER
    }

    /** Octets that come out at a time; a page of a web site is some tens of thousands. */
    static final int PIECE = 16_384;

    /** Octets that are held to be given on as they are, as long as nothing came out: the head of a dynamic block is smaller. */
    private static final int HELD_MAX = 512;

    // RFC 1952 §2.3
    private static final int GZIP_1 = 0x1f;
    private static final int GZIP_2 = 0x8b;
    private static final int GZIP_HEAD_LENGTH = 10;
    private static final int FLAGS_OFFSET = 3;
    private static final int FLAG_HEAD_CHECK = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;
    private static final int GZIP_TRAILER_LENGTH = 8;

    // RFC 1950 §2.2
    private static final int ZLIB_METHOD_MASK = 0x0f;
    private static final int ZLIB_DEFLATE = 8;
    private static final int ZLIB_MULTIPLE = 31;
    private static final int ZLIB_TRAILER_LENGTH = 4;

    private static final byte[] EMPTY = {};

    private final boolean mayBeBare;
    private final byte[] held = new byte[HELD_MAX];
    private int heldLength;
    private long taken;
    private At at = At.FIRST_OCTET;
    private int count;
    private int flags;
    private int extraLength;
    private boolean isGzip;
    private boolean isResumed;
    private boolean hasMade;
    private @Nullable Inflater inflater;
    private byte[] piece = EMPTY;

    /**
     * A decoder.
     *
     * @param mayBeBare true for {@code deflate}, which some servers send without zlib's head
     */
    InflateDecoder(boolean mayBeBare) {
        this.mayBeBare = mayBeBare;
    }

    @Override
    void decode(byte[] octets, int from, int to, Output out) {
        if (condition() == Condition.PLAIN) {
            out.take(octets, from, to);
            return;
        }
        long before = taken;
        if (!hasMade && heldLength < HELD_MAX) {
            int more = Math.min(HELD_MAX - heldLength, to - from);
            System.arraycopy(octets, from, held, heldLength, more);
            heldLength += more;
        }
        taken += to - from;
        int i = from;
        while (i < to && condition() == Condition.GOOD) {
            i = at == At.DEFLATED ? inflate(octets, i, to, out) : readHead(octets[i] & 0xff, i, out);
        }
        if (condition() == Condition.PLAIN) {
            out.take(held, 0, heldLength);
            out.take(octets, (int) Math.min(to, from + Math.max(0, heldLength - before)), to);
        }
    }

    private int readHead(int octet, int i, Output out) {
        switch (at) {
            case FIRST_OCTET -> {
                count = octet;
                at = At.SECOND_OCTET;
            }
            case SECOND_OCTET -> tellApart(count, octet, out);
            case GZIP_HEAD -> {
                flags = count == FLAGS_OFFSET ? octet : flags;
                count++;
                if (count == GZIP_HEAD_LENGTH) {
                    enter(At.EXTRA_LENGTH, FLAG_EXTRA);
                }
            }
            case EXTRA_LENGTH -> readExtraLength(octet);
            case EXTRA -> {
                extraLength--;
                if (extraLength == 0) {
                    enter(At.NAME, FLAG_NAME);
                }
            }
            case NAME -> {
                if (octet == 0) {
                    enter(At.COMMENT, FLAG_COMMENT);
                }
            }
            case COMMENT -> {
                if (octet == 0) {
                    enter(At.HEAD_CHECK, FLAG_HEAD_CHECK);
                }
            }
            case HEAD_CHECK -> {
                count++;
                at = count == 2 ? At.DEFLATED : at;
            }
            case TRAILER, BETWEEN_MEMBERS -> readTail(octet);
            case OVER -> resume(octet, out);
            case DEFLATED -> condition(Condition.ENDED);
        }
        return i + 1;
    }

    private void readExtraLength(int octet) {
        extraLength |= octet << 8 * count;
        count++;
        if (count == 2) {
            at = At.EXTRA;
            if (extraLength == 0) {
                enter(At.NAME, FLAG_NAME);
            }
        }
    }

    /**
     * Behind the end stands zlib's check sum. Where there is more, it may be another part, compressed for itself: some receivers go on, so that it is read as
     * long as it is DEFLATE.
     */
    private void resume(int octet, Output out) {
        held[count] = (byte) octet;
        count++;
        if (count > ZLIB_TRAILER_LENGTH) {
            isResumed = true;
            at = At.DEFLATED;
            stream().reset();
            inflate(held, 0, count, out);
        }
    }

    /** What stands behind a member: its check sum and length, then another member or nothing that means anything. */
    private void readTail(int octet) {
        if (at == At.TRAILER) {
            count++;
            at = count == GZIP_TRAILER_LENGTH ? At.BETWEEN_MEMBERS : at;
        } else if (octet == GZIP_1) {
            at = At.GZIP_HEAD;
            count = 1;
            flags = 0;
        } else {
            at = At.OVER;
            condition(Condition.ENDED);
        }
    }

    /** Goes to a part of gzip's head, or beyond it when the flags say that it is not there. */
    private void enter(At part, int flag) {
        count = 0;
        extraLength = 0;
        if ((flags & flag) != 0) {
            at = part;
            return;
        }
        switch (part) {
            case EXTRA_LENGTH -> enter(At.NAME, FLAG_NAME);
            case NAME -> enter(At.COMMENT, FLAG_COMMENT);
            case COMMENT -> enter(At.HEAD_CHECK, FLAG_HEAD_CHECK);
            default -> at = At.DEFLATED;
        }
    }

    private void tellApart(int first, int second, Output out) {
        if (first == GZIP_1 && second == GZIP_2) {
            isGzip = true;
            at = At.GZIP_HEAD;
            count = 2;
        } else if ((first & ZLIB_METHOD_MASK) == ZLIB_DEFLATE && (first << 8 | second) % ZLIB_MULTIPLE == 0) {
            at = At.DEFLATED;
        } else if (mayBeBare) {
            at = At.DEFLATED;
            byte[] both = {(byte) first, (byte) second};
            inflate(both, 0, 2, out);
        } else {
            condition(Condition.PLAIN);
        }
    }

    private int inflate(byte[] octets, int from, int to, Output out) {
        Inflater stream = stream();
        stream.setInput(octets, from, to - from);
        int behind = to;
        while (true) {
            long before = stream.getBytesWritten();
            int made;
            boolean broken = false;
            try {
                made = stream.inflate(piece);
            } catch (DataFormatException notDeflate) {
                made = (int) (stream.getBytesWritten() - before);
                broken = true;
            }
            hasMade |= made > 0;
            if (made > 0 && !out.take(piece, 0, made)) {
                condition(Condition.ENDED);
                break;
            }
            if (broken && isResumed) {
                condition(Condition.ENDED);
                break;
            }
            if (broken) {
                boolean nothing = !hasMade && stream.getBytesRead() < HELD_MAX / 2;
                condition(nothing ? Condition.PLAIN : Condition.BROKEN);
                break;
            }
            if (stream.finished()) {
                behind = to - stream.getRemaining();
                endMember(stream);
                break;
            }
            if (made == 0) {
                break;
            }
        }
        stream.setInput(EMPTY);
        return behind;
    }

    private void endMember(Inflater stream) {
        if (isGzip) {
            stream.reset();
            at = At.TRAILER;
            count = 0;
        } else {
            at = At.OVER;
            count = 0;
        }
    }

    private Inflater stream() {
        Inflater stream = inflater;
        if (stream == null) {
            stream = new Inflater(true);
            inflater = stream;
            piece = new byte[PIECE];
        }
        return stream;
    }

    @Override
    void finish(Output out) {
        if (condition() != Condition.GOOD) {
            return;
        }
        switch (at) {
            case FIRST_OCTET, TRAILER, BETWEEN_MEMBERS, OVER -> condition(Condition.ENDED);
            case SECOND_OCTET -> {
                condition(Condition.PLAIN);
                out.take(held, 0, heldLength);
            }
            default -> condition(isResumed ? Condition.ENDED : Condition.BROKEN);
        }
    }

    @Override
    void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }
}
