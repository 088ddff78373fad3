package jp.genkan.ips.engine;

import java.util.EnumSet;
import java.util.Set;
import jp.genkan.ips.classification.References;
import org.jspecify.annotations.Nullable;

/**
 * What alerts say beside what every one says.
 *
 * @param parts which parts
 * @param payloadBytesMax octets of a payload that are written
 * @param references where the systems are that rules refer to
 * @param forwarded what is done with the address for which a proxy speaks; null for nothing
 */
public record AlertOptions(
        Set<Part> parts,
        int payloadBytesMax,
        References references,
        @Nullable ForwardedFor forwarded) {
    /** Suricata's default: enough to read an attack, little enough to keep events short. */
    public static final int PAYLOAD_BYTES = 4096;

    /** Most octets of a payload: as base64 they still fit into an event. */
    public static final int PAYLOAD_BYTES_MAX = 131_072;

    /** Suricata's defaults. */
    public static final AlertOptions DEFAULT = new AlertOptions(
            EnumSet.of(Part.APPLICATION, Part.FLOW, Part.RULE_METADATA, Part.VARIABLES),
            PAYLOAD_BYTES,
            References.stock(),
            null);

    public AlertOptions {
        parts = Set.copyOf(parts);
        if (payloadBytesMax < 0 || payloadBytesMax > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "payload of " + payloadBytesMax + " octets is not 0 to " + PAYLOAD_BYTES_MAX);
        }
    }

    /** A part of an alert. */
    public enum Part {
        /** The transaction: {@code http}, {@code dns}. */
        APPLICATION,
        /** Counts and ends of the flow. */
        FLOW,
        /** What the rule's {@code metadata} says. */
        RULE_METADATA,
        /** The rule as it is written. */
        RULE_TEXT,
        /** Where to read more about it. */
        REFERENCES,
        /** What rules have noted about the flow; in the flow's event too. */
        VARIABLES,
        /** The payload in base64. */
        PAYLOAD,
        /** The payload with dots for what cannot be printed. */
        PAYLOAD_PRINTABLE,
        /** How long the payload was. */
        PAYLOAD_LENGTH,
        /** The frame in base64. */
        PACKET,
        /** What became of the packet in the end. */
        VERDICT,
        /** The transaction that is open in the flow, where the rule did not look at one and there is one only. */
        GUESSED_TRANSACTION,
        /** Events of their own for packets that {@code tag} asks for. */
        TAGGED_PACKETS
    }

    /** True when the part is written. */
    boolean has(Part part) {
        return parts.contains(part);
    }
}
