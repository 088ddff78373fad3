package jp.genkan.dataplane.application;

import java.util.HashSet;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.protocols.file.HashChoice;

/**
 * How the application layer of one worker reads.
 *
 * @param flowsMax flows that are being read at the same time; a flow beyond passes unread, counted
 * @param hashes which are made of files
 * @param passedOver protocols that are not read
 */
public record ApplicationSettings(int flowsMax, HashChoice hashes, Set<AppProtocol> passedOver) {
    /** Everything is read, as many flows as the flow table of a worker has by default. */
    public static final ApplicationSettings DEFAULT = new ApplicationSettings(131_072, HashChoice.ALL, Set.of());

    public ApplicationSettings {
        if (flowsMax < 1) {
            throw new IllegalArgumentException("flows " + flowsMax + " is not positive");
        }
        passedOver = Set.copyOf(passedOver);
    }

    /** The same without these protocols. */
    public ApplicationSettings passingOver(Set<AppProtocol> more) {
        Set<AppProtocol> all = new HashSet<>(passedOver);
        all.addAll(more);
        return new ApplicationSettings(flowsMax, hashes, all);
    }
}
