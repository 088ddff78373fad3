package jp.genkan.dataplane.stream;

/**
 * What is done about urgent data (RFC 9293 §3.8.5, RFC 6093) in inspected streams. Receivers differ in whether the urgent octet is part of what the
 * program reads; as long as the URG flag stands, an inspector cannot know.
 */
public enum UrgentPolicy {
    /** The URG flag and the pointer are cleared, so that the octet is an ordinary one for the receiver too. */
    CLEAR,
    /** The segment goes on as it is; its octets are inspected as ordinary ones. */
    PASS,
    /** The segment is dropped. */
    DROP
}
