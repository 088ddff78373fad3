package jp.genkan.core.observation;

import java.util.Arrays;
import java.util.Base64;
import jp.genkan.core.event.EveFields;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a protocol's own framing: a record of TLS, a header of SMB, a request of HTTP. Told only where a rule or the event log asks for frames. Its octets go
 * to the stages as they come; the first ones are kept for events.
 *
 * <p>Thread rule: its flow's worker until it is over; from then on it never changes.
 */
public final class ProtocolFrame {
    /** The length is not known yet, or there is none: the frame ends with the stream. */
    public static final long UNKNOWN = -1;

    /** Octets of a frame that events show: as many as Suricata writes of a payload, {@code payload-buffer-size}. */
    public static final int SHOWN_MAX = 4_096;

    /** Gaps that events show; further ones are passed over, as nobody reads so many. */
    public static final int GAPS_MAX = 16;

    private static final byte[] NOTHING = {};

    private final AppProtocol protocol;
    private final String type;
    private final Direction direction;
    private final long number;
    private final long begin;
    private final boolean inStream;
    private long length;
    private boolean whole;
    private boolean over;
    private @Nullable Transaction transaction;
    private byte[] shown = NOTHING;
    private int shownLength;
    private final long[] gaps = new long[2 * GAPS_MAX];
    private int gapCount;

    /**
     * A frame that begins.
     *
     * @param type its name, a constant: {@code request}, {@code smb2.hdr}
     * @param number counted from 1 in its direction; EVE's {@code frame.id}
     * @param begin place of its first octet in the direction's stream, or in its datagram
     * @param length octets, or {@link #UNKNOWN}
     * @param inStream true when it is a piece of a stream
     */
    public ProtocolFrame(
            AppProtocol protocol,
            String type,
            Direction direction,
            long number,
            long begin,
            long length,
            boolean inStream) {
        this.protocol = protocol;
        this.type = type;
        this.direction = direction;
        this.number = number;
        this.begin = begin;
        this.length = length;
        this.inStream = inStream;
    }

    /** Whose framing it is. */
    public AppProtocol protocol() {
        return protocol;
    }

    /** Its name. */
    public String type() {
        return type;
    }

    /** Which way it goes. */
    public Direction direction() {
        return direction;
    }

    /** Place of its first octet. */
    public long begin() {
        return begin;
    }

    /** Octets, or {@link #UNKNOWN}. */
    public long length() {
        return length;
    }

    /** Its end is known now. */
    public void length(long octets) {
        length = octets;
    }

    /** To what it belongs; null when that is not known. */
    public @Nullable Transaction transaction() {
        return transaction;
    }

    /** Says to what it belongs. */
    public void transaction(@Nullable Transaction in) {
        transaction = in;
    }

    /** True when all of its octets have come, or will never come. */
    public boolean isOver() {
        return over;
    }

    /**
     * No more octets follow.
     *
     * @param complete true when it came to its own end
     */
    public void end(boolean complete) {
        over = true;
        whole = complete;
    }

    /** Keeps its first octets for events. */
    public void show(byte[] octets, int from, int to) {
        int count = Math.min(to - from, SHOWN_MAX - shownLength);
        if (count <= 0) {
            return;
        }
        if (shownLength + count > shown.length) {
            shown = Arrays.copyOf(shown, Math.min(SHOWN_MAX, Math.max(shownLength + count, 2 * shown.length)));
        }
        System.arraycopy(octets, from, shown, shownLength, count);
        shownLength += count;
    }

    /** Octets are missing behind those that came. */
    public void gap(long missing) {
        if (gapCount < GAPS_MAX && shownLength < SHOWN_MAX) {
            gaps[2 * gapCount] = shownLength;
            gaps[2 * gapCount + 1] = missing;
            gapCount++;
        }
    }

    /** Writes EVE's object {@code frame}. */
    public void writeTo(EveFields out) {
        out.object("frame");
        out.put("type", type);
        out.put("id", number);
        out.put("direction", direction.isToServer() ? "toserver" : "toclient");
        if (inStream) {
            out.put("stream_offset", begin);
        }
        if (length != UNKNOWN) {
            out.put("length", length);
        }
        out.put("complete", whole && length != UNKNOWN);
        Transaction in = transaction;
        if (in != null) {
            out.put("tx_id", in.number());
        }
        out.put("payload", Base64.getEncoder().encodeToString(Arrays.copyOf(shown, shownLength)));
        out.put("payload_printable", printable());
        out.end();
    }

    private String printable() {
        StringBuilder text = new StringBuilder(shownLength);
        int gap = 0;
        for (int i = 0; i <= shownLength; i++) {
            while (gap < gapCount && gaps[2 * gap] == i) {
                text.append('[').append(gaps[2 * gap + 1]).append(" bytes missing]");
                gap++;
            }
            if (i < shownLength) {
                byte octet = shown[i];
                boolean readable = octet >= ' ' && octet < 0x7f || octet == '\n' || octet == '\r';
                text.append(readable ? (char) octet : '.');
            }
        }
        return text.toString();
    }
}
