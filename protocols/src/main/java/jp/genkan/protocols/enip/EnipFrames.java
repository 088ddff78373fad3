package jp.genkan.protocols.enip;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import jp.genkan.protocols.conversation.FieldReader;
import jp.genkan.protocols.conversation.Frames;
import org.jspecify.annotations.Nullable;

/** The pieces of the message at hand that rules may look at by name. Thread rule: one direction of one flow. */
final class EnipFrames {
    private final List<ProtocolFrame> open = new ArrayList<>(0);
    private Direction direction = Direction.TO_SERVER;
    private long place;

    /**
     * The header of a message is there.
     *
     * @param behind place behind it
     * @param data how much follows
     */
    void begin(Frames frames, Direction way, long behind, int data) {
        direction = way;
        place = behind - EnipMessage.HEADER_LENGTH;
        open.add(frames.tell(way, "pdu", place, (long) EnipMessage.HEADER_LENGTH + data, null));
        open.add(frames.tell(way, "hdr", place, EnipMessage.HEADER_LENGTH, null));
        if (data > 0) {
            open.add(frames.tell(way, "data", behind, data, null));
        }
    }

    /** The message is there as a whole: its items are found, and all of them belong to its transaction. */
    void end(@Nullable Frames frames, byte[] octets, int from, int to, Transaction in) {
        open.forEach(frame -> frame.transaction(in));
        open.clear();
        if (frames == null) {
            return;
        }
        FieldReader reader = new FieldReader(octets, from, to, ByteOrder.LITTLE_ENDIAN);
        int at = EnipMessage.items(reader.u16());
        reader.skip(Math.max(0, at - 2));
        int count = at == 0 || reader.remaining() < 2 ? 0 : reader.u16();
        at += 2;
        for (int i = 0; i < Math.min(count, EnipMessage.ITEMS_MAX) && reader.remaining() >= 4; i++) {
            int type = reader.u16();
            int length = Math.min(reader.u16(), reader.remaining());
            frames.tell(direction, "enip.item", place + at, 4L + length, in);
            int before = EnipMessage.beforeCip(type);
            if (before >= 0 && length > before) {
                int first = from + at + 4 + before;
                cip(frames, octets, from, first, first + length - before, in, true);
            }
            reader.skip(length);
            at += 4 + length;
        }
    }

    /** A message of CIP, and those inside of one that packs several. */
    private void cip(Frames frames, byte[] octets, int from, int first, int behind, Transaction in, boolean mayPack) {
        frames.tell(direction, "cip", place + first - from, behind - first, in);
        int list = mayPack ? CipMessage.packed(octets, first, behind) : behind;
        FieldReader reader = new FieldReader(octets, list, behind, ByteOrder.LITTLE_ENDIAN);
        int count = reader.remaining() < 2 ? 0 : Math.min(reader.u16(), CipMessage.INNER_MAX);
        int begin = count > 0 && reader.remaining() >= 2 ? list + reader.u16() : behind;
        for (int i = 1; i <= count && begin < behind; i++) {
            int next = i < count && reader.remaining() >= 2 ? list + reader.u16() : behind;
            int end = Math.clamp(next, begin, behind);
            if (end > begin) {
                cip(frames, octets, from, begin, end, in, false);
            }
            begin = end;
        }
    }
}
