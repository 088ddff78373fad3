package jp.genkan.core.capture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes pcapng blocks for tests. */
final class PcapngFile {
    private final ByteOrder order;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();

    PcapngFile(ByteOrder order) {
        this.order = order;
    }

    ByteBuffer body(int length) {
        return ByteBuffer.allocate(length).order(order);
    }

    PcapngFile section() {
        return block(
                PcapngFormat.SECTION,
                body(16).putInt(0x1a2b3c4d)
                        .putShort((short) 1)
                        .putShort((short) 0)
                        .putLong(-1));
    }

    PcapngFile describeInterface(int link, int snapLength, ByteBuffer... options) {
        int length = 8;
        for (ByteBuffer option : options) {
            length += option.capacity();
        }
        ByteBuffer body =
                body(length).putShort((short) link).putShort((short) 0).putInt(snapLength);
        for (ByteBuffer option : options) {
            body.put(option.rewind());
        }
        return block(1, body);
    }

    ByteBuffer resolution(int value) {
        return body(8).putShort((short) 9).putShort((short) 1).put((byte) value);
    }

    ByteBuffer offsetSeconds(long seconds) {
        return body(12).putShort((short) 14).putShort((short) 8).putLong(seconds);
    }

    PcapngFile enhanced(int from, long ticks, byte[] frame, int length) {
        ByteBuffer body = body(20 + (frame.length + 3 & ~3)).putInt(from);
        body.putInt((int) (ticks >>> 32))
                .putInt((int) ticks)
                .putInt(frame.length)
                .putInt(length);
        return block(6, body.put(frame));
    }

    PcapngFile old(int from, long ticks, byte[] frame, int length) {
        ByteBuffer body =
                body(20 + (frame.length + 3 & ~3)).putShort((short) from).putShort((short) 7);
        body.putInt((int) (ticks >>> 32))
                .putInt((int) ticks)
                .putInt(frame.length)
                .putInt(length);
        return block(2, body.put(frame));
    }

    PcapngFile simple(byte[] frame, int length) {
        return block(3, body(4 + (frame.length + 3 & ~3)).putInt(length).put(frame));
    }

    PcapngFile block(int type, ByteBuffer body) {
        int length = body.capacity() + 12;
        ByteBuffer block =
                body(length).putInt(type).putInt(length).put(body.rewind()).putInt(length);
        byte[] octets = new byte[length];
        block.get(0, octets);
        file.writeBytes(octets);
        return this;
    }

    byte[] bytes() {
        return file.toByteArray();
    }
}
