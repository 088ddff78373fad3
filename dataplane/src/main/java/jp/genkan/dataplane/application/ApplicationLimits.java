package jp.genkan.dataplane.application;

import java.time.Duration;

/** Bounds of the application layer of one worker, beside {@link ApplicationSettings#flowsMax}. */
final class ApplicationLimits {
    /** Files of one flow that are open at once: HTTP/2 allows a hundred streams, SMB clients open some dozens. */
    static final int FILES_MAX = 256;

    /** Times that a flow may become another protocol: CONNECT, TLS and HTTP/2 inside are three. */
    static final int HAND_OVERS_MAX = 8;

    /** Datagrams of a flow from which its protocol must have become clear. */
    static final int DATAGRAMS_MAX = 6;

    /** Data connections that are expected at once; the oldest is forgotten. */
    static final int EXPECTATIONS_MAX = 1024;

    /** How long a data connection is expected: servers wait for one as long. */
    static final Duration EXPECTATION_AGE = Duration.ofSeconds(60);

    private ApplicationLimits() {}
}
