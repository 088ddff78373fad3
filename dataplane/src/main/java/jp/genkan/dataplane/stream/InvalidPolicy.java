package jp.genkan.dataplane.stream;

/** What is done inline about segments that their receiver should ignore: out of the window, with a wrong acknowledgment, an inexact RST. */
public enum InvalidPolicy {
    /** They are dropped, so that receivers that would not ignore them do not see them either. */
    DROP,
    /** They go on; their octets are no part of the stream that is inspected. */
    FORWARD
}
