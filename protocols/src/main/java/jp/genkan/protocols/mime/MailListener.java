package jp.genkan.protocols.mime;

/** Hears what a mail holds, in the order in which it stands there. Calls nest: parts that are inside a part begin and end while it is open. */
public interface MailListener {
    /** A part's header has been read; its body follows. The first one is the mail itself. */
    void partBegins(MailPart part);

    /**
     * Octets of a part's body, decoded from {@link MailPart#coding()}. The encoded octets that they were made of end at or before {@link
     * MailParser#position()}.
     */
    void partOctets(MailPart part, byte[] octets, int from, int to);

    /** Octets of a part's body are missing; how many is an estimate where it is encoded. */
    void partGap(MailPart part, long missing);

    /** A part's body is over; {@link MailPart#bodyEnd()} is known, and {@link MailPart#isWhole()}. */
    void partEnds(MailPart part);

    /** Something breaks the rules; a name out of {@link MailAnomaly}, each told once a mail. */
    void anomaly(MailAnomaly anomaly);
}
