package jp.genkan.ips.keyword.packet;

import java.util.Locale;
import java.util.Map;
import jp.genkan.core.frame.IpProtocol;
import jp.genkan.core.frame.Packet;
import jp.genkan.ips.keyword.number.NumberTest;
import jp.genkan.ips.match.BufferSink;
import jp.genkan.ips.rule.RuleException;
import jp.genkan.ips.rule.RuleOption;
import jp.genkan.ips.signature.Keyword;
import jp.genkan.ips.signature.Signature;
import jp.genkan.ips.signature.SignatureBuilder;

/** The chunks of an SCTP packet (RFC 9260 §3). */
final class SctpChunks {
    /** Most chunks of a packet that are looked at: a packet of 1,500 octets that bundles the smallest ones has more, an honest one never. */
    static final int CHUNKS_MAX = 64;

    private static final int COMMON_HEADER = 12;
    private static final int CHUNK_HEADER = 4;
    private static final int DATA = 0;
    private static final int DATA_HEADER = 16;
    private static final int TAG = 4;
    private static final long TYPE_MAX = 255;

    private static final Map<String, Long> TYPES = Map.ofEntries(
            Map.entry("data", 0L),
            Map.entry("init", 1L),
            Map.entry("init_ack", 2L),
            Map.entry("sack", 3L),
            Map.entry("heartbeat", 4L),
            Map.entry("heartbeat_ack", 5L),
            Map.entry("abort", 6L),
            Map.entry("shutdown", 7L),
            Map.entry("shutdown_ack", 8L),
            Map.entry("error", 9L),
            Map.entry("cookie_echo", 10L),
            Map.entry("cookie_ack", 11L),
            Map.entry("ecne", 12L),
            Map.entry("cwr", 13L),
            Map.entry("shutdown_complete", 14L),
            Map.entry("auth", 15L),
            Map.entry("i_data", 64L),
            Map.entry("asconf_ack", 128L),
            Map.entry("re_config", 130L),
            Map.entry("pad", 132L),
            Map.entry("forward_tsn", 192L),
            Map.entry("asconf", 193L),
            Map.entry("i_forward_tsn", 194L));

    private SctpChunks() {}

    static long verificationTag(Packet packet) {
        return is(packet) ? packet.u32(packet.transportOffset + TAG) & 0xffff_ffffL : PacketNumber.NONE;
    }

    static long count(Packet packet) {
        if (!is(packet)) {
            return PacketNumber.NONE;
        }
        int count = 0;
        for (long at = first(packet); isChunk(packet, at) && count < CHUNKS_MAX; at = next(packet, at)) {
            count++;
        }
        return count;
    }

    /** Adds what each DATA chunk carries. */
    static void data(Packet packet, BufferSink out) {
        if (!is(packet)) {
            return;
        }
        int count = 0;
        for (long at = first(packet); isChunk(packet, at) && count < CHUNKS_MAX; at = next(packet, at)) {
            int length = (int) Math.min(packet.u16(at + 2), end(packet) - at);
            if (packet.u8(at) == DATA && length > DATA_HEADER) {
                out.add(HeaderBuffers.octets(packet, at + DATA_HEADER, length - DATA_HEADER));
            }
            count++;
        }
    }

    /** {@code sctp.chunk_type}: one chunk of the packet at least is of this type. */
    static final class TypeKeyword implements Keyword {
        @Override
        public void compile(RuleOption option, SignatureBuilder rule) throws RuleException {
            String text = option.unquoted().strip().toLowerCase(Locale.ROOT);
            NumberTest test = NumberTest.parse(text, TYPES, option);
            if (Long.compareUnsigned(test.first(), TYPE_MAX) > 0 || Long.compareUnsigned(test.second(), TYPE_MAX) > 0) {
                throw option.badValue("chunk types are at most " + TYPE_MAX);
            }
            rule.trait(Signature.Trait.NEEDS_PACKET);
            rule.condition(moment -> hasType(moment.packet(), test));
        }

        private static boolean hasType(Packet packet, NumberTest test) {
            if (!is(packet)) {
                return false;
            }
            int count = 0;
            for (long at = first(packet); isChunk(packet, at) && count < CHUNKS_MAX; at = next(packet, at)) {
                if (test.test(packet.u8(at))) {
                    return true;
                }
                count++;
            }
            return false;
        }
    }

    private static boolean is(Packet packet) {
        return PacketKeywords.isOver(packet, IpProtocol.SCTP);
    }

    private static long first(Packet packet) {
        return packet.transportOffset + COMMON_HEADER;
    }

    private static long end(Packet packet) {
        return packet.ipOffset + packet.ipLength;
    }

    private static boolean isChunk(Packet packet, long at) {
        return end(packet) - at >= CHUNK_HEADER && packet.u16(at + 2) >= CHUNK_HEADER;
    }

    /** Chunks are padded to a multiple of four octets. */
    private static long next(Packet packet, long at) {
        return at + (packet.u16(at + 2) + 3 & -4);
    }
}
