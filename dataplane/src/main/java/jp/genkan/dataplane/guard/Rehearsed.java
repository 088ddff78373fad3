package jp.genkan.dataplane.guard;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.HexFormat;
import jp.genkan.core.decode.FrameDecoder;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.frame.Packet;
import jp.genkan.dataplane.reject.SegmentWriter;

/** The memory of an engine that never was, with one direction that is owed: what a guard rehearses with. Thread rule: stateless. */
final class Rehearsed {
    /** Octets of each of its RSTs. */
    static final int LENGTH = 54;

    /** Ethernet, IPv4 192.0.2.1:1 → 192.0.2.2:2 (RFC 5737), TCP ACK. */
    private static final String SEGMENT = "020000000002" + "020000000001" + "0800"
            + "450000280000400040060000" + "c0000201" + "c0000202"
            + "00010002" + "00000001" + "00000001" + "50100000" + "00000000";

    private Rehearsed() {}

    static MemorySegment memory(FrameDecoder decoder, SegmentWriter writer) {
        MemorySegment memory = Arena.ofAuto().allocate(SlotLayout.length(1), Long.BYTES);
        memory.set(JAVA_INT, 0, SlotLayout.MAGIC);
        memory.set(JAVA_INT, SlotLayout.SLOTS, 1);
        memory.set(JAVA_INT, SlotLayout.PORTS, 2);
        byte[] octets = HexFormat.of().parseHex(SEGMENT);
        MemorySegment segment = Arena.ofAuto().allocate(octets.length);
        MemorySegment.copy(octets, 0, segment, ValueLayout.JAVA_BYTE, 0, octets.length);
        Packet like = new Packet().wrap(segment, 0, octets.length);
        decoder.decode(like, LinkType.ETHERNET);
        like.ingressPort = 0;
        GuardSlots slots = new GuardSlots(memory, 0, 1);
        int slot = slots.take(like, writer);
        slots.numbers(slot, 1, 2, 3, 4, 5);
        slots.publish(slot);
        return memory;
    }
}
