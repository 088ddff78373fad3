package jp.genkan.av.stage;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import jp.genkan.av.stage.FlowFiles.OpenFile;
import jp.genkan.core.frame.Packet;
import jp.genkan.core.observation.Direction;
import jp.genkan.core.observation.Progress;
import jp.genkan.core.observation.TransferredFile;
import jp.genkan.core.pipeline.Flow;
import jp.genkan.protocols.http.HttpTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Answers of HTTP that a parser finds odd, or whose head it cannot read so far: they may be something else for their receiver, and are gathered as they come.
 *
 * <p>Thread rule: one worker.
 */
final class OddAnswers {
    private final FileMemory memory;
    private final int octetsMax;
    private final byte[] piece;

    OddAnswers(FileMemory memory, int octetsMax) {
        this.memory = memory;
        this.octetsMax = octetsMax;
        this.piece = new byte[octetsMax];
    }

    /** A direction of a transaction was read further. */
    void read(FlowFiles files, HttpTransaction http, Direction direction) {
        if (direction.isToServer()) {
            if (files.asked != http) {
                files.asked = http;
                files.answered = false;
                files.isOdd = false;
                files.forgetOdd();
            }
        } else if (!files.answered && http.progress(direction).compareTo(Progress.HEADERS) >= 0) {
            files.answered = true;
            if (!files.isOdd) {
                files.forgetOdd();
            }
        }
    }

    /** Adds a packet to an odd answer; what there is of it, or null when it is none. */
    @Nullable
    OpenFile gather(FlowFiles files, Packet packet, Flow flow) {
        HttpTransaction asked = files.asked;
        if (asked == null || flow.toServer() || packet.payloadLength == 0 || files.answered && !files.isOdd) {
            return null;
        }
        OpenFile odd = files.odd;
        if (odd == null) {
            odd = new OpenFile(new TransferredFile(asked, Direction.TO_CLIENT, 0, null), memory.lease());
            odd.isResponse = true;
            files.odd = odd;
        }
        int length = Math.min(packet.payloadLength, piece.length);
        MemorySegment.copy(packet.segment(), ValueLayout.JAVA_BYTE, packet.payloadOffset, piece, 0, length);
        odd.memory.add(piece, 0, length, octetsMax);
        return odd;
    }
}
