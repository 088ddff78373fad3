package jp.genkan.ips.keyword.packet;

import jp.genkan.core.decode.TcpOptions;
import jp.genkan.core.frame.Packet;

/** Numbers in the options of a TCP header, read without keeping anything. */
final class TcpOptionFields {
    private static final int HEADER_LENGTH = 20;
    private static final int SEGMENT_SIZE_LENGTH = 4;
    private static final int WINDOW_SCALE_LENGTH = 3;

    private TcpOptionFields() {}

    static long maximumSegmentSize(Packet packet) {
        long at = find(packet, TcpOptions.MAXIMUM_SEGMENT_SIZE, SEGMENT_SIZE_LENGTH);
        return at < 0 ? PacketNumber.NONE : packet.u16(at + 2);
    }

    static long windowScale(Packet packet) {
        long at = find(packet, TcpOptions.WINDOW_SCALE, WINDOW_SCALE_LENGTH);
        return at < 0 ? PacketNumber.NONE : packet.u8(at + 2);
    }

    /** Where an option of this kind and length starts, or -1. */
    private static long find(Packet packet, int kind, int wantedLength) {
        long at = packet.transportOffset + HEADER_LENGTH;
        long end = packet.transportOffset + packet.tcpHeaderLength;
        while (at < end) {
            int here = packet.u8(at);
            int length = here == TcpOptions.NOP ? 1 : here != TcpOptions.END && end - at >= 2 ? packet.u8(at + 1) : 0;
            if (here != TcpOptions.NOP && (length < 2 || length > end - at)) {
                return -1;
            }
            if (here == kind && length == wantedLength) {
                return at;
            }
            at += length;
        }
        return -1;
    }
}
