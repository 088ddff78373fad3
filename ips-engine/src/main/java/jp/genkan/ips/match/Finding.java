package jp.genkan.ips.match;

/**
 * Something that a rule has found out while it was tried, and that counts once it has matched: a captured text, a measured number.
 *
 * @param name of the variable, or of the buffer that was measured
 * @param text what was captured; empty for a number
 * @param number what was measured; 0 for a text
 */
public record Finding(Kind kind, String name, String text, double number) {
    /** Where it is kept and told. */
    public enum Kind {
        /** A text that the flow remembers. */
        FLOW_TEXT,
        /** A text that the rule's event tells. */
        PACKET_TEXT,
        /** Entropy in bits an octet, told by the rule's event. */
        ENTROPY
    }

    /** A captured text. */
    public static Finding text(Kind kind, String name, String text) {
        return new Finding(kind, name, text, 0);
    }

    /** The entropy of a buffer. */
    public static Finding entropy(String buffer, double bits) {
        return new Finding(Kind.ENTROPY, buffer, "", bits);
    }
}
