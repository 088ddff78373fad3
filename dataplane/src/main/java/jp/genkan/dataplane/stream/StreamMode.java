package jp.genkan.dataplane.stream;

/** Whether the reassembler decides what the receiver gets, or only watches. */
public enum StreamMode {
    /** The box forwards the segments: what differs from what was inspected is dropped. */
    INLINE,
    /** The segments have reached their receiver already (a capture): conflicts are resolved as the receiver's system would. */
    PASSIVE
}
