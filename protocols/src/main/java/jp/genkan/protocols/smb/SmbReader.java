package jp.genkan.protocols.smb;

import jp.genkan.core.observation.Direction;
import jp.genkan.protocols.conversation.Frames;
import jp.genkan.protocols.conversation.OctetBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one direction into records of NetBIOS sessions (RFC 1002 §4.3.1) and those into messages. Octets of files go through as they come; everything
 * else of a message is kept until it is there. After a gap it goes on by the record's length, or at the next record's mark.
 */
final class SmbReader {
    /** Most octets of one message that are kept, octets of files not counted: a security blob with a Kerberos ticket fills most of it. What is longer is read without its end. */
    static final int MESSAGE_KEPT_MAX = 64 << 10;

    private static final int RECORD_HEADER_LENGTH = 4;
    private static final int MARK_LENGTH = 4;
    private static final int V1_HEADER_LENGTH = 33; // with the count of words
    private static final int COMPRESSED = 0xfc; // the lowest of four; 0xfe is version 2
    private static final int ENCRYPTED = 0xfd;
    private static final int VERSION_1 = 0xff;
    private static final int SESSION_MESSAGE = 0;
    private static final int SMB = 0x534d42;

    private enum Step {
        RECORD_HEADER,
        HEAD,
        DATA,
        REST,
        LOST
    }

    private final Direction direction;
    private final SmbSession session;
    private final Smb1Commands version1;
    private final Smb2Commands version2;
    private final OctetBuffer kept = new OctetBuffer(MESSAGE_KEPT_MAX);
    private final SmbView view = new SmbView();

    private Step step = Step.RECORD_HEADER;
    private int headerSeen;
    private long header;
    private long recordLeft; // of the record, behind what was taken
    private long messageLength; // 0 while it is not known
    private long messageTaken;
    private int need;
    private @Nullable SmbFile file;
    private long place;
    private long skip;
    private long dataLeft;
    private long origin; // place in the stream of index 0 of the octets at hand, where frames are asked for
    private long messagePlace;
    private long window; // the last eight octets, while the place in the stream is lost

    SmbReader(Direction direction, SmbSession session, Smb1Commands version1, Smb2Commands version2) {
        this.direction = direction;
        this.session = session;
        this.version1 = version1;
        this.version2 = version2;
    }

    void onOctets(byte[] octets, int from, int to) {
        int at = from;
        Frames frames = session.conversation().frames();
        origin = frames == null ? 0 : frames.origin() - from;
        while (at < to) {
            at = switch (step) {
                case RECORD_HEADER -> recordHeader(octets, at);
                case HEAD -> head(octets, at, to);
                case DATA -> data(octets, at, to);
                case REST -> rest(at, to);
                case LOST -> lost(octets, at, to);
            };
        }
    }

    private int recordHeader(byte[] octets, int at) {
        header = header << 8 | octets[at] & 0xff;
        if (++headerSeen == RECORD_HEADER_LENGTH) {
            SmbFrames.record(session.conversation().frames(), direction, origin + at + 1, (int) header & 0xff_ffff);
            beginRecord((int) header);
        }
        return at + 1;
    }

    private void beginRecord(int word) {
        int type = word >>> 24;
        headerSeen = 0;
        recordLeft = word & 0xff_ffff;
        // 0x81 to 0x85: the session service of NetBIOS, whose messages say nothing that is of interest
        if (type != SESSION_MESSAGE && (type < 0x81 || type > 0x85)) {
            session.conversation().anomaly(null, direction, "MALFORMED_DATA");
            step = Step.LOST;
            window = 0;
            return;
        }
        messageLength = recordLeft;
        messageTaken = 0;
        if (type != SESSION_MESSAGE) {
            step = Step.REST;
            endWhenTaken();
        } else {
            beginMessage();
        }
    }

    private void beginMessage() {
        kept.clear();
        messageLength = 0;
        messageTaken = 0;
        need = MARK_LENGTH;
        step = recordLeft == 0 ? Step.RECORD_HEADER : Step.HEAD;
    }

    private int head(byte[] octets, int from, int to) {
        if (kept.isEmpty()) {
            messagePlace = origin + from;
        }
        int count = (int) Math.min(Math.min(need - kept.length(), to - from), recordLeft);
        kept.append(octets, from, from + count);
        take(count);
        if (kept.length() == need) {
            enough();
        } else if (recordLeft == 0) {
            cutShort();
        }
        return from + count;
    }

    private void take(long count) {
        recordLeft -= count;
        messageTaken += count;
    }

    /** As much is there as was asked for: asks for more, or reads it. */
    private void enough() {
        view.wrap(kept.array(), kept.begin(), kept.end());
        int mark = view.u8(1) << 16 | view.u8(2) << 8 | view.u8(3);
        int first = view.u8(0);
        if (mark != SMB || first < COMPRESSED) {
            session.conversation().anomaly(null, direction, "MALFORMED_DATA");
            passOver();
        } else if (first == ENCRYPTED || first == COMPRESSED) {
            version2.unreadable(first == ENCRYPTED);
            if (first == ENCRYPTED) {
                tellFrames(SmbFrames.Version.SMB3, messageTaken + recordLeft);
            }
            passOver();
        } else {
            int wanted = first == VERSION_1 ? wantedOf1() : wantedOf2();
            int most = (int) Math.min(messageLength, MESSAGE_KEPT_MAX);
            wanted = messageLength == 0 ? wanted : Math.min(wanted, most);
            if (wanted > need) {
                need = wanted;
            } else {
                read(first == VERSION_1);
            }
        }
    }

    private void tellFrames(SmbFrames.Version version, long length) {
        SmbFrames.message(session.conversation().frames(), direction, version, messagePlace, length);
    }

    private void passOver() {
        kept.clear();
        messageLength = messageTaken + recordLeft;
        step = Step.REST;
        endWhenTaken();
    }

    private int wantedOf2() {
        if (need < Smb2Commands.HEADER_LENGTH) {
            return Smb2Commands.HEADER_LENGTH;
        }
        if (messageLength == 0) {
            long whole = messageTaken + recordLeft;
            long next = view.u32(Smb2Commands.NEXT_AT);
            messageLength = next >= Smb2Commands.HEADER_LENGTH && next < whole ? next : whole;
            tellFrames(SmbFrames.Version.SMB2, messageLength);
        }
        int command = view.u16(Smb2Commands.COMMAND_AT);
        boolean isResponse = (view.u32(Smb2Commands.FLAGS_AT) & Smb2Commands.RESPONSE) != 0;
        if (command == SmbNames.WRITE && !isResponse) {
            return Smb2Commands.WRITE_LENGTH;
        }
        if (command == SmbNames.READ && isResponse) {
            return Smb2Commands.READ_ANSWER_LENGTH;
        }
        return MESSAGE_KEPT_MAX;
    }

    private int wantedOf1() {
        if (need < V1_HEADER_LENGTH) {
            return V1_HEADER_LENGTH;
        }
        if (messageLength == 0) {
            messageLength = messageTaken + recordLeft;
            tellFrames(SmbFrames.Version.SMB1, messageLength);
        }
        int words = V1_HEADER_LENGTH + 2 * view.u8(V1_HEADER_LENGTH - 1) + 2;
        if (need < words) {
            return words;
        }
        return Smb1Commands.isOnlyData(view) ? need : MESSAGE_KEPT_MAX;
    }

    private void read(boolean isVersion1) {
        session.dataFile = null;
        session.dataLength = 0;
        if (isVersion1) {
            version1.message(direction, view, messageLength);
        } else {
            version2.message(direction, view);
        }
        file = session.dataFile;
        place = session.dataPlace;
        long keptLength = messageTaken;
        long first = session.dataStart;
        long length = Math.clamp(session.dataLength, 0, Math.max(0, messageLength - first));
        if (file != null && length < session.dataLength) {
            session.conversation().anomaly(null, direction, "MALFORMED_DATA");
        }
        if (file != null && first < keptLength && length > 0) {
            long count = Math.min(keptLength - first, length);
            int from = view.index((int) first);
            deliver(view.array(), from, (int) (from + count));
            length -= count;
            first = keptLength;
        }
        skip = file == null ? 0 : Math.max(0, first - keptLength);
        dataLeft = file == null ? 0 : length;
        kept.clear();
        step = dataLeft > 0 ? Step.DATA : Step.REST;
        endWhenTaken();
    }

    private void deliver(byte[] octets, int from, int to) {
        if (file != null) {
            file.octets(direction, place, octets, from, to);
        }
        place += to - from;
    }

    private int data(byte[] octets, int from, int to) {
        if (skip > 0) {
            int count = (int) Math.min(skip, to - from);
            skip -= count;
            take(count);
            return from + count;
        }
        int count = (int) Math.min(dataLeft, to - from);
        take(count);
        dataLeft -= count;
        deliver(octets, from, from + count);
        if (dataLeft == 0) {
            step = Step.REST;
            endWhenTaken();
        }
        return from + count;
    }

    private int rest(int from, int to) {
        int count = (int) Math.min(messageLength - messageTaken, to - from);
        take(count);
        endWhenTaken();
        return from + count;
    }

    private void endWhenTaken() {
        if (step == Step.REST && messageTaken >= messageLength) {
            file = null;
            beginMessage();
        }
    }

    private void cutShort() {
        session.conversation().anomaly(null, direction, "MALFORMED_DATA");
        kept.clear();
        step = Step.RECORD_HEADER;
    }

    /** Looks for the next record: its header, and a mark of SMB. */
    private int lost(byte[] octets, int from, int to) {
        for (int at = from; at < to; at++) {
            window = window << 8 | octets[at] & 0xff;
            if (window >>> 56 == 0
                    && (window & 0xff_ffff) == SMB
                    && (window >>> 24 & 0xff) >= COMPRESSED
                    && (int) (window >>> 32) >= MARK_LENGTH) {
                beginRecord((int) (window >>> 32));
                byte[] mark = {(byte) (window >>> 24), 'S', 'M', 'B'};
                head(mark, 0, MARK_LENGTH);
                messagePlace = origin + at + 1 - MARK_LENGTH;
                return at + 1;
            }
        }
        return to;
    }

    /** Octets are missing. */
    void onGap(long missing) {
        long left = missing;
        while (left > 0 && step != Step.LOST) {
            if (step == Step.RECORD_HEADER) {
                lose();
            } else if (step == Step.HEAD) {
                // the message is not read; what it is part of ends where the record says
                kept.clear();
                messageLength = messageTaken + recordLeft;
                step = Step.REST;
            } else {
                long count =
                        Math.min(left, step == Step.REST ? messageLength - messageTaken : skip > 0 ? skip : dataLeft);
                pass(count);
                left -= count;
            }
        }
    }

    private void pass(long count) {
        take(count);
        if (step == Step.DATA && skip > 0) {
            skip -= count;
        } else if (step == Step.DATA) {
            dataLeft -= count;
            place += count;
            if (file != null) {
                file.gap(direction, count);
            }
            if (dataLeft == 0) {
                step = Step.REST;
            }
        }
        endWhenTaken();
    }

    private void lose() {
        step = Step.LOST;
        headerSeen = 0;
        window = -1;
    }
}
