package jp.genkan.protocols.http.body;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.FileState;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.Conversation;
import jp.genkan.protocols.conversation.OctetBuffer;
import jp.genkan.protocols.http.head.HeaderFields;
import jp.genkan.protocols.http.head.HeaderParameters;
import jp.genkan.protocols.http.head.HttpEvents;
import org.jspecify.annotations.Nullable;

/**
 * A form of {@code multipart/form-data}, RFC 7578: every part with a file name is a file. Holds back as many octets as a boundary has, and the head of a
 * part. Any number of parts is read; nothing of a part is kept when it is over.
 *
 * <p>Thread rule: the worker of its flow.
 */
public final class MultipartBody implements BodyConsumer {
    private enum At {
        /** In a part, or before the first. */
        INSIDE,
        /** Behind a boundary: the rest of its line. */
        BOUNDARY_LINE,
        PART_HEAD,
        /** Behind the last boundary. */
        OVER
    }

    /** Longest boundary; RFC 2046 §5.1.1 allows 70, Suricata reads 200. */
    public static final int BOUNDARY_MAX = 200;

    /** Longest head of a part: a file name of 4 KiB, three octets each escaped. */
    public static final int PART_HEAD_MAX = 16_384;

    /** A form without files up to this size is a file itself, as every other body is; longer ones without files are rare. */
    public static final int PLAIN_FORM_MAX = 65_536;

    private final @Nullable String formName;
    private final OctetBuffer form = new OctetBuffer(PLAIN_FORM_MAX);
    private boolean isPlain = true;
    private final Transaction transaction;
    private final Direction direction;
    private final byte[] pattern;
    private final int[] skip = new int[256];
    private final byte[] seam;
    private final OctetBuffer partHead = new OctetBuffer(PART_HEAD_MAX);
    private final byte[] one = new byte[1];
    private At at = At.INSIDE;
    private int carried;
    private int dashes;
    private boolean lineHasOther;
    private int lineLength;
    private @Nullable FileBody part;

    /**
     * A form with this boundary.
     *
     * @param formName name of the whole where it has no files in it, null when there is none
     */
    public MultipartBody(Transaction transaction, Direction direction, String boundary, @Nullable String formName) {
        this.formName = formName;
        this.transaction = transaction;
        this.direction = direction;
        pattern = ("\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        seam = new byte[pattern.length * 2 + 1];
        Arrays.fill(skip, pattern.length);
        for (int i = 0; i < pattern.length - 1; i++) {
            skip[pattern[i] & 0xff] = pattern.length - 1 - i;
        }
        seam[0] = '\n';
        carried = 1;
    }

    @Override
    public void octets(byte[] octets, int from, int to, Conversation conversation) {
        if (isPlain && !form.append(octets, from, to)) {
            forgetForm();
        }
        int i = from;
        while (i < to && at != At.OVER) {
            i = switch (at) {
                case INSIDE -> readInside(octets, i, to, conversation);
                case BOUNDARY_LINE -> readBoundaryLine(octets[i], i, conversation);
                case PART_HEAD -> readHead(octets[i], i, conversation);
                case OVER -> to;
            };
        }
    }

    private int readInside(byte[] octets, int from, int to, Conversation conversation) {
        int keep = pattern.length;
        if (carried > 0) {
            int more = Math.min(keep, to - from);
            System.arraycopy(octets, from, seam, carried, more);
            int length = carried + more;
            int found = find(seam, 0, length);
            if (found >= 0) {
                int behind = from + found + pattern.length - carried;
                endPart(seam, 0, found, conversation);
                return behind;
            }
            if (from + more == to) {
                int sure = Math.max(0, length - keep);
                give(seam, 0, sure, conversation);
                System.arraycopy(seam, sure, seam, 0, length - sure);
                carried = length - sure;
                return to;
            }
            give(seam, 0, carried, conversation);
            carried = 0;
        }
        int found = find(octets, from, to);
        if (found >= 0) {
            endPart(octets, from, found, conversation);
            return found + pattern.length;
        }
        int sure = Math.max(from, to - keep);
        give(octets, from, sure, conversation);
        System.arraycopy(octets, sure, seam, 0, to - sure);
        carried = to - sure;
        return to;
    }

    /**
     * Index of the boundary, by Horspool's skips. Compares forward, other than Horspool: the line feed that begins the pattern comes in it once, so that
     * no octet is compared with more than one place of it, whatever boundary and body an attacker chooses.
     */
    private int find(byte[] octets, int from, int to) {
        int last = pattern.length - 1;
        int i = from;
        while (i + last < to) {
            int k = 0;
            while (k <= last && octets[i + k] == pattern[k]) {
                k++;
            }
            if (k > last) {
                return i;
            }
            i += skip[octets[i + last] & 0xff];
        }
        return -1;
    }

    private void give(byte[] octets, int from, int to, Conversation conversation) {
        if (part != null && from < to) {
            part.octets(octets, from, to, conversation);
        }
    }

    private void endPart(byte[] octets, int from, int found, Conversation conversation) {
        int end = found > from && octets[found - 1] == '\r' ? found - 1 : found;
        give(octets, from, end, conversation);
        closePart(FileState.CLOSED, conversation);
        carried = 0;
        dashes = 0;
        lineHasOther = false;
        at = At.BOUNDARY_LINE;
    }

    private void closePart(FileState state, Conversation conversation) {
        if (part != null) {
            if (!part.hasBegun() && state == FileState.CLOSED) {
                conversation.anomaly(transaction, direction, HttpEvents.MULTIPART_NO_FILEDATA);
            }
            part.end(state, conversation);
            part = null;
        }
    }

    private int readBoundaryLine(byte octet, int i, Conversation conversation) {
        if (octet == '-' && !lineHasOther) {
            dashes++;
            at = dashes == 2 ? At.OVER : at;
        } else if (octet == '\n') {
            at = At.PART_HEAD;
            lineLength = 0;
            partHead.clear();
        } else if (octet != '\r' && octet != ' ' && octet != '\t') {
            if (!lineHasOther) {
                conversation.anomaly(transaction, direction, HttpEvents.MULTIPART_GENERIC_ERROR);
            }
            lineHasOther = true;
        }
        return i + 1;
    }

    private int readHead(byte octet, int i, Conversation conversation) {
        one[0] = octet;
        if (!partHead.append(one, 0, 1)) {
            conversation.anomaly(transaction, direction, HttpEvents.MULTIPART_INVALID_HEADER);
            partHead.clear();
            begin(new FileBody(transaction, direction, null, null, -1, null));
            return i + 1;
        }
        if (octet != '\n') {
            lineLength += octet == '\r' ? 0 : 1;
            return i + 1;
        }
        if (lineLength > 0) {
            lineLength = 0;
            return i + 1;
        }
        byte[] lines = partHead.toArray();
        partHead.clear();
        begin(fileIn(HeaderFields.parse(lines, 0, lines.length), conversation));
        return i + 1;
    }

    private void forgetForm() {
        isPlain = false;
        form.clear();
    }

    private void begin(@Nullable FileBody file) {
        if (file != null) {
            forgetForm();
        }
        part = file;
        at = At.INSIDE;
        seam[0] = '\n';
        carried = 0;
    }

    private @Nullable FileBody fileIn(HeaderFields fields, Conversation conversation) {
        String disposition = fields.first("content-disposition");
        if (disposition == null) {
            conversation.anomaly(transaction, direction, HttpEvents.MULTIPART_INVALID_HEADER);
            return new FileBody(transaction, direction, null, null, -1, null);
        }
        String name = HeaderParameters.fileName(disposition);
        if (name == null || name.isEmpty()) {
            return null;
        }
        String type = fields.first("content-type");
        return new FileBody(transaction, direction, name, type == null ? null : HeaderParameters.main(type), -1, null);
    }

    @Override
    public void gap(long missing, Conversation conversation) {
        forgetForm();
        if (at == At.INSIDE) {
            give(seam, 0, carried, conversation);
            if (part != null) {
                part.gap(missing, conversation);
            }
        } else if (at != At.OVER) {
            begin(null);
        }
        carried = 0;
    }

    @Override
    public void end(FileState state, Conversation conversation) {
        if (at == At.INSIDE) {
            give(seam, 0, carried, conversation);
            carried = 0;
        }
        closePart(FileState.TRUNCATED, conversation);
        at = At.OVER;
        if (isPlain && !form.isEmpty()) {
            FileBody whole = new FileBody(transaction, direction, formName, "multipart/form-data", form.length(), null);
            whole.octets(form.array(), form.begin(), form.end(), conversation);
            whole.end(state, conversation);
        }
        forgetForm();
    }
}
