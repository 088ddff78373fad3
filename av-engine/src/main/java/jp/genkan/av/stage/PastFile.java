package jp.genkan.av.stage;

import java.util.List;
import jp.genkan.core.event.FlowIdentity;
import jp.genkan.core.observation.TransferredFile;

/**
 * A file that has passed, for an event about it later.
 *
 * @param identity of its flow, from its sender to its receiver
 * @param size octets of it that had come
 * @param transfer as in {@link AvEvent}
 * @param outer in what it came, as formats
 */
public record PastFile(FlowIdentity identity, TransferredFile file, long size, String transfer, List<String> outer) {
    public PastFile {
        outer = List.copyOf(outer);
    }
}
