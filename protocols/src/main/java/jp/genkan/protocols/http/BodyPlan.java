package jp.genkan.protocols.http;

import java.util.Locale;
import java.util.Set;
import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.body.BodyConsumer;
import jp.genkan.protocols.http.body.BodyContents;
import jp.genkan.protocols.http.body.BodyFraming;
import jp.genkan.protocols.http.body.ChunkedFraming;
import jp.genkan.protocols.http.body.CloseFraming;
import jp.genkan.protocols.http.body.LengthFraming;
import jp.genkan.protocols.http.head.ContentRange;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HttpEvents;
import jp.genkan.protocols.http.head.HttpText;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the fields of a message how long its body is and what is in it. Where peers disagree, the reading that hides nothing is taken, and the
 * anomaly told.
 *
 * <p>Thread rule: used inside one call.
 */
final class BodyPlan {
    private enum Chunked {
        NO,
        YES,
        /** Some peers say so, others not: the first line of the body decides. */
        IN_DOUBT
    }

    private static final int HTTP_1_1 = 11;
    private static final long LENGTH_MAX = 1L << 60;
    private static final Set<String> TRANSFER_CODINGS =
            Set.of("chunked", "identity", "gzip", "x-gzip", "deflate", "compress", "trailers", "");

    /** Codings of one field that are told apart; nobody lists more than two. */
    private static final int CODINGS_SPLIT_MAX = 16;

    private final HttpTransaction transaction;
    private final Direction direction;
    private final HeaderFields fields;
    private final Conversation conversation;

    BodyPlan(HttpTransaction transaction, Direction direction, HeaderFields fields, Conversation conversation) {
        this.transaction = transaction;
        this.direction = direction;
        this.fields = fields;
        this.conversation = conversation;
    }

    /** Body of a request, null when it has none. */
    @Nullable
    BodyFraming request() {
        Chunked chunked = chunked(HTTP_1_1);
        long length = contentLength();
        if (chunked == Chunked.NO && length <= 0) {
            return null;
        }
        return framed(chunked, length, contents().ofRequest(chunked == Chunked.NO ? length : -1));
    }

    /** Body of a response that may have one; null when it is empty. */
    @Nullable
    BodyFraming response(int version) {
        Chunked chunked = chunked(version);
        long length = contentLength();
        if (chunked == Chunked.NO && length == 0) {
            return null;
        }
        return framed(chunked, length, responseConsumer(chunked == Chunked.NO ? length : -1));
    }

    /** Body of a response without a head. */
    BodyFraming untilClose() {
        return new CloseFraming(responseConsumer(-1));
    }

    private BodyFraming framed(Chunked chunked, long length, BodyConsumer consumer) {
        BodyFraming plain = length >= 0 ? new LengthFraming(consumer, length) : new CloseFraming(consumer);
        return switch (chunked) {
            case NO -> plain;
            case YES ->
                new ChunkedFraming(consumer, transaction, direction, HttpEvents.invalidChunkLength(direction), null);
            case IN_DOUBT ->
                new ChunkedFraming(consumer, transaction, direction, HttpEvents.invalidChunkLength(direction), plain);
        };
    }

    private Chunked chunked(int version) {
        String value = fields.joinedText("transfer-encoding");
        if (value == null) {
            return Chunked.NO;
        }
        String lower = value.toLowerCase(Locale.ROOT);
        boolean named = false;
        boolean odd = false;
        for (String coding : lower.split(",", CODINGS_SPLIT_MAX)) {
            String plain = coding.strip();
            named |= plain.equals("chunked");
            odd |= !TRANSFER_CODINGS.contains(plain);
        }
        if (named && direction.isToServer()) {
            return Chunked.YES;
        }
        if (named && version >= HTTP_1_1) {
            if (odd) {
                conversation.anomaly(transaction, direction, HttpEvents.RESPONSE_ABNORMAL_TRANSFER_ENCODING);
            }
            return Chunked.YES;
        }
        if (named) {
            conversation.anomaly(transaction, direction, HttpEvents.RESPONSE_CHUNKED_OLD_PROTO);
            return Chunked.IN_DOUBT;
        }
        if (lower.contains("chunked")) {
            String event = direction.isToServer()
                    ? HttpEvents.invalidTransferCoding(direction)
                    : HttpEvents.RESPONSE_ABNORMAL_TRANSFER_ENCODING;
            conversation.anomaly(transaction, direction, event);
            return Chunked.IN_DOUBT;
        }
        if (odd) {
            conversation.anomaly(transaction, direction, HttpEvents.invalidTransferCoding(direction));
        }
        return Chunked.NO;
    }

    /** The length that the fields say, the largest where they disagree; -1 when they say none. */
    private long contentLength() {
        long largest = -1;
        boolean invalid = false;
        int seen = 0;
        for (int i = fields.find("content-length", 0); i >= 0; i = fields.find("content-length", i + 1)) {
            byte[] value = fields.valueOctets(i);
            int at = 0;
            long length = -1;
            while (at < value.length && value[at] >= '0' && value[at] <= '9' && length < LENGTH_MAX / 10) {
                length = Math.max(0, length) * 10 + value[at] - '0';
                at++;
            }
            boolean plain = at == value.length && at > 0;
            invalid |= !plain;
            largest = Math.max(largest, plain || at < value.length && value[at] == ',' ? length : -1);
            seen++;
        }
        if (invalid) {
            conversation.anomaly(transaction, direction, HttpEvents.invalidLength(direction));
        }
        if (seen > 1) {
            conversation.anomaly(transaction, direction, HttpEvents.duplicateLength(direction));
        }
        return largest;
    }

    private BodyContents contents() {
        return new BodyContents(transaction, direction, fields, pathName(), conversation);
    }

    private BodyConsumer responseConsumer(long length) {
        BodyContents contents = contents();
        ContentRange range = contents.range();
        if (range != null) {
            transaction.range(range);
        }
        return contents.ofResponse(length, transaction.status());
    }

    private @Nullable String pathName() {
        byte[] path = transaction.path();
        return path == null ? null : HttpText.show(path, 0, path.length);
    }
}
