package jp.genkan.core.capture;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/** One of the two file formats, being read: a position in the file, and what the last frame said. */
abstract sealed class CaptureFormat permits ClassicFormat, PcapngFormat {
    /**
     * Longest frame that is believed. Far above any frame (65,549 octets) and any super-frame, and small enough that one torn length
     * cannot make everything behind it one frame.
     */
    static final int FRAME_MAX = 1 << 26;

    static final long NANOS_A_SECOND = 1_000_000_000L;

    final MemorySegment file;
    final long size;

    /** Where the next record starts. */
    long position;
    /** Frames handed out. */
    long frames;
    /** Link-layer header type of the last frame. */
    int linkNumber;
    /** Why the reading ended early or left something out; the first reason counts. */
    @Nullable
    String problem;

    private boolean littleEndian;

    CaptureFormat(MemorySegment file) {
        this.file = file;
        this.size = file.byteSize();
    }

    /** Puts the packet over the next frame; false at the end. */
    abstract boolean next(Packet packet);

    /** True when time stamps are finer than a microsecond. */
    abstract boolean isNanosecond();

    final void order(ByteOrder order) {
        littleEndian = order == ByteOrder.LITTLE_ENDIAN;
    }

    final boolean isLittleEndian() {
        return littleEndian;
    }

    final int u16(long at) {
        short bits = file.get(Packet.U16, at);
        return (littleEndian ? Short.reverseBytes(bits) : bits) & 0xffff;
    }

    final int i32(long at) {
        int bits = file.get(Packet.U32, at);
        return littleEndian ? Integer.reverseBytes(bits) : bits;
    }

    final long u32(long at) {
        return i32(at) & 0xffff_ffffL;
    }

    final int u8(long at) {
        return file.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }

    /** Remembers the first problem. */
    final void problem(long at, String what) {
        if (problem == null) {
            problem = "octet " + at + ": " + what + " (after " + frames + " whole frames)";
        }
    }

    /** Puts the packet over a frame that is here whole. */
    final void found(Packet packet, long at, int captured, long length, long epochNanos) {
        packet.wrap(file, at, captured);
        packet.wireLength = (int) Math.min(Math.max(length, captured), Integer.MAX_VALUE);
        packet.epochNanos = epochNanos;
        packet.captureNumber = ++frames;
    }
}
