package jp.genkan.ips.engine;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Base64;
import jp.genkan.core.decode.LinkType;
import jp.genkan.core.event.EveFields;
import jp.genkan.core.frame.Packet;
import org.jspecify.annotations.Nullable;

/** The octets of an alert: what was looked at, and the frame. Thread rule: stateless. */
final class PayloadFields {
    /** Most octets of a frame that are written: the largest IP packet and what may stand before it, super-frames apart. */
    private static final int FRAME_OCTETS_MAX = 65_535 + 256;

    private PayloadFields() {}

    /**
     * Writes the payload.
     *
     * @param stream octets of the stream up to here; null when the packet alone was looked at
     */
    static void writePayload(AlertOptions options, Packet packet, @Nullable OctetWindow stream, EveFields out) {
        byte[] octets = stream == null || stream.length() == 0
                ? octets(packet, packet.payloadOffset, packet.payloadLength, options.payloadBytesMax())
                : Arrays.copyOf(stream.octets(), Math.min(stream.length(), options.payloadBytesMax()));
        if (octets.length == 0) {
            return;
        }
        if (options.has(AlertOptions.Part.PAYLOAD)) {
            out.put("payload", Base64.getEncoder().encodeToString(octets));
        }
        if (options.has(AlertOptions.Part.PAYLOAD_PRINTABLE)) {
            out.put("payload_printable", printable(octets));
        }
        if (options.has(AlertOptions.Part.PAYLOAD_LENGTH)) {
            out.put("payload_length", octets.length);
        }
    }

    /** Writes the frame. */
    static void writePacket(Packet packet, EveFields out) {
        if (packet.frameLength == 0) {
            return;
        }
        byte[] octets = octets(packet, packet.frameOffset, packet.frameLength, FRAME_OCTETS_MAX);
        out.put("packet", Base64.getEncoder().encodeToString(octets));
        out.object("packet_info");
        // what is inside of a tunnel is told as Suricata tells it: as if it came without a link layer
        int number = packet.depth > 0 ? Packet.RAW_IP : packet.linkNumber;
        out.put("linktype", number);
        LinkType link = LinkType.ofPcap(number);
        if (link != null) {
            out.put("linktype_name", link.eveName());
        }
        out.end();
    }

    private static byte[] octets(Packet packet, long offset, int length, int most) {
        int count = offset == Packet.NONE ? 0 : Math.min(length, most);
        byte[] octets = new byte[count];
        if (count > 0) {
            MemorySegment.copy(packet.segment(), ValueLayout.JAVA_BYTE, offset, octets, 0, count);
        }
        return octets;
    }

    private static String printable(byte[] octets) {
        StringBuilder text = new StringBuilder(octets.length);
        for (byte octet : octets) {
            boolean shown = octet >= ' ' && octet < 0x7f || octet == '\n' || octet == '\r';
            text.append(shown ? (char) octet : '.');
        }
        return text.toString();
    }
}
