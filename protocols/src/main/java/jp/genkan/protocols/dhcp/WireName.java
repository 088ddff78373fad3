package jp.genkan.protocols.dhcp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** A domain name in DNS's form without compression, perhaps without its end (RFC 4702 §2.3.1, RFC 4704 §4.2). */
final class WireName {
    private static final int LABEL_MAX = 63;

    private WireName() {}

    /** The name with dots; empty when it is malformed. */
    static String read(MemorySegment segment, long offset, int length) {
        StringBuilder name = new StringBuilder();
        int at = 0;
        while (at < length) {
            int label = segment.get(ValueLayout.JAVA_BYTE, offset + at) & 0xff;
            if (label == 0) {
                break;
            }
            if (label > LABEL_MAX || at + 1 + label > length) {
                return "";
            }
            byte[] octets = new byte[label];
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset + at + 1, octets, 0, label);
            name.append(name.isEmpty() ? "" : ".").append(new String(octets, StandardCharsets.UTF_8));
            at += 1 + label;
        }
        return name.toString();
    }
}
