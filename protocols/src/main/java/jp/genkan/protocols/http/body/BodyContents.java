package jp.genkan.protocols.http.body;

import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.http.head.ContentRange;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HeaderParameters;
import jp.genkan.protocols.http.head.HttpEvents;
import org.jspecify.annotations.Nullable;

/**
 * Decides from the fields of a message what is in its body: a file, or a form with files, under which coding.
 *
 * <p>Thread rule: used inside one call.
 */
public final class BodyContents {
    private static final int PARTIAL_CONTENT = 206;

    private final Transaction transaction;
    private final Direction direction;
    private final HeaderFields fields;
    private final @Nullable String pathName;
    private final Conversation conversation;

    /**
     * Contents of a body.
     *
     * @param pathName name of a file that the fields do not name, null when there is none
     */
    public BodyContents(
            Transaction transaction,
            Direction direction,
            HeaderFields fields,
            @Nullable String pathName,
            Conversation conversation) {
        this.transaction = transaction;
        this.direction = direction;
        this.fields = fields;
        this.pathName = pathName;
        this.conversation = conversation;
    }

    /**
     * Takes the body of a request.
     *
     * @param length of the body, -1 when it was not said
     */
    public BodyConsumer ofRequest(long length) {
        String type = fields.first("content-type");
        String boundary = type == null || !HeaderParameters.main(type).equals("multipart/form-data")
                ? null
                : HeaderParameters.find(type, "boundary");
        if (boundary != null && !boundary.isEmpty() && boundary.length() <= MultipartBody.BOUNDARY_MAX) {
            return decoded(new MultipartBody(transaction, direction, boundary, pathName));
        }
        if (boundary != null) {
            conversation.anomaly(transaction, direction, HttpEvents.MULTIPART_GENERIC_ERROR);
        }
        return decoded(new FileBody(transaction, direction, pathName, declaredType(), plainLength(length), null));
    }

    /**
     * Takes the body of a response.
     *
     * @param length of the body, -1 when it was not said
     * @param status of the response
     */
    public BodyConsumer ofResponse(long length, int status) {
        String disposition = fields.first("content-disposition");
        String name = disposition == null ? null : HeaderParameters.fileName(disposition);
        String type = declaredType();
        if ("multipart/byteranges".equals(type)) {
            conversation.anomaly(transaction, direction, HttpEvents.RESPONSE_MULTIPART_BYTERANGES);
        }
        ContentRange range = status == PARTIAL_CONTENT ? range() : null;
        if (range != null && !range.isKnown()) {
            conversation.anomaly(transaction, direction, HttpEvents.invalidRange(transaction));
            range = null;
        }
        String given = name == null || name.isEmpty() ? pathName : name;
        return decoded(new FileBody(transaction, direction, given, type, plainLength(length), range));
    }

    /** The part of a file that this is, null when the fields say none. */
    public @Nullable ContentRange range() {
        String value = fields.first("content-range");
        return value == null ? null : ContentRange.parse(value);
    }

    private BodyConsumer decoded(BodyConsumer files) {
        BodyConsumer inside = new ToldBody(transaction, direction, files);
        String content = fields.joinedText("content-encoding");
        String transfer = fields.joinedText("transfer-encoding");
        return content == null && transfer == null
                ? inside
                : ContentCodings.before(inside, content, transfer, transaction, direction, conversation);
    }

    /** The length where it is that of the file. */
    private long plainLength(long length) {
        return fields.find("content-encoding", 0) < 0 ? length : -1;
    }

    private @Nullable String declaredType() {
        String type = fields.first("content-type");
        return type == null ? null : HeaderParameters.main(type);
    }
}
