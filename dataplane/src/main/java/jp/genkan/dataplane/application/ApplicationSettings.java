package jp.genkan.dataplane.application;

import java.util.HashSet;
import java.util.Set;
import jp.genkan.core.observation.AppProtocol;
import jp.genkan.protocols.file.HashChoice;
import jp.genkan.protocols.http.body.ContentCodings;

/**
 * How the application layer of one worker reads.
 *
 * @param flowsMax flows that are being read at the same time; a flow beyond passes unread, counted
 * @param hashes which are made of files
 * @param passedOver protocols that are not read
 * @param responseCodingsMax layers of coding that are taken off the body of a response of HTTP
 * @param tellsFrames true when each frame of a protocol has an event
 */
public record ApplicationSettings(
        int flowsMax, HashChoice hashes, Set<AppProtocol> passedOver, int responseCodingsMax, boolean tellsFrames) {
    /** Everything is read, as many flows as the flow table of a worker has by default. */
    public static final ApplicationSettings DEFAULT = new ApplicationSettings(131_072, HashChoice.ALL, Set.of());

    public ApplicationSettings {
        if (flowsMax < 1) {
            throw new IllegalArgumentException("flows " + flowsMax + " is not positive");
        }
        if (responseCodingsMax < 1 || responseCodingsMax > ContentCodings.LAYERS_MAX) {
            throw new IllegalArgumentException(
                    "layers of coding " + responseCodingsMax + " are not from 1 to " + ContentCodings.LAYERS_MAX);
        }
        passedOver = Set.copyOf(passedOver);
    }

    /** As many layers of coding as the box takes off by itself. */
    public ApplicationSettings(int flowsMax, HashChoice hashes, Set<AppProtocol> passedOver) {
        this(flowsMax, hashes, passedOver, ContentCodings.LAYERS_MAX, false);
    }

    /** The same with so many layers of coding at most. */
    public ApplicationSettings decodingResponses(int layersMax) {
        return new ApplicationSettings(flowsMax, hashes, passedOver, layersMax, tellsFrames);
    }

    /** The same, with or without events of frames. */
    public ApplicationSettings tellingFrames(boolean telling) {
        return new ApplicationSettings(flowsMax, hashes, passedOver, responseCodingsMax, telling);
    }

    /** The same without these protocols. */
    public ApplicationSettings passingOver(Set<AppProtocol> more) {
        Set<AppProtocol> all = new HashSet<>(passedOver);
        all.addAll(more);
        return new ApplicationSettings(flowsMax, hashes, all, responseCodingsMax, tellsFrames);
    }
}
