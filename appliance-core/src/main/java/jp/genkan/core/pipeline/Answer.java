package jp.genkan.core.pipeline;

/**
 * What a flow's client gets in its server's name, instead of what the server would say: a page, an alert, a resolver's answer.
 *
 * <p>Thread rule: immutable; whoever makes it does not write to the octets afterwards.
 *
 * @param octets for TCP what the stream goes on with, until the connection ends; for UDP one datagram
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and not copied: it goes to the wire at once
public record Answer(byte[] octets) {
    /** Longest answer: a page of 4 KiB with its header, twice over. */
    public static final int OCTETS_MAX = 8_192;

    public Answer {
        if (octets.length == 0 || octets.length > OCTETS_MAX) {
            throw new IllegalArgumentException("an answer has 1 to 8,192 octets, not " + octets.length);
        }
    }
}
