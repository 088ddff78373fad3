package jp.genkan.protocols.conversation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.ProtocolFrame;
import jp.genkan.core.observation.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Notes the frames that a parser tells, with the octets that stand at their places.
 *
 * <p>Thread rule: one test.
 */
public final class RecordingFrames implements Frames {
    private final List<ProtocolFrame> told = new ArrayList<>();
    private final ByteArrayOutputStream toServer = new ByteArrayOutputStream();
    private final ByteArrayOutputStream toClient = new ByteArrayOutputStream();
    private long origin;

    /** Plays a dialogue as {@link RecordingConversation#play} does, in pieces of so many octets, and lists the frames: type, and octets in Latin-1. */
    public static List<String> play(StreamParser parser, int pieceLength, String... lines) {
        RecordingConversation conversation = new RecordingConversation();
        RecordingFrames frames = new RecordingFrames();
        conversation.frames = frames;
        for (String line : lines) {
            Direction direction = line.startsWith("C: ") ? Direction.TO_SERVER : Direction.TO_CLIENT;
            byte[] octets = line.substring(3).getBytes(StandardCharsets.ISO_8859_1);
            for (int at = 0; at < octets.length && !conversation.handedOver; at += pieceLength) {
                byte[] piece = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + pieceLength));
                frames.octets(direction, piece);
                parser.onOctets(direction, piece, 0, piece.length, conversation);
            }
        }
        parser.onFlowEnd(conversation);
        return frames.list();
    }

    /** Octets that the parser is about to be given. */
    public void octets(Direction direction, byte[] octets) {
        origin = stream(direction).size();
        stream(direction).writeBytes(octets);
    }

    private ByteArrayOutputStream stream(Direction direction) {
        return direction.isToServer() ? toServer : toClient;
    }

    /** Type and octets of each. */
    public List<String> list() {
        return told.stream()
                .map(frame -> frame.type() + " " + text(frame))
                .sorted()
                .toList();
    }

    private String text(ProtocolFrame frame) {
        byte[] all = stream(frame.direction()).toByteArray();
        long end = frame.length() == ProtocolFrame.UNKNOWN ? all.length : frame.begin() + frame.length();
        int from = (int) Math.min(frame.begin(), all.length);
        return new String(Arrays.copyOfRange(all, from, (int) Math.min(end, all.length)), StandardCharsets.ISO_8859_1);
    }

    @Override
    public long origin() {
        return origin;
    }

    @Override
    public ProtocolFrame tell(
            Direction direction, String type, long begin, long length, @Nullable Transaction transaction) {
        ProtocolFrame frame =
                new ProtocolFrame(AppProtocol.HTTP1, type, direction, told.size() + 1, begin, length, true);
        told.add(frame);
        return frame;
    }

    @Override
    public void end(ProtocolFrame frame, long behind) {
        frame.length(behind - frame.begin());
    }
}
