package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.head.HttpText;
import org.jspecify.annotations.Nullable;

/**
 * A body in chunks, RFC 9112 §7.1. Complete behind the line of the last chunk: the trailers are for its owner. Where a chunk's length is none, the
 * body goes on unchunked from that line on, as libhtp does it.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class ChunkedFraming extends BodyFraming {
    private enum At {
        LENGTH,
        BLANKS_BEHIND_LENGTH,
        EXTENSION,
        DATA,
        END_OF_DATA,
        COMPLETE,
        UNCHUNKED
    }

    /** Octets of a length's line that are kept to be given back when it is none; real lines have some ten. */
    private static final int HELD_MAX = 256;

    /** A chunk beyond this is none; a tebi times a thousand is more than anybody waits for. */
    private static final long CHUNK_MAX = 1L << 50;

    private final Transaction transaction;
    private final Direction direction;
    private final String invalidLength;
    private final @Nullable BodyFraming instead;
    private final byte[] held = new byte[HELD_MAX];
    private @Nullable BodyFraming rest;
    private At at = At.LENGTH;
    private int heldLength;
    private long size = -1;
    private boolean isFirst = true;
    private boolean isTold;

    /**
     * A body in chunks.
     *
     * @param invalidLength the anomaly of a length that is none
     * @param instead how the body is framed when its first line is not a chunk's, so that it is in doubt whether it is in chunks; null when that is not
     *     in doubt
     */
    public ChunkedFraming(
            BodyConsumer consumer,
            Transaction transaction,
            Direction direction,
            String invalidLength,
            @Nullable BodyFraming instead) {
        super(consumer);
        this.transaction = transaction;
        this.direction = direction;
        this.invalidLength = invalidLength;
        this.instead = instead;
    }

    @Override
    public int read(byte[] octets, int from, int to, Conversation conversation) {
        int i = from;
        while (i < to && at != At.COMPLETE) {
            switch (at) {
                case LENGTH, BLANKS_BEHIND_LENGTH, EXTENSION -> readLine(octets[i++], conversation);
                case DATA -> {
                    int until = (int) Math.min(to, i + size);
                    consumer.octets(octets, i, until, conversation);
                    size -= until - i;
                    i = until;
                    if (size == 0) {
                        at = At.END_OF_DATA;
                    }
                }
                case END_OF_DATA -> readEnd(octets[i++], conversation);
                case UNCHUNKED -> {
                    int until = unchunked().read(octets, i, to, conversation);
                    if (unchunked().isComplete()) {
                        return until;
                    }
                    i = until;
                }
                case COMPLETE -> throw new IllegalStateException("read behind the end");
            }
        }
        return i;
    }

    private BodyFraming unchunked() {
        if (rest == null) {
            rest = isFirst && instead != null ? instead : new CloseFraming(consumer);
        }
        return rest;
    }

    private void readLine(byte octet, Conversation conversation) {
        if (heldLength < HELD_MAX) {
            held[heldLength++] = octet;
        }
        if (octet == '\n') {
            endLine(conversation);
        } else if (at == At.LENGTH) {
            int digit = HttpText.hexDigit(octet);
            if (digit >= 0) {
                size = size < 0 ? digit : size << 4 | digit;
                if (size > CHUNK_MAX) {
                    giveUp(conversation);
                }
            } else if (size >= 0 && octet == ';') {
                at = At.EXTENSION;
            } else if (!HttpText.isBlank(octet)) {
                readJunk(conversation);
            } else if (size >= 0) {
                at = At.BLANKS_BEHIND_LENGTH;
            }
        } else if (at == At.BLANKS_BEHIND_LENGTH && !HttpText.isBlank(octet)) {
            if (octet != ';') {
                tell(conversation);
            }
            at = At.EXTENSION;
        }
    }

    /** What stands behind the digits is passed over, as libhtp does, unless it is in doubt whether this is a length at all. */
    private void readJunk(Conversation conversation) {
        if (size < 0 || isFirst && instead != null) {
            giveUp(conversation);
            return;
        }
        tell(conversation);
        at = At.EXTENSION;
    }

    private void endLine(Conversation conversation) {
        if (size < 0) {
            tell(conversation);
            if (isFirst && instead != null) {
                giveUp(conversation);
            } else {
                heldLength = 0;
            }
            return;
        }
        heldLength = 0;
        isFirst = false;
        at = size == 0 ? At.COMPLETE : At.DATA;
    }

    private void readEnd(byte octet, Conversation conversation) {
        if (octet == '\n') {
            at = At.LENGTH;
            size = -1;
        } else if (octet != '\r') {
            tell(conversation);
        }
    }

    private void giveUp(Conversation conversation) {
        tell(conversation);
        at = At.UNCHUNKED;
        unchunked().read(held, 0, heldLength, conversation);
    }

    private void tell(Conversation conversation) {
        if (!isTold) {
            isTold = true;
            conversation.anomaly(transaction, direction, invalidLength);
        }
    }

    @Override
    public long gap(long missing, Conversation conversation) {
        if (at == At.UNCHUNKED) {
            return unchunked().gap(missing, conversation);
        }
        if (at == At.DATA && missing <= size) {
            consumer.gap(missing, conversation);
            size -= missing;
            at = size == 0 ? At.END_OF_DATA : At.DATA;
            return 0;
        }
        if (at == At.DATA || at == At.END_OF_DATA) {
            consumer.gap(missing, conversation);
        }
        return LOST;
    }

    @Override
    public boolean isComplete() {
        return at == At.COMPLETE || at == At.UNCHUNKED && unchunked().isComplete();
    }

    /** True when trailers follow. */
    public boolean hasTrailers() {
        return at == At.COMPLETE;
    }

    @Override
    public boolean endsWithConnection() {
        return at == At.UNCHUNKED && unchunked().endsWithConnection();
    }
}
