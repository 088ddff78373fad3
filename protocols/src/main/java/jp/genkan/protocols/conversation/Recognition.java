package jp.genkan.protocols.conversation;

/** What a protocol says to the first octets of a flow. */
public enum Recognition {
    /** Not this protocol, whatever follows. */
    NO,
    /** It may be; more octets are needed. */
    MORE,
    /** It is this protocol. */
    YES
}
