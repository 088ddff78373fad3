package jp.genkan.dataplane.application;

import java.time.Duration;

/**
 * Bounds of the application layer of one worker.
 *
 * @param flowsMax flows that are being read at the same time; a flow beyond passes unread, counted
 */
public record ApplicationLimits(int flowsMax) {
    /** As many as the flow table of a worker has by default: no limit of its own as long as that holds. */
    public static final ApplicationLimits DEFAULT = new ApplicationLimits(131_072);

    /** Files of one flow that are open at once: HTTP/2 allows a hundred streams, SMB clients open some dozens. */
    public static final int FILES_MAX = 256;

    /** Times that a flow may become another protocol: CONNECT, TLS and HTTP/2 inside are three. */
    public static final int HAND_OVERS_MAX = 8;

    /** Datagrams of a flow from which its protocol must have become clear. */
    public static final int DATAGRAMS_MAX = 6;

    /** Data connections that are expected at once; the oldest is forgotten. */
    public static final int EXPECTATIONS_MAX = 1024;

    /** How long a data connection is expected: servers wait for one as long. */
    public static final Duration EXPECTATION_AGE = Duration.ofSeconds(60);

    public ApplicationLimits {
        if (flowsMax < 1) {
            throw new IllegalArgumentException("flows " + flowsMax + " is not positive");
        }
    }
}
